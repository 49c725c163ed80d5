/** The contract of the `Store` port: a claim is held by one at a time. */

import type { DirectMessage, OutboxMessage } from "#core/model/outbox-message.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { aDelivery, alex, at, day, ends, keyOf, postponed, queued, sam, sending, settled, here } from "./fixtures.ts";

const named = (name: string, over: Partial<DirectMessage> = {}): DirectMessage => aDelivery({ key: keyOf(name), ...over });
const keysOf = (claimed: readonly OutboxMessage[]): readonly string[] => claimed.map(({ key }) => key);

/** What holds of claims. */
export function claims(store: () => Store): void {
  test("claim gives nothing when nothing is queued", async () => {
    expect(await store().claim(at("23:00"), at("23:30"), 10, here)).toStrictEqual([]);
  });
  test("claim gives a delivery with all that it has, under a new fence and until the end of the lease", async () => {
    const before = aDelivery({ fence: 3, attempts: 2, statedNumbers: { strength: 45, aerobic: 150 } });
    await store().commit([queued(before)]);
    const claimed = { ...before, fence: 4, nextAt: at("07:30") };
    expect(await store().claim(at("07:00"), at("07:30"), 10, here)).toStrictEqual([claimed]);
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([claimed]);
  });
  test.each([
    ["06:59:59.999", []],
    ["07:00", ["a"]],
    ["07:00:00.001", ["a", "b"]],
  ])("at %s claim gives %j: what is due now is due", async (now, names) => {
    await store().commit([queued(named("b", { dueAt: at("07:00:00.001") })), queued(named("a", { dueAt: at("07:00") }))]);
    expect(keysOf(await store().claim(at(now), at("09:00"), 10, here))).toStrictEqual(names);
  });
  test("claim gives the longest due first, whoever's they are, and leaves those above the limit for the next", async () => {
    const due = { c: "06:30", a: "06:10", e: "06:50", b: "06:20", d: "06:40" };
    const all = Object.entries(due).map(([name, time]) => named(name, { dueAt: at(time), userId: name < "c" ? sam.id : alex.id }));
    await store().commit(all.map(queued));
    const claim = async (limit: number) => keysOf(await store().claim(at("07:00"), at("07:30"), limit, here));
    expect(await claim(0)).toStrictEqual([]);
    expect(await claim(2)).toStrictEqual(["a", "b"]);
    expect(await claim(2)).toStrictEqual(["c", "d"]);
    expect(await claim(2)).toStrictEqual(["e"]);
    expect(await claim(2)).toStrictEqual([]);
  });
  test("claim goes by when a delivery is looked at next, not by when it was due first", async () => {
    await store().commit([queued(named("a", { dueAt: at("06:00"), nextAt: at("07:10") })), queued(named("b", { dueAt: at("06:30") }))]);
    expect(keysOf(await store().claim(at("07:00"), at("07:30"), 10, here))).toStrictEqual(["b"]);
    expect(keysOf(await store().claim(at("07:20"), at("07:50"), 10, here))).toStrictEqual(["a"]);
  });
  test("claim gives those that it takes by when they were due first, however often they were put off", async () => {
    const all = [
      named("b", { dueAt: at("06:30") }),
      named("a", { dueAt: at("06:00"), nextAt: at("06:50") }),
      named("c", { dueAt: at("06:40") }),
    ];
    await store().commit(all.map(queued));
    expect(keysOf(await store().claim(at("07:00"), at("07:30"), 10, here))).toStrictEqual(["a", "b", "c"]);
  });
  test("claim gives nothing again before its lease ends, and then again under the next fence", async () => {
    await store().commit([queued(aDelivery())]);
    expect(await store().claim(at("07:00"), at("07:30"), 10, here)).toHaveLength(1);
    expect(await store().claim(at("07:00"), at("07:30"), 10, here)).toStrictEqual([]);
    expect(await store().claim(at("07:29:59.999"), at("08:00"), 10, here)).toStrictEqual([]);
    expect(await store().claim(at("07:30"), at("08:00"), 10, here)).toStrictEqual([aDelivery({ fence: 2, nextAt: at("08:00") })]);
    expect(await store().claim(at("08:00"), at("08:30"), 10, here)).toStrictEqual([aDelivery({ fence: 3, nextAt: at("08:30") })]);
  });
  test("claim keeps what is on its way as such, so that whoever takes it over sees it", async () => {
    await store().commit([queued(aDelivery())]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
    await store().commit([sending({ statedNumbers: { strength: 45, aerobic: 0 } })]);
    const [again] = await store().claim(at("07:30"), at("08:00"), 10, here);
    const kept = {
      state: "sending",
      sentOn: day("2026-11-23"),
      triedAt: at("07:01"),
      statedNumbers: { strength: 45, aerobic: 0 },
    } as const;
    expect(again).toStrictEqual(aDelivery({ ...kept, fence: 2, nextAt: at("08:00") }));
  });
  test.each(ends)("claim never gives what has ended as %s", async (end) => {
    await store().commit([queued(aDelivery()), queued(named("over", { state: end, nextAt: undefined, endedAt: at("06:00") }))]);
    expect(keysOf(await store().claim(at("07:00"), at("07:30"), 10, here))).toStrictEqual([aDelivery().key]);
    await store().commit([settled({ finalState: end })]);
    const tomorrow = at("07:00").add({ hours: 24 });
    expect(await store().claim(tomorrow, tomorrow.add({ seconds: 90 }), 10, here)).toStrictEqual([]);
  });
  test("claim gives what was put off when its time has come, and not before", async () => {
    await store().commit([queued(aDelivery())]);
    await store().claim(at("07:00"), at("07:30"), 10, here);
    await store().commit([postponed({ nextAt: at("09:00") })]);
    expect(await store().claim(at("08:59:59.999"), at("09:30"), 10, here)).toStrictEqual([]);
    expect(await store().claim(at("09:00"), at("09:30"), 10, here)).toMatchObject([{ fence: 2, attempts: 1, state: "queued" }]);
  });
  test("claims that run at once never give the same", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `d${String(index).padStart(2, "0")}`);
    await store().commit(names.map((name) => queued(named(name))));
    const claimed = (await Promise.all(Array.from({ length: 8 }, () => store().claim(at("07:00"), at("07:30"), 3, here)))).flat();
    expect(keysOf(claimed).toSorted()).toStrictEqual(names);
    expect(new Set(claimed.map(({ fence }) => fence))).toStrictEqual(new Set([1]));
  });
}
