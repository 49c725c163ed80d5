/** The contract of the `Store` port: a delivery is sent by whoever holds it, one a day, and comes to exactly one end. */

import type { Change } from "#core/model/changes/index.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import type { Store } from "#src/ports/store.ts";
import { beforeEach, expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";
import { aDelivery, alex, always, at, day, ends, keyOf, logged, postponed, queued, sam, seen, sending, settled, here } from "./fixtures.ts";

const statedNumbers = { strength: 45, aerobic: 150 };
/** Another one of Alex, and one of Sam. */
const nudge = aDelivery({ key: keyOf("rest alex"), kind: "rest", dueAt: at("06:30") });
const others = aDelivery({ key: keyOf("rest sam"), userId: sam.id, kind: "rest", dueAt: at("06:30") });
const tomorrow = day("2026-11-24");

/** Queues all three and claims them until half past seven, so that the fence of each is 1. */
function hold(store: () => Store): void {
  beforeEach(async () => {
    await store().commit([queued(aDelivery()), queued(nudge), queued(others)]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
  });
}

async function read(store: Store, { key, userId }: DirectMessage = aDelivery()): Promise<DirectMessage | undefined> {
  return (await store.deliveries(userId, 10)).find((one) => one.key === key);
}

/** Expects that `change` touches nothing, first in its commit or later. */
async function expectNothing(store: Store, change: Change): Promise<void> {
  const before = [await store.deliveries(alex.id, 10), await store.deliveries(sam.id, 10)];
  expect(await store.commit([change, logged(aSession())])).toBe("stale");
  expect(await store.commit([seen(JSON.stringify(change)), change])).toBe("done");
  expect([await store.deliveries(alex.id, 10), await store.deliveries(sam.id, 10)]).toStrictEqual(before);
  expect(await store.sessions(alex.id, always)).toStrictEqual([]);
}

/** What holds of who may change a delivery. */
export function holding(store: () => Store): void {
  hold(store);
  const every = { sending: sending(), postponed: postponed(), settled: settled() };
  const cases = Object.entries(every);
  test.each(cases)("delivery-%s touches nothing under a fence that was never given", async (_, change) => {
    await expectNothing(store(), { ...change, fence: 0 });
    await expectNothing(store(), { ...change, fence: 2 });
  });
  test.each(cases)("delivery-%s touches nothing when somebody else has claimed it since", async (_, change) => {
    await store().claim(at("07:30"), at("08:00"), 10, here);
    await expectNothing(store(), change);
    expect(await store().commit([{ ...change, fence: 2 }])).toBe("done");
  });
  test.each(cases)("delivery-%s works for as long as nobody has claimed it since, whatever else was claimed", async (_, change) => {
    await store().commit([queued(aDelivery({ key: keyOf("another") }))]);
    expect(await store().claim(at("07:29:59.999"), at("08:00"), 10, here)).toHaveLength(1);
    expect(await store().commit([change])).toBe("done");
  });
  test.each(cases.flatMap(([name, change]) => ends.map((end) => [name, end, change] as const)))(
    "delivery-%s touches nothing when it has ended as %s",
    async (_, end, change) => {
      await store().commit([sending()]);
      await store().commit([settled({ finalState: end })]);
      await expectNothing(store(), change);
    },
  );
  test.each(cases)("delivery-%s touches nothing when there is no such delivery", async (_, change) => {
    await expectNothing(store(), { ...change, key: keyOf("no such") });
  });
  test.each(cases)("delivery-%s leaves every other delivery alone", async (_, change) => {
    const before = [await read(store(), nudge), await read(store(), others)];
    await store().commit([change]);
    expect([await read(store(), nudge), await read(store(), others)]).toStrictEqual(before);
  });
}

/** What holds of deliveries on their way. */
export function sendings(store: () => Store): void {
  hold(store);
  const onItsWay = aDelivery({ fence: 1, nextAt: at("07:30"), state: "sending", sentOn: day("2026-11-23"), triedAt: at("07:01") });
  test.each([[undefined], [statedNumbers]])("delivery-sending marks it, with the numbers %j, and leaves its lease", async (numbers) => {
    expect(await store().commit([sending({ statedNumbers: numbers })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...onItsWay, statedNumbers: numbers });
  });
  test("delivery-sending does so again for whoever holds it", async () => {
    await store().commit([sending()]);
    expect(await store().commit([sending({ statedNumbers, triedAt: at("07:05") })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...onItsWay, statedNumbers, triedAt: at("07:05") });
    await store().claim(at("07:30"), at("08:00"), 10, here);
    expect(await store().commit([sending({ fence: 2 })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...onItsWay, fence: 2, nextAt: at("08:00") });
  });
  test.each<[string, readonly Change[]]>([
    ["is on its way", []],
    ["was sent", [settled()]],
    ["may have arrived", [settled({ finalState: "unknown", reason: "in-doubt" })]],
    ["may have arrived and waits", [postponed({ mayHaveArrived: true })]],
  ])("delivery-sending touches nothing when another %s to that person on that day", async (_, changes) => {
    for (const change of [sending(), ...changes]) await store().commit([change]);
    await expectNothing(store(), sending({ key: nudge.key }));
  });
  test.each<[string, readonly Change[]]>([
    ["was never on its way", []],
    ["was put off", [sending(), postponed()]],
    ...(["expired", "suppressed", "parked"] as const).map((end): [string, readonly Change[]] => [
      `ended as ${end}`,
      [sending(), settled({ finalState: end })],
    ]),
    ["went out on another day", [sending(), sending({ sentOn: tomorrow })]],
  ])("delivery-sending works when another %s", async (_, changes) => {
    for (const change of changes) await store().commit([change]);
    expect(await store().commit([sending({ key: nudge.key })])).toBe("done");
  });
  test("delivery-sending works on another day, and to another person on the same", async () => {
    await store().commit([sending(), settled()]);
    expect(await store().commit([sending({ key: nudge.key, sentOn: tomorrow })])).toBe("done");
    expect(await store().commit([sending({ key: others.key, userId: sam.id })])).toBe("done");
    expect(await read(store(), others)).toMatchObject({ state: "sending", sentOn: day("2026-11-23") });
  });
  test("delivery-sending that moves to a day on which another went out touches nothing", async () => {
    await store().commit([sending()]);
    await store().commit([sending({ key: nudge.key, sentOn: tomorrow })]);
    await expectNothing(store(), sending({ sentOn: tomorrow }));
  });
}

/** What holds of deliveries that were put off. */
export function postponements(store: () => Store): void {
  hold(store);
  const waiting = aDelivery({ fence: 1, nextAt: at("09:00"), attempts: 1 });
  test("delivery-postponed puts back what was not on its way yet", async () => {
    expect(await store().commit([postponed()])).toBe("done");
    expect(await read(store())).toStrictEqual(waiting);
  });
  test("delivery-postponed makes of what was not sent what it was before", async () => {
    await store().commit([sending()]);
    expect(await store().commit([postponed({ attempts: 3, nextAt: at("08:30") })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...waiting, attempts: 3, nextAt: at("08:30") });
  });
  test("delivery-postponed leaves the day to another, and then has to wait for its own", async () => {
    await store().commit([sending(), postponed()]);
    expect(await store().commit([sending({ key: nudge.key })])).toBe("done");
    await store().claim(at("09:00"), at("09:30"), 10, here);
    await expectNothing(store(), sending({ fence: 2 }));
    expect(await store().commit([sending({ fence: 2, sentOn: tomorrow })])).toBe("done");
  });
  test("delivery-postponed keeps of what may have arrived when that was", async () => {
    await store().commit([sending({ statedNumbers })]);
    expect(await store().commit([postponed({ mayHaveArrived: true, attempts: 0 })])).toBe("done");
    const kept = { state: "sending", sentOn: day("2026-11-23"), triedAt: at("07:01"), statedNumbers } as const;
    expect(await read(store())).toStrictEqual({ ...waiting, ...kept, attempts: 0 });
    expect(await store().claim(at("09:00"), at("09:30"), 10, here)).toContainEqual({
      ...waiting,
      ...kept,
      attempts: 0,
      fence: 2,
      nextAt: at("09:30"),
    });
  });
  test("delivery-postponed makes nothing arrive that was never on its way", async () => {
    await store().commit([postponed({ mayHaveArrived: true })]);
    expect(await read(store())).toStrictEqual(waiting);
  });
}

/** What holds of ends. */
export function settlements(store: () => Store): void {
  hold(store);
  const over = aDelivery({ fence: 1, nextAt: undefined, endedAt: at("07:02") });
  test.each(ends)("delivery-ended ends what was on its way as %s; only what may have arrived counts for its day", async (end) => {
    await store().commit([sending({ statedNumbers })]);
    expect(await store().commit([settled({ finalState: end, reason: "in-doubt" })])).toBe("done");
    const sentOn = end === "sent" || end === "unknown" ? day("2026-11-23") : undefined;
    expect(await read(store())).toStrictEqual({ ...over, state: end, reason: "in-doubt", statedNumbers, triedAt: at("07:01"), sentOn });
  });
  test.each(ends)("delivery-ended ends what was never on its way as %s, on no day", async (end) => {
    expect(await store().commit([settled({ finalState: end, reason: "late" })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...over, state: end, reason: "late" });
  });
  test("delivery-ended without a reason keeps none", async () => {
    await store().commit([settled()]);
    expect(await read(store())).toStrictEqual({ ...over, state: "sent" });
  });
  test("delivery-ended comes to one end, however many try at once", async () => {
    const tries = ends.map((end) => store().commit([settled({ finalState: end }), logged(aSession())]));
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
    expect((await read(store()))?.state).toBe(ends[outcomes.indexOf("done")]);
  });
  test("delivery-ended after it was put off and claimed again ends it under the new fence", async () => {
    await store().commit([sending(), postponed()]);
    await store().claim(at("09:00"), at("09:30"), 10, here);
    expect(await store().commit([settled({ fence: 2 })])).toBe("done");
    expect(await read(store())).toStrictEqual({ ...over, fence: 2, attempts: 1, state: "sent" });
  });
}
