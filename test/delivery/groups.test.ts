/** Several outboxes over one store, and one that is asked, stopped and kept waiting while it works. */

import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { DeliveryKey } from "#core/lib/ids.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox, type Outbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { monday } from "./fixtures.ts";
import { homeZone, logTo, platform } from "./process.ts";

const never = Temporal.Duration.from({ seconds: 0 });

type Queued = { readonly store: Store; readonly names: readonly string[]; readonly hear: TestCoach["hear"] };

/** A store in which the feedback of so many people is queued, and their names. */
async function queued(count: number): Promise<Queued> {
  const store = createMemoryStore();
  const names = Array.from({ length: count }, (_, index) => `person ${String(index).padStart(3, "0")}`);
  const { hear } = createTestCoach({ store });
  for (const name of names) for (const words of ["20 strength", "/settings nudges off"]) await hear(words, { name });
  await lookAt(store, monday);
  return { store, names, hear };
}

/** What is due at `instant` is queued. */
async function lookAt(store: Store, instant: string): Promise<void> {
  const clock = { now: () => Temporal.Instant.from(instant) };
  await createCoach({
    store,
    clock,
    log: logTo(() => undefined),
    freshId: () => "unused",
    timeZone: homeZone,
    jitter: 0,
  }).evaluateDuePrompts();
}

type Send = (to: string, key: DeliveryKey) => Promise<SendResult>;

/** An outbox whose clock stands at `instant`. */
function outboxAt(instant: string, store: Store, send: Send): Outbox {
  const adapter: Adapter = {
    start: async () => undefined,
    send: async ({ address }, _, key) => await send(address, key),
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor: never,
    ended: Promise.resolve(),
    stop: async () => undefined,
  };
  const clock = { now: () => Temporal.Instant.from(instant) };
  return createOutbox({ store, clock, log: logTo(() => undefined), adapters: new Map([[platform, adapter]]), random: () => 0.5 });
}

async function statesOf(store: Store): Promise<readonly string[]> {
  const people = await store.usersWithPrompts(undefined, 1000);
  const states: string[] = [];
  for (const { id } of people) states.push(...(await store.deliveries(id, 10)).map(({ state }) => state));
  return states;
}

test("four outboxes that run at once send each message once", async () => {
  const { store, names } = await queued(200);
  const sent: string[] = [];
  const send: Send = async (to) => {
    sent.push(to);
    return { kind: "sent" };
  };
  await Promise.all(Array.from({ length: 4 }, () => outboxAt(monday, store, send).deliver()));
  expect(sent.toSorted()).toEqual(names);
  expect(new Set(await statesOf(store))).toEqual(new Set(["sent"]));
});

test("several are on their way at a time, and never more than eight", async () => {
  const { store } = await queued(60);
  let [underWay, most] = [0, 0];
  await outboxAt(monday, store, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await Promise.resolve();
    underWay -= 1;
    return { kind: "sent" };
  }).deliver();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(8);
});

test("asked while it works, it goes round once more, and sends what was queued meanwhile", async () => {
  const { store, names, hear } = await queued(1);
  const sent: string[] = [];
  const first = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const outbox = outboxAt(monday, store, async (to) => {
    sent.push(to);
    first.resolve();
    await go.promise;
    return { kind: "sent" };
  });
  const delivered = outbox.deliver();
  await first.promise;
  await hear("20 strength", { name: "zoe" });
  await lookAt(store, monday);
  const again = outbox.deliver();
  go.resolve();
  await Promise.all([delivered, again]);
  expect(sent).toEqual([...names, "zoe"]);
});

test("stopped, it claims nothing more, waits for what is on its way, and does not begin again", async () => {
  const { store } = await queued(100);
  const go = Promise.withResolvers<void>();
  const eight = Promise.withResolvers<void>();
  let count = 0;
  const outbox = outboxAt(monday, store, async () => {
    count += 1;
    if (count === 8) eight.resolve();
    await go.promise;
    return { kind: "sent" };
  });
  const delivered = outbox.deliver();
  await eight.promise;
  let isStopped = false;
  const stopped = outbox.stop().then(() => (isStopped = true));
  await Promise.resolve();
  expect(isStopped).toBe(false);
  go.resolve();
  await Promise.all([stopped, delivered]);
  expect(await statesOf(store)).not.toContain("sending");
  const before = count;
  expect(before).toBeLessThan(100);
  await outbox.deliver();
  expect(count).toBe(before);
});

test("on stop it releases every claim that it has not started to send", async () => {
  const { store, names } = await queued(100);
  const go = Promise.withResolvers<void>();
  const begun: string[] = [];
  const eight = Promise.withResolvers<void>();
  const hanging = outboxAt(monday, store, async (to) => {
    begun.push(to);
    if (begun.length === 8) eight.resolve();
    await go.promise;
    return { kind: "sent" };
  });
  const delivered = hanging.deliver();
  await eight.promise;
  const stopped = hanging.stop();
  const slow = Promise.withResolvers<void>();
  const claiming = outboxAt(
    monday,
    {
      ...store,
      async claim(...asked) {
        const claimed = await store.claim(...asked);
        await slow.promise;
        return claimed;
      },
    },
    async (to) => {
      begun.push(`${to} after a stop`);
      return { kind: "sent" };
    },
  );
  const claimed = claiming.deliver();
  const over = claiming.stop();
  slow.resolve();
  await Promise.all([claimed, over]);
  const others: string[] = [];
  await outboxAt(monday, store, async (to) => {
    others.push(to);
    return { kind: "sent" };
  }).deliver();
  go.resolve();
  await Promise.all([stopped, delivered]);
  expect(begun).toHaveLength(8);
  expect([...begun, ...others].toSorted()).toEqual(names.toSorted());
});

test("what took longer than its lease, and was given up by another, stays as the other left it", async () => {
  const { store, names } = await queued(1);
  const sent: string[] = [];
  const go = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const slow = outboxAt(monday, store, async (to) => {
    first.resolve();
    await go.promise;
    sent.push(to);
    return { kind: "sent" };
  }).deliver();
  await first.promise;
  await outboxAt("2026-11-30T08:05:00+01:00", store, async (to) => {
    sent.push(to);
    return { kind: "sent" };
  }).deliver();
  go.resolve();
  await slow;
  expect(sent).toEqual(names);
  expect(await statesOf(store)).toEqual(["unknown"]);
});

test("on stop after a disk failure it still waits for messages in flight", async () => {
  const { store: kept } = await queued(8);
  const awaited = new Set(["findAddressee", "delivery-postponed"]);
  const failOnce = (what: string | undefined): void => {
    if (awaited.delete(what ?? "")) throw new Error("The disk failed");
  };
  const store: Store = {
    ...kept,
    async findAddressee(userId) {
      failOnce("findAddressee");
      return await kept.findAddressee(userId);
    },
    async commit(changes) {
      failOnce(changes[0]?.kind);
      return await kept.commit(changes);
    },
  };
  const go = Promise.withResolvers<void>();
  const first = Promise.withResolvers<void>();
  const outbox = outboxAt(monday, store, async () => {
    first.resolve();
    await go.promise;
    return { kind: "sent" };
  });
  const delivered = outbox.deliver().catch(() => undefined);
  await first.promise;
  let isStopped = false;
  const stopped = outbox.stop().then(() => (isStopped = true));
  await setImmediate();
  expect(isStopped).toBe(false);
  go.resolve();
  await Promise.all([delivered, stopped]);
  expect(await statesOf(kept)).not.toContain("sending");
});
