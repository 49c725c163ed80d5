/** The contract of the `Store` port: accounts, whether messages reach them, and notes. */

import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Account, Reach } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { anAccount, aSession, aUser } from "../../support/builders.ts";
import { alex, alexAccount, always, changedThroughout, linked, logged, odd, sam, samAccount, saved, seen } from "./fixtures.ts";

const fresh: Reach = { isOpen: true, isTold: false };
const everyReach: readonly Reach[] = [true, false].flatMap((isOpen) => [true, false].map((isTold) => ({ isOpen, isTold })));

function reached(account: Account, reach: Reach): Change {
  return { kind: "account-reached", account, reach };
}

function noted(name: string, value: string): Change {
  return { kind: "noted", name, value };
}

function at(platform: string, id: string): Account {
  return anAccount({ platform: platform as PlatformName, id, name: `${id} of ${platform}` });
}

/** What holds of whether messages reach somebody, and of where. */
export function reach(store: () => Store): void {
  test("findUser gives an account that was just linked as open and not told", async () => {
    expect(await store().findUser(alexAccount)).toStrictEqual({
      user: alex,
      version: 0,
      isActive: false,
      reach: fresh,
      platformTimeZone: undefined,
      isMember: false,
      hasBoundChannel: false,
      originalOwnerId: undefined,
      hasSwitchedAccount: false,
      hasLostSettings: false,
    });
  });
  test.each(everyReach)("account-reached keeps %j", async (given) => {
    for (const before of everyReach) {
      await store().commit([reached(alexAccount, before)]);
      expect(await store().commit([reached(alexAccount, given)])).toBe("done");
      expect((await store().findUser(alexAccount))?.reach).toStrictEqual(given);
    }
    expect((await store().findUser(samAccount))?.reach).toStrictEqual(fresh);
  });
  test("account-reached is of one account alone, whatever else its person or its id has", async () => {
    const others = [at("discord", alexAccount.id), at(alexAccount.platform, "other")];
    await store().commit(others.map((account) => linked(account, alex)));
    await store().commit([reached(alexAccount, { isOpen: false, isTold: true })]);
    for (const account of others) expect((await store().findUser(account))?.reach).toStrictEqual(fresh);
  });
  test("account-reached leaves the name and the person, and linking again leaves the reach", async () => {
    const told = { isOpen: false, isTold: true };
    await store().commit([reached({ ...alexAccount, name: "Somebody" }, told)]);
    await store().commit([seen("1"), linked(alexAccount, sam)]);
    expect(await store().findAddressee(alex.id)).toStrictEqual({ user: alex, accounts: [{ account: alexAccount, reach: told }] });
  });
  test("account-reached touches nothing when nobody has that account", async () => {
    const unknown = at("discord", alexAccount.id);
    expect(await store().commit([reached(unknown, fresh), logged(aSession())])).toBe("stale");
    expect(await store().commit([seen("1"), reached(unknown, fresh)])).toBe("done");
    expect(await store().findUser(unknown)).toBeUndefined();
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
  });
  test("findAddressee gives nobody whom the store does not know", async () => {
    expect(await store().findAddressee("nobody" as UserId)).toBeUndefined();
  });
  test("findAddressee gives somebody with all that they set", async () => {
    await store().commit([saved(changedThroughout(alex))]);
    const accounts = [{ account: alexAccount, reach: fresh }];
    expect(await store().findAddressee(alex.id)).toStrictEqual({ user: changedThroughout(alex), accounts });
  });
  test("findAddressee gives their accounts by platform and then by id, each with its reach, and nobody else's", async () => {
    const kim = aUser({ id: "user-3" as UserId });
    const accounts = [at("chat", "z"), at("chatter", "a"), at("chatter", "b"), at("slack", "T1 U1"), at("slack", "U0")];
    const reaches = [...everyReach, fresh];
    await store().commit([saved(kim), ...accounts.toReversed().map((account) => linked(account, kim))]);
    await store().commit(accounts.map((account, index) => reached(account, reaches[index] ?? fresh)));
    const expected = accounts.map((account, index) => ({ account, reach: reaches[index] }));
    expect(await store().findAddressee(kim.id)).toStrictEqual({ user: kim, accounts: expected });
  });
}

/** What holds of notes. */
export function notes(store: () => Store): void {
  test("findNote gives nothing before something was noted", async () => {
    expect(await store().findNote("rules")).toBeUndefined();
  });
  test("noted replaces what was noted under that name, and nothing else", async () => {
    await store().commit([noted("rules", "2026a"), noted("Rules", "another")]);
    expect(await store().commit([noted("rules", "2026b")])).toBe("done");
    expect(await store().commit([noted("rules", "2026b"), logged(aSession())])).toBe("done");
    expect(await store().findNote("rules")).toBe("2026b");
    expect(await store().findNote("Rules")).toBe("another");
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
  test("noted keeps nothing of a commit that is stale", async () => {
    await store().commit([seen("1")]);
    expect(await store().commit([seen("1"), noted("rules", "2026a")])).toBe("stale");
    expect(await store().findNote("rules")).toBeUndefined();
  });
  test.each(["", ...odd])("names and values may be %j", async (text) => {
    await store().commit([noted(text, text)]);
    expect(await store().findNote(text)).toBe(text);
  });
}
