/** Two platforms, each with a lane of its own, in one process or in two. */

import { expect, test } from "vitest";
import type { DeliveryKey, PlatformName, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import type { Account } from "#core/model/user.ts";
import { createOutbox, type Outbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { aUser } from "../support/builders.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

const [discord, slack] = ["discord" as PlatformName, "slack" as PlatformName];
const noon = Temporal.Instant.from("2026-11-25T11:00:00Z");
const sent = async (): Promise<SendResult> => ({ kind: "sent" });

/** One file, the processes on it, and a clock that is turned by hand. */
function aFile(): Ground {
  const [store, said, logged]: [Store, string[], Ground["logged"]] = [createMemoryStore(), [], []];
  let now = noon;
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const adapterOf = (platform: PlatformName, answer: () => Promise<SendResult>): Adapter => ({
    start: async () => undefined,
    async send({ address }) {
      const result = await answer();
      if (result.kind === "sent") said.push(`${platform} ${address}`);
      return result;
    },
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor: Temporal.Duration.from({ hours: 72 }),
    ended: Promise.resolve(),
    stop: async () => undefined,
  });
  return {
    store,
    said,
    logged,
    pass: (time) => (now = now.add(time)),
    process(answers) {
      const adapters = new Map(
        Object.entries(answers).map(([name, answer]) => [name as PlatformName, adapterOf(name as PlatformName, answer)]),
      );
      return createOutbox({ store, clock: { now: () => now }, log: { info: note, warn: note, error: note }, adapters, random: () => 0.5 });
    },
    async meet(id, accounts, told) {
      const user = aUser({ id: id as UserId });
      const linked = accounts.map((account): Change => ({ kind: "account-linked", account, userId: user.id }));
      const last = accounts.at(-1);
      const heard: readonly Change[] = last && accounts.length > 1 ? [{ kind: "account-seen", account: last, at: now }] : [];
      const delivery = createNotice("parted", user, { id: "1", now });
      await store.commit([
        { kind: "user-saved", user },
        ...linked,
        ...heard,
        ...(told === false ? [] : [{ kind: "delivery-queued", delivery } as const]),
      ]);
      return delivery.key;
    },
    async stateOf(id) {
      const [delivery] = await store.deliveries(id as UserId, 1);
      return delivery && [delivery.state, delivery.reason ?? ""].join(" ").trim();
    },
  };
}

type Ground = {
  readonly store: Store;
  /** What was sent, as "slack ann". */
  readonly said: string[];
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
  pass(time: Temporal.DurationLike): void;
  /** The outbox of a process with these platforms. */
  process(answers: Readonly<Record<string, () => Promise<SendResult>>>): Outbox;
  /** Somebody with those accounts, who spoke last on the last of them and is to be told something. Gives the key of that. */
  meet(id: string, accounts: readonly Account[], told?: false): Promise<DeliveryKey>;
  stateOf(id: string): Promise<string | undefined>;
};

const on = (platform: PlatformName, name: string): Account => ({ platform, id: name, name });

test("a platform that hangs holds up nothing of the other, also of what is queued while it does", async () => {
  const file = aFile();
  const hanging = Promise.withResolvers<SendResult>();
  for (let place = 0; place < 60; place += 1) await file.meet(`d${place}`, [on(discord, `d${place}`)]);
  for (let place = 0; place < 60; place += 1) await file.meet(`s${place}`, [on(slack, `s${place}`)]);
  const outbox = file.process({ discord: () => hanging.promise, slack: sent });
  const delivered = outbox.deliver();
  await expect.poll(() => file.said.length).toBe(60);
  await file.meet("late", [on(slack, "late")]);
  void outbox.deliver();
  await expect.poll(() => file.said).toContain("slack late");
  expect(file.said.filter((one) => one.startsWith("discord"))).toEqual([]);
  hanging.resolve({ kind: "sent" });
  await delivered;
  expect(file.said.filter((one) => one.startsWith("discord"))).toHaveLength(60);
});

test("a process without a platform leaves what is for it, however long, and says so once", async () => {
  const file = aFile();
  await file.meet("ann", [on(discord, "ann")]);
  const outbox = file.process({ slack: sent });
  for (let minutes = 0; minutes < 30; minutes += 1) {
    await outbox.deliver();
    file.pass({ minutes: 1 });
  }
  expect(file.logged).toEqual([{ event: "outbox-unserved", fields: { platform: "discord" } }]);
  expect(await file.stateOf("ann")).toBe("queued");
  await file.process({ discord: sent }).deliver();
  expect(await file.stateOf("ann")).toBe("sent");
  await file.meet("bo", [on(discord, "bo")]);
  file.pass({ minutes: 1 });
  await outbox.deliver();
  file.pass({ minutes: 11 });
  await outbox.deliver();
  expect(file.logged).toHaveLength(2);
});

test("what is of no use any more when its platform is back ends as late, and is not said", async () => {
  const file = aFile();
  await file.meet("ann", [on(discord, "ann")]);
  file.pass({ hours: 49 });
  await file.process({ slack: sent }).deliver();
  expect(await file.stateOf("ann")).toBe("queued");
  await file.process({ discord: sent }).deliver();
  expect(await file.stateOf("ann")).toBe("expired late");
  expect(file.said).toEqual([]);
});

test("who has both is written to where they spoke last, by the process that can", async () => {
  const file = aFile();
  await file.meet("ann", [on(discord, "ann"), on(slack, "T ann")]);
  await file.process({ discord: sent }).deliver();
  expect(file.said).toEqual([]);
  await file.process({ slack: sent }).deliver();
  expect(file.said).toEqual(["slack T ann"]);
});

test("where that platform runs nowhere for an hour they are written to on the other", async () => {
  const file = aFile();
  await file.meet("ann", [on(discord, "ann"), on(slack, "T ann")]);
  const outbox = file.process({ discord: sent });
  file.pass({ minutes: 59 });
  await outbox.deliver();
  expect(file.said).toEqual([]);
  file.pass({ minutes: 1 });
  await outbox.deliver();
  expect(file.said).toEqual(["discord ann"]);
  expect(await file.stateOf("ann")).toBe("sent");
});

test("who has spoken elsewhere since it was queued is written to there, by the same process or another", async () => {
  const file = aFile();
  for (const name of ["ann", "bo"]) await file.meet(name, [on(discord, name), on(slack, `T ${name}`)]);
  file.pass({ seconds: 1 });
  const spoke = (name: string): Change => ({ kind: "account-seen", account: on(discord, name), at: noon.add({ seconds: 1 }) });
  await file.store.commit([spoke("ann"), spoke("bo")]);
  await file.process({ slack: sent }).deliver();
  expect(file.said).toEqual([]);
  await file.process({ discord: sent, slack: sent }).deliver();
  expect(file.said.toSorted()).toEqual(["discord ann", "discord bo"]);
});

test("what may have arrived on one platform is never said on another", async () => {
  const file = aFile();
  const key = await file.meet("ann", [on(discord, "ann"), on(slack, "T ann")]);
  const [claimed] = await file.store.claim(noon, noon.add({ seconds: 90 }), 1, slack);
  const mark = { userId: "ann" as UserId, sentOn: undefined, triedAt: noon, statedNumbers: undefined };
  await file.store.commit([{ kind: "delivery-sending", key, fence: claimed?.fence ?? 0, ...mark }]);
  await file.store.commit([{ kind: "account-seen", account: on(discord, "ann"), at: noon.add({ seconds: 1 }) }]);
  file.pass({ hours: 2 });
  await file.process({ discord: sent }).deliver();
  expect(file.said).toEqual([]);
  await file.process({ discord: sent, slack: sent }).deliver();
  expect(file.said).toEqual(["slack T ann"]);
});
