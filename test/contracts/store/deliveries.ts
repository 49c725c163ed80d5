/** The contract of the `Store` port: deliveries as they are queued and read, and when something is due next. */

import { expect, test } from "vitest";
import type { UserId } from "#core/lib/ids.ts";
import { type DirectMessage, endUnsent, type EndReason } from "#core/model/outbox-message.ts";
import { promptKinds } from "#core/model/prompt.ts";
import type { Block } from "#core/model/reply.ts";
import type { Store } from "#src/ports/store.ts";
import { aSession } from "../../support/builders.ts";
import { aDelivery, alex, always, aPrompt, at, day, ends, here, keyOf, logged, odd, queued, sam, seen, set, settled } from "./fixtures.ts";

const everyWhy: readonly EndReason[] = [
  "late",
  "stopped",
  "paused",
  "off",
  "one-a-day",
  "changed",
  "closed",
  "refused",
  "gave-up",
  "in-doubt",
];

/** Every field is set, and none like another. */
const full = aDelivery({
  localDate: day("2028-02-29"),
  dueAt: at("07:00:00.001"),
  expiresAt: at("08:00:00.002"),
  state: "sending",
  nextAt: at("09:00:00.003"),
  fence: 4,
  attempts: 5,
  triedAt: at("10:00:00.006"),
  sentOn: day("2026-11-24"),
  statedNumbers: { strength: 45, aerobic: 150 },
  reason: "late",
  endedAt: at("11:00:00.007"),
});

/** A block of every kind, with all that each may hold. */
const everyBlock: readonly Block[] = [
  { kind: "text", text: ["plain", { bold: "bold" }, { code: "code" }, { link: "words", address: "https://example.org/" }] },
  { kind: "facts", facts: [{ label: "Strength", value: "20 min" }] },
  { kind: "meter", minutes: 20, min: 40, max: 60, until: 120 },
  { kind: "picture", name: "week", svg: "<svg/>" },
  { kind: "file", name: "a.csv", type: "text/csv", content: "a,b" },
  { kind: "choices", layout: "list", choices: [{ label: "Undo", says: "/undo", field: { label: "Which", value: "" } }] },
  ...odd.map((words): Block => ({ kind: "text", text: [words] })),
];

const ended = { nextAt: undefined, endedAt: at("08:00") };

/** What holds of deliveries as they are queued and read. */
export function deliveries(store: () => Store): void {
  test("deliveries gives nothing to somebody to whom nothing was queued", async () => {
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([]);
    expect(await store().deliveries("nobody" as UserId, 10)).toStrictEqual([]);
  });
  test.each<[string, DirectMessage]>([
    ["what a fresh one has", aDelivery()],
    ["every field", full],
    ["an answer that waits, with every block", aDelivery({ kind: "answer", blocks: everyBlock })],
    ["nothing told but zeros", aDelivery({ statedNumbers: { strength: 0, aerobic: 0 } })],
    ["what was known not to come", endUnsent(aDelivery(), "paused", at("06:00"))],
    ...promptKinds.map((kind): [string, DirectMessage] => [`the kind ${kind}`, aDelivery({ kind })]),
    ["the state sending", aDelivery({ state: "sending", sentOn: day("2026-11-23"), triedAt: at("07:01") })],
    ...ends.map((state): [string, DirectMessage] => [`the end ${state}`, aDelivery({ ...ended, state })]),
    ...everyWhy.map((why): [string, DirectMessage] => [`the reason ${why}`, aDelivery({ ...ended, state: "suppressed", reason: why })]),
  ])("delivery-queued keeps %s", async (_, delivery) => {
    expect(await store().commit([queued(delivery)])).toBe("done");
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([delivery]);
    expect(await store().deliveries(sam.id, 10)).toStrictEqual([]);
  });
  test.each(ends)("an answer that has ended as %s keeps none of its words", async (end) => {
    await store().commit([queued(aDelivery({ kind: "answer", blocks: everyBlock }))]);
    const [claimed] = await store().claim(at("07:00"), at("07:30"), 10, here);
    await store().commit([settled({ key: claimed?.key ?? keyOf(""), fence: claimed?.fence ?? 0, finalState: end })]);
    const [kept] = await store().deliveries(alex.id, 10);
    expect([kept?.state, kept?.blocks]).toEqual([end, undefined]);
  });
  test.each(odd)("keys may be %j", async (text) => {
    await store().commit([queued(aDelivery({ key: keyOf(text) }))]);
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([aDelivery({ key: keyOf(text) })]);
    expect(await store().claim(at("07:00"), at("07:30"), 10, here)).toHaveLength(1);
    expect(await store().commit([settled({ key: keyOf(text) })])).toBe("done");
  });
  test("delivery-queued touches nothing, and guards its commit, when its key stands already", async () => {
    await store().commit([queued(full)]);
    const second = aDelivery({ key: full.key, dueAt: at("12:00"), kind: "rest" });
    expect(await store().commit([queued(second), logged(aSession())])).toBe("stale");
    expect(await store().commit([seen("1"), queued(second)])).toBe("done");
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([full]);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
  });
  test("delivery-queued touches nothing when its key stands for somebody else, or has ended", async () => {
    const over = endUnsent(aDelivery(), "late", at("08:00"));
    await store().commit([queued(over)]);
    expect(await store().commit([queued(aDelivery())])).toBe("stale");
    expect(await store().commit([queued(aDelivery({ userId: sam.id }))])).toBe("stale");
    expect(await store().deliveries(alex.id, 10)).toStrictEqual([over]);
    expect(await store().deliveries(sam.id, 10)).toStrictEqual([]);
  });
  test("delivery-queued never makes two that went out to one person on one day", async () => {
    const other = aDelivery({ key: keyOf("rest alex"), kind: "rest", sentOn: day("2026-11-24") });
    await store().commit([queued(full)]);
    await store()
      .commit([queued(other)])
      .catch(() => "refused");
    const days = (await store().deliveries(alex.id, 10)).map(({ sentOn }) => sentOn?.toString());
    expect(days.filter((on) => on === "2026-11-24")).toHaveLength(1);
  });
  test("deliveries come the newest first by when they were due, and no more than the limit", async () => {
    const due = { c: "09:00", a: "07:00", d: "10:00", b: "08:00" };
    const theirs = Object.entries(due).map(([name, time]) => aDelivery({ key: keyOf(name), dueAt: at(time), nextAt: at("23:00") }));
    await store().commit([...theirs, aDelivery({ key: keyOf("e"), userId: sam.id, dueAt: at("12:00") })].map(queued));
    const keysOf = async (limit: number) => (await store().deliveries(alex.id, limit)).map(({ key }) => key);
    expect(await keysOf(10)).toStrictEqual(["d", "c", "b", "a"]);
    expect(await keysOf(3)).toStrictEqual(["d", "c", "b"]);
    expect(await keysOf(0)).toStrictEqual([]);
    expect(await store().deliveries(sam.id, 10)).toHaveLength(1);
  });
  test("deliveries that were due at once come by their keys, the last first", async () => {
    await store().commit(["b", "a", "c"].map((name) => queued(aDelivery({ key: keyOf(name) }))));
    expect((await store().deliveries(alex.id, 2)).map(({ key }) => key)).toStrictEqual(["c", "b"]);
  });
}

/** What holds of when something is due next. */
export function nextAt(store: () => Store): void {
  test("nextAt gives nothing when nothing is ever due", async () => {
    expect(await store().nextAt()).toBeUndefined();
    await store().commit([queued(endUnsent(aDelivery(), "late", at("08:00")))]);
    expect(await store().nextAt()).toBeUndefined();
  });
  test("nextAt gives the next prompt when nothing is queued", async () => {
    await store().commit([set(aPrompt({ dueAt: at("09:00") })), set(aPrompt({ userId: sam.id, dueAt: at("08:00") }))]);
    expect(await store().nextAt()).toStrictEqual(at("08:00"));
  });
  test("nextAt gives the next delivery when there is no prompt", async () => {
    const first = aDelivery({ key: keyOf("a"), dueAt: at("07:00"), nextAt: at("09:00") });
    await store().commit([queued(first), queued(aDelivery({ key: keyOf("b"), dueAt: at("08:00") }))]);
    expect(await store().nextAt()).toStrictEqual(at("08:00"));
  });
  test.each([
    ["06:59", "07:00", "06:59"],
    ["07:00", "06:59", "06:59"],
    ["07:00", "07:00", "07:00"],
  ])("nextAt of a prompt at %s and a delivery at %s is %s", async (prompt, delivery, next) => {
    await store().commit([set(aPrompt({ dueAt: at(prompt) })), queued(aDelivery({ dueAt: at(delivery) }))]);
    expect(await store().nextAt()).toStrictEqual(at(next));
  });
  test("nextAt of what was claimed is the end of its lease, and of what has ended nothing", async () => {
    await store().commit([queued(aDelivery())]);
    await store().claim(at("07:00"), at("07:30"), 1, here);
    expect(await store().nextAt()).toStrictEqual(at("07:30"));
    await store().commit([settled()]);
    expect(await store().nextAt()).toBeUndefined();
  });
}
