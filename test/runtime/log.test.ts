import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { type LogLevel, logLevels } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { createLog } from "#src/runtime/log.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

/** What a line of the log must be: when, how grave, and what. */
const lineShape = z.looseObject({
  at: z.string().transform((at) => Temporal.Instant.from(at)),
  level: z.enum(logLevels),
  event: z.string(),
});

function createPaper(level: LogLevel) {
  const lines: string[] = [];
  return { lines, log: createLog(level, (line) => void lines.push(line)) };
}

describe("the log", () => {
  test.each<[LogLevel, readonly string[]]>([
    ["info", ["one", "two", "three"]],
    ["warn", ["two", "three"]],
    ["error", ["three"]],
    ["off", []],
  ])("at the level %s writes %j", (level, events) => {
    const { lines, log } = createPaper(level);
    log.info("one");
    log.warn("two");
    log.error("three");
    expect(lines.map((line) => lineShape.parse(JSON.parse(line)).event)).toEqual(events);
  });

  test("writes one line of JSON, whatever its fields hold", () => {
    const { lines, log } = createPaper("info");
    log.warn("sent", { count: 3, wasLate: true, words: 'a "b"\nc\u2028\u001B[1m' });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.indexOf("\n")).toBe((lines[0]?.length ?? 0) - 1);
    expect(lines[0]).not.toContain("\u001B");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warn", event: "sent", count: 3, wasLate: true });
  });

  test("says when, to the millisecond", () => {
    const { lines, log } = createPaper("info");
    const before = Temporal.Now.instant();
    log.info("started");
    const { at } = lineShape.parse(JSON.parse(lines[0] ?? ""));
    expect(Math.abs(at.until(before).total("seconds"))).toBeLessThan(60);
  });
});

const canary = "canary-7d1f";

/** A store that holds a session of 20 minutes, and breaks where it is told to, with a message that quotes what was said. */
function breaking(method: keyof Store, message: string): Store {
  const fail = async (): Promise<never> => await Promise.reject(Object.assign(new RangeError(message), { code: "SQLITE_IOERR" }));
  return { ...createMemoryStore(), [method]: fail };
}

const breaks: readonly (readonly [method: keyof Store, text: string])[] = [
  ["findUser", `/log 20 strength "${canary}"`],
  ["sessions", `/log 20 strength "${canary}"`],
  ["commit", `/log 20 strength "${canary}"`],
  ["page", "/history strength"],
  ["findSession", `/session ${canary}`],
  ["findAct", `/undo ${canary}`],
  ["findQuestion", `/answer ${canary} 1`],
];

async function ask(store: Store, text: string) {
  const { lines, log } = createPaper("info");
  const clock = { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") };
  const { handle } = createCoach({ store, clock, log, freshId: () => "id-1", timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });
  const platform = "console" as PlatformName;
  const surface = { platform, address: "dm" as Address, reach: "direct" } as const;
  const reply = await handle({ source: "source-1" as MessageId, account: { platform, id: canary, name: canary }, surface, text });
  return { lines, said: plainText(reply ?? { blocks: [] }) };
}

describe("a store that breaks", () => {
  test.each(breaks)("in %s leaves one line without what was said, and its reference in the answer", async (method, text) => {
    const { lines, said } = await ask(breaking(method, `INSERT failed for ${text} of ${canary}`), text);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(canary);
    const line = lineShape.parse(JSON.parse(lines[0] ?? ""));
    expect(line).toMatchObject({ level: "error", event: "inbound-failed", error: "RangeError", code: "SQLITE_IOERR", reference: "id-1" });
    expect(said).toContain("id-1");
    expect(said).not.toContain(canary);
    expect(said).not.toMatch(/RangeError|SQLITE|INSERT/u);
  });

  test("says where, so that it can be found", async () => {
    const { lines } = await ask(breaking("commit", "broken"), "20 strength");
    expect(lines[0]).toContain("log.test.ts");
  });

  test("leaves nothing of a message whose lines look like places in code", async () => {
    const { lines } = await ask(breaking("commit", `cannot bind\n    at ${canary} (file:///a.ts:1:1)\n    at ${canary}`), "20 strength");
    expect(lines[0]).not.toContain(canary);
  });
});
