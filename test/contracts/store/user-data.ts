/** The contract of the `Store` port: what somebody owns, and that it goes. */

import { expect, test } from "vitest";
import type { MessageId, SessionId, UserId } from "#core/lib/ids.ts";
import type { Change, Speaker } from "#core/model/changes/index.ts";
import type { RetentionDelete } from "#core/model/changes/retention.ts";
import type { Store } from "#src/ports/store.ts";
import { anAccount, aSession } from "../../support/builders.ts";
import {
  aDelivery,
  alex,
  alexAccount,
  always,
  anAct,
  aPrompt,
  aQuestion,
  at,
  here,
  keyOf,
  linked,
  logged,
  queued,
  sam,
  samAccount,
  saved,
  seen,
  sending,
  set,
  settled,
} from "./fixtures.ts";

const everythingOfAlex: readonly Change[] = [
  logged(aSession()),
  { kind: "last-action-set", lastAction: anAct() },
  { kind: "clarification-asked", clarification: aQuestion() },
  set(aPrompt()),
  queued(aDelivery()),
];
const ungrouped = { groups: 0, cheers: 0, channels: 0 };
const forgotten: Change = { kind: "user-forgotten", userId: alex.id };

/** What holds of forgetting. */
export function forgetting(store: () => Store): void {
  test("user-forgotten takes everything of one person, and nothing of anybody else", async () => {
    const other = anAccount({ id: "another" });
    await store().commit([linked(other, alex), ...everythingOfAlex]);
    await store().commit([logged(aSession({ userId: sam.id })), { kind: "last-action-set", lastAction: { ...anAct(), userId: sam.id } }]);
    await store().commit([set(aPrompt({ userId: sam.id })), queued(aDelivery({ userId: sam.id, key: keyOf("weekly sam") }))]);
    expect(await store().commit([seen("1"), forgotten])).toBe("done");
    for (const account of [alexAccount, other]) expect(await store().findUser(account)).toBeUndefined();
    expect(await store().sessions(alex.id, always)).toEqual([]);
    expect(await store().findAct(alex.id)).toBeUndefined();
    expect(await store().findQuestion(alex.id)).toBeUndefined();
    expect(await store().prompts(alex.id)).toEqual([]);
    expect(await store().deliveries(alex.id, 10)).toEqual([]);
    expect(await store().findAddressee(alex.id)).toBeUndefined();
    expect(await store().userDataCounts(alex.id)).toEqual({ accounts: [], sessions: 0, detached: 0, deliveries: 0, ...ungrouped });
    expect(await store().findUser(samAccount)).toBeDefined();
    expect(await store().userDataCounts(sam.id)).toMatchObject({ sessions: 1, deliveries: 1 });
    expect(await store().findAct(sam.id)).toBeDefined();
    expect(await store().prompts(sam.id)).toHaveLength(1);
  });
  test("user-forgotten touches nothing when they are gone", async () => {
    await store().commit([forgotten]);
    expect(await store().commit([forgotten])).toBe("stale");
    await store().secureErase();
  });
  test("userDataCounts counts what there is", async () => {
    await store().commit(everythingOfAlex);
    const { platform, id, name } = alexAccount;
    expect(await store().userDataCounts(alex.id)).toEqual({
      accounts: [{ platform, id, name }],
      sessions: 1,
      detached: 0,
      deliveries: 1,
      ...ungrouped,
    });
  });
  test("userData gives all that there is of one person, and nothing of anybody else", async () => {
    await store().commit([...everythingOfAlex, logged(aSession({ userId: sam.id }))]);
    const { platform, id, name } = alexAccount;
    expect(await store().userData(alex.id)).toEqual({
      user: alex,
      accounts: [
        {
          account: { platform, id, name },
          reach: { isOpen: true, isTold: false },
          origin: undefined,
          heardAt: undefined,
          wrongCodes: undefined,
        },
      ],
      sessions: [aSession()],
      act: anAct(),
      question: aQuestion(),
      prompts: [aPrompt()],
      deliveries: [aDelivery()],
      code: undefined,
      unanswered: [],
      detached: [],
      memberships: [],
      cheers: [],
      channels: [],
    });
    expect(await store().userData("nobody" as UserId)).toBeUndefined();
  });
  test("a delivery that is for one account keeps which, and one that counts for no day goes out beside another", async () => {
    const target = { platform: alexAccount.platform, id: alexAccount.id };
    await store().commit([queued(aDelivery({ sentOn: undefined, kind: "export", key: keyOf("export alex"), target }))]);
    await store().commit([queued(aDelivery())]);
    const claimed = await store().claim(at("08:00"), at("08:02"), 2, here);
    expect(claimed.find(({ kind }) => kind === "export")).toMatchObject({ target });
    expect(await store().commit([sending()])).toBe("done");
    expect(await store().commit([sending({ key: keyOf("export alex"), sentOn: undefined })])).toBe("done");
  });
  test("what was on its way when they were forgotten ends nowhere", async () => {
    await store().commit([queued(aDelivery())]);
    await store().claim(at("08:00"), at("08:02"), 1, here);
    await store().commit([forgotten]);
    expect(await store().commit([settled()])).toBe("stale");
    expect(await store().claim(at("23:00"), at("23:01"), 1, here)).toEqual([]);
  });
}

function by(source: string, from: Speaker): Change {
  return { kind: "inbound-seen", source: source as MessageId, at: at("06:30"), from };
}

/** What holds of batches. */
export function batches(store: () => Store): void {
  const id = "batch-1" as UserId;
  const opened: Change = { kind: "import-staged", user: { ...alex, id, over65: true }, of: alex.id };
  const staged = aSession({ userId: id, batch: id });
  const shown: Change = { kind: "import-applied", id, userId: alex.id };
  test("what is in a batch is seen once it is shown, and kept aside again when it is hidden", async () => {
    await store().commit([opened, logged(staged), logged(aSession({ id: "own" as SessionId }))]);
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
    expect(await store().userDataCounts(alex.id)).toMatchObject({ sessions: 1, detached: 1 });
    const kept = { user: { ...alex, id, over65: true }, count: 1, first: staged.day, last: staged.day };
    expect(await store().findStagedImport(alex.id, id)).toEqual(kept);
    expect(await store().findStagedImport(sam.id, id)).toBeUndefined();
    expect(await store().commit([shown])).toBe("done");
    expect(await store().sessions(alex.id, always)).toHaveLength(2);
    expect(await store().findSession(alex.id, staged.id)).toEqual({ ...staged, userId: alex.id });
    expect(await store().findStagedImport(alex.id, id)).toBeUndefined();
    expect(await store().commit([shown])).toBe("stale");
    expect(await store().commit([{ kind: "import-reverted", id, userId: alex.id }])).toBe("done");
    expect((await store().sessions(alex.id, always)).map((one) => one.id)).toEqual(["own"]);
    expect((await store().userData(alex.id))?.detached.map(({ sessions }) => sessions)).toEqual([[staged]]);
  });
  test("imports-discarded takes those that were never confirmed, and none that an act could bring back", async () => {
    const other = "batch-2" as UserId;
    await store().commit([opened, logged(staged), { kind: "import-staged", user: { ...alex, id: other }, of: alex.id }]);
    await store().commit([{ kind: "last-action-set", lastAction: { ...anAct(), batch: { id, count: 1 } } }]);
    expect(await store().findAct(alex.id)).toEqual({ ...anAct(), batch: { id, count: 1 } });
    expect(await store().commit([{ kind: "imports-discarded", userId: alex.id }])).toBe("done");
    expect(await store().commit([{ kind: "imports-discarded", userId: alex.id }])).toBe("stale");
    expect(await store().findStagedImport(alex.id, id)).toBeDefined();
    const before = alex.joinedAt.add({ hours: 1 });
    expect(await store().commit([{ kind: "detached-purged", before, limit: 10 }])).toBe("stale");
    await store().commit([{ kind: "last-action-set", lastAction: anAct() }]);
    expect(await store().commit([{ kind: "detached-purged", before, limit: 10 }])).toBe("done");
    expect(await store().findStagedImport(alex.id, id)).toBeUndefined();
  });
  test("a batch goes with its person", async () => {
    await store().commit([opened, logged(staged)]);
    await store().commit([forgotten]);
    expect(await store().findStagedImport(alex.id, id)).toBeUndefined();
    await expect(store().commit([logged(staged)])).rejects.toThrow();
    await expect(store().commit([opened])).rejects.toThrow();
  });
}

/** What holds of who says something. */
export function speakers(store: () => Store): void {
  const nobody = anAccount({ id: "nobody" });
  test("inbound-seen touches nothing where the account is somebody else's by then", async () => {
    expect(await store().commit([by("1", { account: alexAccount, userId: sam.id }), logged(aSession())])).toBe("stale");
    expect(await store().commit([by("1", { account: nobody, userId: alex.id })])).toBe("stale");
    expect(await store().commit([by("1", { account: alexAccount, userId: undefined })])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toEqual([]);
    expect(await store().commit([by("1", { account: alexAccount, userId: alex.id }), logged(aSession())])).toBe("done");
    expect(await store().commit([by("2", { account: nobody, userId: undefined })])).toBe("done");
  });
  test("inbound-seen touches nothing a second time, whoever it is from", async () => {
    await store().commit([by("1", { account: alexAccount, userId: alex.id })]);
    expect(await store().commit([by("1", { account: alexAccount, userId: alex.id })])).toBe("stale");
    expect(await store().commit([seen("1")])).toBe("stale");
  });
  test("inbound-seen touches nothing where either of its ids was seen, and notes both", async () => {
    const named = (source: string, also: string): Change => ({
      kind: "inbound-seen",
      source: source as MessageId,
      also: also as MessageId,
      at: at("06:30"),
    });
    expect(await store().commit([named("1", "a"), logged(aSession())])).toBe("done");
    for (const again of [seen("1"), seen("a"), named("1", "b"), named("2", "a"), named("a", "3"), named("4", "1")])
      expect(await store().commit([again, logged(aSession())])).toBe("stale");
    for (const fresh of [named("2", "b"), named("3", "3"), seen("4")]) expect(await store().commit([fresh])).toBe("done");
    expect(await store().commit([seen("3")])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
  test("what was decided for somebody who was forgotten since is not written", async () => {
    await store().commit([forgotten]);
    expect(await store().commit([by("1", { account: alexAccount, userId: alex.id }), saved(alex)])).toBe("stale");
    expect(await store().findUser(alexAccount)).toBeUndefined();
    expect(await store().commit([{ kind: "account-time-zone-updated", account: alexAccount, of: alex.id }, saved(alex)])).toBe("stale");
    expect(await store().userDataCounts(alex.id)).toEqual({ accounts: [], sessions: 0, detached: 0, deliveries: 0, ...ungrouped });
  });
  test("account-time-zone-updated touches nothing where the account is somebody else's by then", async () => {
    expect(await store().commit([{ kind: "account-time-zone-updated", account: alexAccount, of: sam.id }])).toBe("stale");
    expect(await store().commit([{ kind: "account-time-zone-updated", account: alexAccount, of: alex.id }])).toBe("done");
  });
}

/** What holds of what has had its time. */
export function purges(store: () => Store): void {
  const purge = (kind: RetentionDelete["kind"], before: string, limit = 10): Change => ({ kind, before: at(before), limit });
  test("inbounds-purged takes those from before, a few at once", async () => {
    await store().commit([seen("1"), seen("2"), seen("3")]);
    expect(await store().commit([purge("inbounds-purged", "06:30")])).toBe("stale");
    expect(await store().commit([purge("inbounds-purged", "06:31", 2)])).toBe("done");
    expect(await store().commit([purge("inbounds-purged", "06:31", 2)])).toBe("done");
    expect(await store().commit([purge("inbounds-purged", "06:31", 2)])).toBe("stale");
    for (const source of ["1", "2", "3"]) expect(await store().commit([seen(source)])).toBe("done");
  });
  test("deliveries-purged takes those that ended before, and none that waits", async () => {
    await store().commit([queued(aDelivery()), queued(aDelivery({ key: keyOf("rest alex"), kind: "rest" }))]);
    await store().claim(at("07:00"), at("07:01"), 1, here);
    await store().commit([settled()]);
    expect(await store().commit([purge("deliveries-purged", "07:02")])).toBe("stale");
    expect(await store().commit([purge("deliveries-purged", "07:03")])).toBe("done");
    expect(await store().commit([purge("deliveries-purged", "23:00")])).toBe("stale");
    expect((await store().deliveries(alex.id, 10)).map(({ kind }) => kind)).toEqual(["rest"]);
  });
  test("purges of what there is none touch nothing", async () => {
    for (const kind of ["inbounds-purged", "deliveries-purged", "link-codes-purged", "detached-purged"] as const)
      expect(await store().commit([purge(kind, "23:00")])).toBe("stale");
    expect(await store().userDataCounts("nobody" as UserId)).toMatchObject({ sessions: 0 });
  });
}
