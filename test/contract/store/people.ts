/** The law of the `Store` port: people. */

import type { ActivityId, Minutes, PlatformName, UserId } from "#core/brand.ts";
import type { TimeZone } from "#core/time.ts";
import type { User } from "#core/user.ts";
import type { Store } from "#src/ports.ts";
import { expect, test } from "vitest";
import { anAccount, aSession } from "../../support/build.ts";
import { alex, alexAccount, always, anAct, aQuestion, day, linked, logged, odd, sam, samAccount, saved, seen } from "./given.ts";

/** What holds of people, their accounts and their settings. */
export function people(store: () => Store): void {
  test("findUser knows nobody before their first change", async () => {
    expect(await store().findUser(anAccount({ id: "nobody" }))).toBeUndefined();
  });
  test("findUser gives the person behind each of their accounts", async () => {
    const other = anAccount({ platform: "discord" as PlatformName });
    await store().commit([linked(other, alex)]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
    expect((await store().findUser(other))?.user).toStrictEqual(alex);
  });
  test("findUser tells one id on two platforms apart", async () => {
    expect(await store().findUser({ ...alexAccount, platform: "discord" as PlatformName })).toBeUndefined();
  });
  test("account-linked touches nothing when the account belongs to somebody", async () => {
    expect(await store().commit([linked(alexAccount, sam)])).toBe("stale");
    expect(await store().commit([seen("1"), linked(alexAccount, sam)])).toBe("done");
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
  });
  test.each(Object.entries(settings))("user-saved keeps %s when it alone differs", async (_, over) => {
    await store().commit([saved({ ...alex, ...over })]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual({ ...alex, ...over });
    expect((await store().findUser(samAccount))?.user).toStrictEqual(sam);
  });
  test("user-saved keeps every setting at once, and gives them all up again", async () => {
    const changed = Object.values(settings).reduce<User>((user, over) => ({ ...user, ...over }), alex);
    await store().commit([saved(changed)]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(changed);
    await store().commit([saved(alex)]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
  });
  test("user-saved leaves their sessions, their act and their question", async () => {
    await store().commit([logged(aSession()), { kind: "act-done", act: anAct() }, { kind: "question-asked", question: aQuestion() }]);
    await store().commit([saved({ ...alex, over65: true })]);
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
    expect(await store().findAct(alex.id)).toBeDefined();
    expect(await store().findQuestion(alex.id)).toBeDefined();
  });
  test.each(odd)("accounts, ids and words may be %j", async (text) => {
    const user = { ...alex, id: text as UserId, words: { [text]: text as ActivityId } };
    const account = { platform: text as PlatformName, id: text, name: text };
    await store().commit([saved(user), linked(account, user)]);
    expect((await store().findUser(account))?.user).toStrictEqual(user);
  });
}

const settings: Readonly<Record<string, Partial<User>>> = {
  joinedAt: { joinedAt: Temporal.Instant.from("2020-02-29T23:59:59.999Z") },
  timeZone: { timeZone: "America/Argentina/Buenos_Aires" as TimeZone },
  firstDay: { firstDay: 7 },
  feedback: { feedback: { weekday: 5, time: Temporal.PlainTime.from("17:45") } },
  restNudges: { restNudges: false },
  trainingNudges: { trainingNudges: true },
  quietHours: { quietHours: { from: Temporal.PlainTime.from("00:00"), until: Temporal.PlainTime.from("23:59:59") } },
  "no quiet hours": { quietHours: undefined },
  over65: { over65: true },
  band: { band: { min: 40, max: 90, setOn: day("2026-10-01") } },
  plan: { plan: { days: [1, 3, 7], minutes: 25 as Minutes } },
  words: { words: { bouldering: "climbing" as ActivityId, constructor: "strength" as ActivityId } },
  told: { told: ["plateau", "thin"] },
};
