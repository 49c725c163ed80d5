/** The contract of the `Store` port: what is decided on settings is kept only while these are the same. */

import type { MessageId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { anAccount, aSession } from "../../support/builders.ts";
import { aGroup, aMember } from "../../support/groups.ts";
import { alex, alexAccount, always, aPrompt, at, logged, sam, samAccount, saved, seen, set } from "./fixtures.ts";

const said = (source: string, version: number): Change => ({
  kind: "inbound-seen",
  source: source as MessageId,
  at: at("06:30"),
  from: { account: alexAccount, userId: alex.id, version },
});

/** What holds of versions. */
export function versions(store: () => Store): void {
  const versionOf = async (account = alexAccount): Promise<number | undefined> => (await store().findUser(account))?.version;

  test("a version rises with each change of somebody's settings, and of what they share, and with nothing else", async () => {
    expect(await versionOf()).toBe(0);
    await store().commit([saved({ ...alex, isStopped: true })]);
    expect(await versionOf()).toBe(1);
    await store().commit([seen("1"), logged(aSession()), set(aPrompt())]);
    expect(await versionOf()).toBe(1);
    const member = aMember("Alex", { userId: alex.id });
    await store().commit([
      { kind: "group-saved", group: aGroup() },
      { kind: "member-joined", member },
    ]);
    expect(await versionOf()).toBe(1);
    await store().commit([{ kind: "member-changed", member: { ...member, share: "minutes" } }]);
    expect([await versionOf(), await versionOf(samAccount)]).toStrictEqual([2, 0]);
  });
  test("what was said is not kept where its settings are others by now, and was not seen then", async () => {
    await store().commit([saved({ ...alex, isStopped: true })]);
    expect(await store().commit([said("1", 0), logged(aSession())])).toBe("stale");
    expect(await store().hasSeen("1" as MessageId)).toBe(false);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect(await store().commit([said("1", 1), logged(aSession())])).toBe("done");
    expect(await store().hasSeen("1" as MessageId)).toBe(true);
    expect(await store().commit([said("1", 1)])).toBe("stale");
  });
  test("user-unchanged and group-unchanged keep nothing of their commit where somebody has written meanwhile, wherever they stand", async () => {
    await store().commit([saved({ ...sam, isStopped: true }), { kind: "group-saved", group: aGroup() }]);
    await store().commit([{ kind: "group-saved", group: aGroup({ name: "Evening crew" }) }]);
    const user = (version: number): Change => ({ kind: "user-unchanged", userId: sam.id, version });
    const group = (version: number): Change => ({ kind: "group-unchanged", groupId: aGroup().id, version });
    expect((await store().findGroup({ id: aGroup().id }))?.version).toBe(1);
    for (const guard of [user(0), user(2), group(0), group(2)]) {
      expect(await store().commit([logged(aSession()), guard])).toBe("stale");
      expect(await store().commit([guard, logged(aSession())])).toBe("stale");
    }
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect(await store().commit([seen("1"), user(1), group(1), user(1), logged(aSession())])).toBe("done");
    expect(await versionOf(samAccount)).toBe(1);
  });
  test("a prompt is moved only for the settings on which that was decided", async () => {
    const moved: Change = { kind: "prompt-moved", was: aPrompt(), to: aPrompt({ dueAt: at("09:00") }), version: 0 };
    await store().commit([set(aPrompt()), saved({ ...alex, isStopped: true })]);
    expect(await store().commit([moved])).toBe("stale");
    expect(await store().commit([{ ...moved, version: 1 }])).toBe("done");
  });
  test("joining and parting raise the version of who goes on", async () => {
    await store().commit([{ kind: "users-linked", from: sam.id, to: alex.id }]);
    expect(await versionOf()).toBe(1);
    await store().commit([{ kind: "user-unlinked", userId: alex.id, originalOwnerId: sam.id }]);
    expect(await versionOf()).toBe(2);
    expect(await versionOf(anAccount({ id: "nobody" }))).toBeUndefined();
  });
}
