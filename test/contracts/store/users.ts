/** The contract of the `Store` port: people. */

import type { ActivityId, PlatformName, UserId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { anAccount, aSession } from "../../support/builders.ts";
import {
  aDelivery,
  alex,
  alexAccount,
  always,
  anAct,
  aPrompt,
  aQuestion,
  changedThroughout,
  linked,
  logged,
  odd,
  queued,
  sam,
  samAccount,
  saved,
  seen,
  set,
  settings,
} from "./fixtures.ts";

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
  test("account-time-zone-updated keeps what the platform says of that account alone, and forgets it again", async () => {
    const other = anAccount({ platform: "discord" as PlatformName, timeZone: "Asia/Tokyo" as TimeZone });
    await store().commit([linked(other, alex)]);
    expect((await store().findUser(other))?.platformTimeZone).toBe("Asia/Tokyo");
    expect((await store().findUser(alexAccount))?.platformTimeZone).toBeUndefined();
    const placed = { ...alexAccount, timeZone: "Europe/Berlin" as TimeZone };
    expect(await store().commit([{ kind: "account-time-zone-updated", account: placed }])).toBe("done");
    expect((await store().findUser(alexAccount))?.platformTimeZone).toBe("Europe/Berlin");
    expect((await store().findUser(other))?.platformTimeZone).toBe("Asia/Tokyo");
    await store().commit([{ kind: "account-time-zone-updated", account: alexAccount }]);
    expect((await store().findUser(alexAccount))?.platformTimeZone).toBeUndefined();
    expect(await store().commit([{ kind: "account-time-zone-updated", account: anAccount({ id: "nobody" }) }])).toBe("stale");
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
    const changed = changedThroughout(alex);
    await store().commit([saved(changed)]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(changed);
    await store().commit([saved(alex)]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
  });
  test("user-saved leaves all that is theirs", async () => {
    await store().commit([
      logged(aSession()),
      { kind: "last-action-set", lastAction: anAct() },
      { kind: "clarification-asked", clarification: aQuestion() },
    ]);
    await store().commit([set(aPrompt()), queued(aDelivery())]);
    await store().commit([saved({ ...alex, over65: true })]);
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
    expect(await store().findAct(alex.id)).toBeDefined();
    expect(await store().findQuestion(alex.id)).toBeDefined();
    expect(await store().prompts(alex.id)).toHaveLength(1);
    expect(await store().deliveries(alex.id, 10)).toHaveLength(1);
  });
  test.each(odd)("accounts, ids and words may be %j", async (text) => {
    const user = { ...alex, id: text as UserId, words: { [text]: text as ActivityId } };
    const account = { platform: text as PlatformName, id: text, name: text };
    await store().commit([saved(user), linked(account, user)]);
    expect((await store().findUser(account))?.user).toStrictEqual(user);
  });
}
