/** The contract of the `Store` port: sessions. */

import type { ActivityId, Minutes, SessionId } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import type { Store } from "#src/ports/store.ts";
import { beforeEach, expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";
import { alex, always, at, day, everything, logged, odd, removed, sam, seen } from "./fixtures.ts";

/** What holds of sessions as they are saved, read and removed. */
export function sessions(store: () => Store): void {
  test.each([
    ["nothing but the least", {}],
    ["every field", { note: "felt good", word: "kb swings", intensity: "vigorous", shares: { strength: 0.5, aerobic: 0.25 } } as const],
    ["thirds", { shares: { strength: 1 / 3, aerobic: 2 / 3 } }],
    ["an empty note", { note: "" }],
    ["the longest bout", { minutes: 600 as Minutes, intensity: "light" } as const],
    ["milliseconds", { loggedAt: Temporal.Instant.from("2026-11-23T06:30:00.123Z") }],
    ["a leap day", { day: day("2028-02-29") }],
  ])("session-logged keeps %s", async (_, over) => {
    const session = aSession(over);
    await store().commit([logged(session)]);
    expect(await store().findSession(alex.id, session.id)).toStrictEqual(session);
    expect(await store().sessions(alex.id, always)).toStrictEqual([session]);
  });
  test.each(odd)("notes and words may be %j", async (text) => {
    await store().commit([logged(aSession({ note: text, word: text }))]);
    expect(await store().sessions(alex.id, always)).toStrictEqual([aSession({ note: text, word: text })]);
  });
  test("session-logged again touches nothing", async () => {
    await store().commit([logged(aSession({ note: "first" }))]);
    expect(await store().commit([logged(aSession({ note: "second" }))])).toBe("stale");
    expect(await store().commit([seen("1"), logged(aSession({ note: "third" }))])).toBe("done");
    expect(await store().sessions(alex.id, always)).toStrictEqual([aSession({ note: "first" })]);
  });
  test("session-removed and session-logged together correct it, on its day or another", async () => {
    await store().commit([logged(aSession({ note: "typo", word: "kb" }))]);
    for (const on of ["2026-11-23", "2026-11-20"]) {
      const corrected = aSession({ minutes: 45 as Minutes, day: day(on), activity: "running" as ActivityId });
      expect(await store().commit([removed(aSession()), logged(corrected)])).toBe("done");
      expect(await store().sessions(alex.id, always)).toStrictEqual([corrected]);
      expect(await store().findSession(alex.id, corrected.id)).toStrictEqual(corrected);
    }
  });
  test("sessions takes the first of the days and leaves the last", async () => {
    const days = ["2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30"];
    await store().commit(days.map((on) => logged(aSession({ id: on as SessionId, day: day(on) }))));
    const found = await store().sessions(alex.id, { from: day("2026-11-23"), until: day("2026-11-30") });
    expect(found.map(({ id }) => id)).toStrictEqual(["2026-11-23", "2026-11-29"]);
  });
  test("sessions come by day, then as they were logged, then by id", async () => {
    await store().commit(inAnyOrder.map(logged));
    expect((await store().sessions(alex.id, always)).map(({ id }) => id)).toStrictEqual(["b", "e", "c", "d", "a"]);
  });
  test.each([1, 2, 3, 7])("history gives all of them in that order, %i at a time, each once, and nobody else's", async (limit) => {
    await store().commit([...inAnyOrder, aSession({ id: "other" as SessionId, userId: sam.id })].map(logged));
    const seenIds: string[] = [];
    for (let after = await store().history(alex.id, undefined, limit); after.length > 0;) {
      expect(after.length).toBeLessThanOrEqual(limit);
      seenIds.push(...after.map(({ id }) => id));
      after = await store().history(alex.id, after.at(-1), limit);
    }
    expect(seenIds).toStrictEqual(["b", "e", "c", "d", "a"]);
  });
  test("session-removed removes it once", async () => {
    await store().commit([logged(aSession()), logged(aSession({ id: "session-2" as SessionId }))]);
    expect(await store().commit([removed(aSession())])).toBe("done");
    expect(await store().commit([removed(aSession())])).toBe("stale");
    expect((await store().sessions(alex.id, always)).map(({ id }) => id)).toStrictEqual(["session-2"]);
  });
}

/** By day, by instant and by id, these stand in three different orders. */
const inAnyOrder: readonly Session[] = [
  aSession({ id: "d" as SessionId, loggedAt: at("10:00") }),
  aSession({ id: "e" as SessionId, loggedAt: at("09:00"), activity: "running" as ActivityId }),
  aSession({ id: "a" as SessionId, loggedAt: at("08:00"), day: day("2026-11-24") }),
  aSession({ id: "b" as SessionId, loggedAt: at("12:00"), day: day("2026-11-22") }),
  aSession({ id: "c" as SessionId, loggedAt: at("10:00"), activity: "running" as ActivityId }),
];

/** What holds between one person and another. */
export function ownership(store: () => Store): void {
  beforeEach(() => store().commit([logged(aSession())]));
  test("nobody sees another person's sessions", async () => {
    expect(await store().sessions(sam.id, always)).toStrictEqual([]);
    expect(await store().page(sam.id, everything)).toStrictEqual([]);
    expect(await store().page(sam.id, { ...everything, activity: aSession().activity })).toStrictEqual([]);
    expect(await store().findSession(sam.id, aSession().id)).toBeUndefined();
  });
  test("session-logged leaves another person's session of that id alone", async () => {
    const theirs = aSession({ userId: sam.id, minutes: 1 as Minutes });
    expect(await store().commit([logged(theirs)])).toBe("done");
    expect(await store().sessions(alex.id, always)).toStrictEqual([aSession()]);
    expect(await store().sessions(sam.id, always)).toStrictEqual([theirs]);
  });
  test("session-removed cannot remove another person's session", async () => {
    expect(await store().commit([removed(aSession({ userId: sam.id }))])).toBe("stale");
    expect(await store().findSession(alex.id, aSession().id)).toStrictEqual(aSession());
  });
}

/** What holds of a history, page by page. */
export function pages(store: () => Store): void {
  beforeEach(() => store().commit(inAnyOrder.map(logged)));
  test.each([
    ["all of it, the newest day and the last logged first", {}, ["a", "d", "c", "e", "b"]],
    ["no more than the limit", { limit: 2 }, ["a", "d"]],
    ["what comes after those that are skipped", { skip: 3 }, ["e", "b"]],
    ["nothing past the end", { skip: 5 }, []],
    ["nothing when nothing is wanted", { limit: 0 }, []],
    ["one activity alone", { activity: "running" as ActivityId }, ["c", "e"]],
    ["the rest of one activity", { activity: "running" as ActivityId, skip: 1, limit: 1 }, ["e"]],
    ["nothing of an activity that they never did", { activity: "rowing" as ActivityId }, []],
  ])("page gives %s", async (_, over, ids) => {
    const found = await store().page(alex.id, { ...everything, ...over });
    expect(found.map(({ id }) => id)).toStrictEqual(ids);
  });
}
