import { expect, test } from "vitest";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { Reply } from "#core/model/reply.ts";
import type { CoachApi, Inbound } from "#src/ports/adapter.ts";
import type { Admission } from "#src/ports/gate.ts";
import { admittedCoach } from "../../../adapters/shared/gate.ts";

const platform = "discord" as PlatformName;
const [own, other] = ["the coach's", "the gate's"].map((words): Reply => ({ blocks: [{ kind: "text", text: [words] }] }));

function arrived(source: string): Inbound {
  const account = { platform, id: "eve", name: "Eve" };
  return { source: source as MessageId, account, surface: { platform, address: "eve" as Address, reach: "direct" }, text: "/week" };
}

function anEar(admission?: Admission): CoachApi {
  const gate = { admit: () => admission ?? { kind: "admitted" as const }, glance: () => true };
  return {
    handle: async () => own,
    suggest: async () => [],
    updateTimeZone: async () => {},
    defer: async () => true,
    ...(admission ? { gate } : {}),
  };
}

test("without a gate, and where it lets in, the coach answers", async () => {
  expect(await admittedCoach(anEar(), arrived("1"))?.handle(arrived("1"))).toBe(own);
  expect(await admittedCoach(anEar({ kind: "admitted" }), arrived("1"))?.handle(arrived("1"))).toBe(own);
});

test("what is dropped has nobody who answers it", () => {
  expect(admittedCoach(anEar({ kind: "dropped" }), arrived("1"))).toBeUndefined();
});

test("what the gate answers is answered by it, and all else that comes of it by the coach", async () => {
  const api = admittedCoach(anEar({ kind: "answered", reply: other ?? { blocks: [] } }), arrived("1"));
  expect(await api?.handle(arrived("1"))).toBe(other);
  expect(await api?.handle(arrived("2"))).toBe(own);
});
