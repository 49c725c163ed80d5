/** The contract of the `Store` port: accounts that are linked and codes. */

import type { SessionId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";
import {
  aDelivery,
  alex,
  alexAccount,
  always,
  anAct,
  aPrompt,
  aQuestion,
  at,
  keyOf,
  logged,
  queued,
  sam,
  samAccount,
  seen,
  set,
} from "./fixtures.ts";

const everythingOfAlex: readonly Change[] = [
  logged(aSession()),
  { kind: "last-action-set", lastAction: anAct() },
  { kind: "clarification-asked", clarification: aQuestion() },
  set(aPrompt()),
  queued(aDelivery()),
];
const forgotten: Change = { kind: "user-forgotten", userId: alex.id };

/** What holds of accounts that are linked. */
export function linking(store: () => Store): void {
  const own = aSession({ userId: sam.id, id: "own" as SessionId });
  const twin = aSession({ userId: sam.id, id: "twin" as SessionId });
  const joined: readonly Change[] = [{ kind: "users-linked", from: sam.id, to: alex.id }];
  const key = { platform: samAccount.platform, id: samAccount.id };
  test("users-linked makes one of two, but for what is held back, and leaves nothing that waits for who is no more", async () => {
    await store().commit([...everythingOfAlex, logged(own), logged(twin), set(aPrompt({ userId: sam.id }))]);
    await store().commit([queued(aDelivery({ userId: sam.id, key: keyOf("weekly sam") }))]);
    await store().commit([{ kind: "session-set-aside", userId: sam.id, id: twin.id }]);
    expect(await store().commit(joined)).toBe("done");
    expect((await store().findUser(samAccount))?.user).toEqual(alex);
    expect((await store().findUser(samAccount))?.originalOwnerId).toBe(sam.id);
    expect((await store().findUser(alexAccount))?.originalOwnerId).toBeUndefined();
    expect(await store().findSession(alex.id, own.id)).toEqual({ ...own, userId: alex.id, origin: sam.id });
    expect(await store().findSession(alex.id, twin.id)).toBeUndefined();
    expect(await store().findAct(alex.id)).toBeUndefined();
    expect(await store().prompts(sam.id)).toEqual([]);
    expect(await store().deliveries(sam.id, 10)).toEqual([]);
    expect(await store().prompts(alex.id)).toHaveLength(1);
    expect(await store().userDataCounts(alex.id)).toMatchObject({ sessions: 2, detached: 1 });
    expect(await store().commit(joined)).toBe("stale");
    const latest = own.day;
    expect(await store().linked(alex.id)).toEqual([
      { account: { platform: alexAccount.platform, id: alexAccount.id, name: alexAccount.name }, originalOwner: undefined },
      { account: { ...key, name: samAccount.name }, originalOwner: { user: sam, version: 0, latest } },
    ]);
  });
  test("user-unlinked brings everything back, with what was logged there since", async () => {
    await store().commit([logged(aSession()), logged(own), logged(twin), { kind: "session-set-aside", userId: sam.id, id: twin.id }]);
    await store().commit(joined);
    const since = aSession({ id: "since" as SessionId, origin: sam.id });
    await store().commit([logged(since)]);
    const parted: Change = { kind: "user-unlinked", userId: alex.id, originalOwnerId: sam.id };
    expect(await store().commit([parted])).toBe("done");
    expect((await store().findUser(samAccount))?.user).toEqual(sam);
    const ids = (await store().sessions(sam.id, always)).map(({ id, origin }) => [id, origin] as const);
    expect(new Map(ids)).toEqual(new Map(["own", "since", "twin"].map((one) => [one, undefined] as const)));
    expect(await store().sessions(alex.id, always)).toEqual([aSession()]);
    expect(await store().commit([parted])).toBe("stale");
  });
  test("account-seen puts that account first, and says so to the others", async () => {
    await store().commit(joined);
    await store().commit([{ kind: "account-seen", account: key, at: at("09:00") }]);
    expect((await store().findUser(samAccount))?.hasSwitchedAccount).toBe(false);
    expect((await store().findUser(alexAccount))?.hasSwitchedAccount).toBe(true);
    expect((await store().findAddressee(alex.id))?.accounts.map(({ account }) => account.id)).toEqual([key.id, alexAccount.id]);
  });
  const code: Change = {
    kind: "link-code-made",
    code: { userId: alex.id, hash: "h1", account: alexAccount, expiresAt: at("07:10") },
  };
  test("a code is found until it expires, and spent once; nothing of the second commit is kept", async () => {
    const { platform, id, name } = alexAccount;
    await store().commit([code]);
    expect(await store().findCodeOwner("h1", at("07:09"))).toEqual({
      user: alex,
      version: 0,
      isActive: false,
      account: { platform, id, name },
      hash: "h1",
    });
    expect(await store().findCodeOwner("h1", at("07:10"))).toBeUndefined();
    expect(await store().findCodeOwner("h2", at("07:00"))).toBeUndefined();
    const spent: Change = { kind: "link-code-used", userId: alex.id, hash: "h1" };
    expect(await store().commit([seen("1"), spent])).toBe("done");
    expect(await store().findCodeOwner("h1", at("07:00"))).toBeUndefined();
    expect(await store().commit([seen("2"), logged(aSession()), spent])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toEqual([]);
    expect(await store().commit([seen("2")])).toBe("done");
  });
  const missed = (time: string, until: string): Change => ({
    kind: "wrong-code-entered",
    account: alexAccount,
    at: at(time),
    until: at(until),
  });
  test("a code goes once nobody can use it", async () => {
    await store().commit([code]);
    expect(await store().commit([{ kind: "link-codes-purged", before: at("07:10"), limit: 9 }])).toBe("stale");
    expect(await store().commit([{ kind: "link-code-dropped", userId: alex.id }])).toBe("done");
    expect(await store().commit([{ kind: "link-code-dropped", userId: alex.id }])).toBe("stale");
    expect(await store().commit([{ kind: "link-codes-purged", before: at("07:11"), limit: 9 }])).toBe("done");
  });
  test("wrong codes of an account are counted up to their time, whosever it is, and go with it", async () => {
    expect(await store().findWrongCodes(alexAccount)).toBeUndefined();
    await store().commit([missed("07:00", "07:10"), missed("07:05", "07:15")]);
    await store().commit([{ kind: "wrong-code-entered", account: samAccount, at: at("07:00"), until: at("07:10") }]);
    expect(await store().findWrongCodes(alexAccount)).toEqual({ count: 2, until: at("07:15") });
    expect(await store().countWrongCodes(at("07:09"))).toBe(3);
    expect(await store().countWrongCodes(at("07:10"))).toBe(2);
    expect((await store().userData(alex.id))?.accounts[0]?.wrongCodes).toEqual({ count: 2, until: at("07:15") });
    await store().commit([forgotten]);
    await store().commit([missed("07:14", "07:24")]);
    expect(await store().findWrongCodes(alexAccount)).toEqual({ count: 3, until: at("07:24") });
    await store().commit([missed("07:24", "07:34")]);
    expect(await store().findWrongCodes(alexAccount)).toEqual({ count: 1, until: at("07:34") });
    expect(await store().commit([{ kind: "wrong-codes-purged", before: at("07:35"), limit: 9 }])).toBe("done");
    expect(await store().commit([{ kind: "wrong-codes-purged", before: at("07:35"), limit: 9 }])).toBe("stale");
    expect([await store().findWrongCodes(alexAccount), await store().countWrongCodes(at("07:00"))]).toEqual([undefined, 0]);
  });
  test("who is forgotten goes with who they were before", async () => {
    await store().commit([logged(own), logged(twin), { kind: "session-set-aside", userId: sam.id, id: twin.id }]);
    await store().commit([...joined, code]);
    await store().commit([forgotten]);
    expect(await store().findUser(samAccount)).toBeUndefined();
    expect(await store().sessions(sam.id, always)).toEqual([]);
    expect(await store().findCodeOwner("h1", at("07:00"))).toBeUndefined();
  });
}
