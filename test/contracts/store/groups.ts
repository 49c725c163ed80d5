/** The contract of the `Store` port: groups, their channels, members and codes, and what is read of whom. */

import { expect, test } from "vitest";
import type { GroupId, PlatformName, UserId } from "#core/lib/ids.ts";
import type { GroupChange } from "#core/model/changes/groups.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type Member, shares } from "#core/model/group.ts";
import type { Store } from "#src/ports/store.ts";
import { aSession } from "../../support/builders.ts";
import { aChannel, aGroup, aMember, aPlace } from "../../support/groups.ts";
import { alex, alexAccount, always, at, day, logged, odd, sam, samAccount, saved } from "./fixtures.ts";

const group = aGroup();
const other = aGroup({ id: "group-2" as GroupId, name: "Evening crew" });
const [joined, left] = [
  (member: Member): Change => ({ kind: "member-joined", member }),
  ({ groupId, userId }: Member): Change => ({ kind: "member-left", groupId, userId }),
];
const alexIn = aMember("Alex", { userId: alex.id });
const samIn = aMember("Sam", { userId: sam.id, joinedAt: group.createdAt.add({ hours: 1 }) });
const begun: Change = { kind: "group-saved", group };
const bound = (over: Parameters<typeof aChannel>[0] = {}): Change => ({ kind: "channel-bound", channel: aChannel(over) });
const crewOf = async (store: Store, groupId = group.id) =>
  await store.groupSnapshot({ groupId, days: always, cheersOn: day("2026-11-23") });

/** What holds of groups and their channels. */
export function groups(store: () => Store): void {
  test("findGroup finds nothing where there is none", async () => {
    for (const ref of [{ id: group.id }, { channel: aPlace() }, { code: "abc" }]) expect(await store().findGroup(ref)).toBeUndefined();
  });

  test("findGroup gives a group by its id, its place and its code, with all that belongs to it", async () => {
    const code = { code: "abcd2345", groupId: group.id, until: at("08:00") };
    await store().commit([begun, bound(), joined(alexIn), { kind: "code-made", code }]);
    const found = { group, version: 0, channels: [aChannel()], code, memberCount: 1 };
    for (const ref of [{ id: group.id }, { channel: aPlace() }, { code: code.code }])
      expect(await store().findGroup(ref)).toStrictEqual(found);
    for (const ref of [{ id: other.id }, { channel: aPlace("other") }, { code: "abcd2346" }])
      expect(await store().findGroup(ref)).toBeUndefined();
  });

  test.each(odd)("a group, a channel, a code and a member may be called %j", async (text) => {
    const named = { ...group, name: text };
    const channel = aChannel({ ref: aPlace(text) });
    await store().commit([{ kind: "group-saved", group: named }, { kind: "channel-bound", channel }, joined({ ...alexIn, name: text })]);
    await store().commit([{ kind: "code-made", code: { code: text, groupId: group.id, until: at("08:00") } }]);
    expect((await store().findGroup({ channel: channel.ref }))?.group).toStrictEqual(named);
    expect((await store().findGroup({ code: text }))?.code?.code).toBe(text);
    expect((await crewOf(store())).roster[0]?.member.name).toBe(text);
  });

  test.each(["", " ", "\n"])("channel-bound refuses a place without an address: %j", async (text) => {
    await store().commit([begun]);
    await expect(store().commit([bound({ ref: aPlace(text) })])).rejects.toThrow(/Address/u);
    await expect(store().commit([bound({ ref: { ...aPlace(), platform: text as PlatformName } })])).rejects.toThrow(/PlatformName/u);
    expect((await store().findGroup({ id: group.id }))?.channels).toEqual([]);
  });

  test("group-saved keeps every setting, and when it began", async () => {
    const roundUp = { weekday: 5, time: Temporal.PlainTime.from("17:45") } as const;
    await store().commit([begun]);
    const changed = { ...group, name: "Late crew", timeZone: alex.timeZone, firstDay: 7, roundUp, checkIn: roundUp } as const;
    await store().commit([{ kind: "group-saved", group: { ...changed, createdAt: at("07:00") } }]);
    expect((await store().findGroup({ id: group.id }))?.group).toStrictEqual(changed);
    await store().commit([begun]);
    expect((await store().findGroup({ id: group.id }))?.group).toStrictEqual(group);
  });

  test("channel-bound touches nothing where the place is a group's, and channel-freed frees it", async () => {
    await store().commit([begun, { kind: "group-saved", group: other }, bound()]);
    expect(await store().commit([bound({ groupId: other.id })])).toBe("stale");
    expect(await store().commit([{ kind: "channel-freed", channel: aPlace() }])).toBe("done");
    expect(await store().commit([{ kind: "channel-freed", channel: aPlace() }])).toBe("stale");
    expect(await store().commit([bound({ groupId: other.id })])).toBe("done");
    expect((await store().findGroup({ channel: aPlace() }))?.group.id).toBe(other.id);
  });

  test("one address on two platforms is two places", async () => {
    const elsewhere = { ...aPlace(), platform: "discord" as typeof alexAccount.platform };
    await store().commit([begun, { kind: "group-saved", group: other }, bound(), bound({ ref: elsewhere, groupId: other.id })]);
    expect((await store().findGroup({ channel: elsewhere }))?.group.id).toBe(other.id);
    expect((await store().findGroup({ channel: aPlace() }))?.group.id).toBe(group.id);
  });

  test("who bound a channel is told of it once while it is suspended", async () => {
    const cutOff = async (): Promise<readonly unknown[]> => [
      await store().hasUnreportedSuspension(alex.id),
      await store().hasUnreportedSuspension(sam.id),
    ];
    const channel = aPlace();
    await store().commit([begun, bound({ boundBy: alex.id }), bound({ ref: aPlace("other"), boundBy: sam.id })]);
    expect(await cutOff()).toEqual([false, false]);
    expect(await store().commit([{ kind: "channel-suspended", channel }])).toBe("done");
    expect(await store().commit([{ kind: "channel-suspended", channel }])).toBe("stale");
    expect((await store().findGroup({ id: group.id }))?.channels.map(({ status }) => status)).toEqual(["suspended", "open"]);
    expect(await cutOff()).toEqual([true, false]);
    await store().commit([{ kind: "suspensions-reported", userId: alex.id }]);
    expect(await cutOff()).toEqual([false, false]);
    await store().commit([
      { kind: "channel-reopened", channel },
      { kind: "channel-suspended", channel },
    ]);
    expect(await cutOff()).toEqual([true, false]);
    expect(await store().commit([{ kind: "channel-reopened", channel }])).toBe("done");
    expect(await cutOff()).toEqual([false, false]);
  });

  test("code-made ends the code before", async () => {
    const code = (letters: string): Change => ({ kind: "code-made", code: { code: letters, groupId: group.id, until: at("08:00") } });
    await store().commit([begun, code("first")]);
    await store().commit([code("second")]);
    expect(await store().findGroup({ code: "first" })).toBeUndefined();
    expect((await store().findGroup({ code: "second" }))?.group.id).toBe(group.id);
  });

  test("group-removed takes all that belongs to it, and nothing else", async () => {
    await store().commit([begun, { kind: "group-saved", group: other }, bound(), joined(alexIn), joined({ ...alexIn, groupId: other.id })]);
    expect(await store().commit([{ kind: "group-removed", groupId: group.id }])).toBe("done");
    expect(await store().commit([{ kind: "group-removed", groupId: group.id }])).toBe("stale");
    expect(await store().findGroup({ channel: aPlace() })).toBeUndefined();
    expect((await store().memberships(alex.id)).map((one) => one.group.id)).toEqual([other.id]);
    expect(await store().sessions(alex.id, always)).toEqual([]);
    await store().commit([begun]);
    expect(await crewOf(store())).toStrictEqual({ roster: [], loggedMinutes: [], pastWeeks: [], cheers: 0 });
  });

  test.each<readonly [name: string, change: GroupChange]>([
    ["a channel", { kind: "channel-bound", channel: aChannel({ groupId: "nobody" as GroupId }) }],
    ["a member", { kind: "member-joined", member: aMember("Alex", { userId: alex.id, groupId: "nobody" as GroupId }) }],
    ["a member of nobody's", { kind: "member-joined", member: aMember("Alex", { userId: "nobody" as UserId }) }],
    ["a code", { kind: "code-made", code: { code: "a", groupId: "nobody" as GroupId, until: at("08:00") } }],
    ["a cheer", { kind: "cheered", groupId: group.id, userId: "nobody" as UserId, on: day("2026-11-23") }],
  ])("%s of something that is not there is refused, and nothing is kept", async (_, change) => {
    await store().commit([begun]);
    await expect(store().commit([saved({ ...alex, over65: true }), change])).rejects.toThrow();
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
  });
}

/** What holds of members, and of what is read of them. */
export function members(store: () => Store): void {
  test("findUser and memberships tell whether and where somebody is a member, in the order in which they joined", async () => {
    const later = { ...alexIn, groupId: other.id, joinedAt: alexIn.joinedAt.subtract({ hours: 1 }) };
    await store().commit([begun, { kind: "group-saved", group: other }, joined(alexIn), joined(later)]);
    expect((await store().findUser(alexAccount))?.isMember).toBe(true);
    expect((await store().findUser(samAccount))?.isMember).toBe(false);
    expect(await store().memberships(alex.id)).toStrictEqual([
      { group: other, member: later },
      { group, member: alexIn },
    ]);
    await store().commit([left(alexIn), left(later)]);
    expect((await store().findUser(alexAccount))?.isMember).toBe(false);
    expect(await store().memberships(alex.id)).toEqual([]);
  });

  test("findHere gives the group of a place to its members alone", async () => {
    await store().commit([begun, { kind: "group-saved", group: other }, bound(), bound({ ref: aPlace("other"), groupId: other.id })]);
    await store().commit([joined(alexIn), joined({ ...samIn, groupId: other.id })]);
    expect(await store().findHere(aPlace(), alex.id)).toStrictEqual({ group, member: alexIn });
    expect(await store().findHere(aPlace(), sam.id)).toBeUndefined();
    expect(await store().findHere(aPlace("other"), alex.id)).toBeUndefined();
    expect(await store().findHere(aPlace("nowhere"), alex.id)).toBeUndefined();
  });

  test("member-joined touches nothing when they are in it, member-changed and member-left when they are not", async () => {
    await store().commit([begun]);
    const changed = { ...alexIn, share: "minutes", name: "Lex", restsOn: day("2026-11-23") } as const;
    expect(await store().commit([{ kind: "member-changed", member: changed }])).toBe("stale");
    expect(await store().commit([left(alexIn)])).toBe("stale");
    expect(await store().commit([joined(alexIn)])).toBe("done");
    expect(await store().commit([joined(changed)])).toBe("stale");
    expect(await store().commit([{ kind: "member-changed", member: { ...changed, joinedAt: at("07:00") } }])).toBe("done");
    expect((await store().memberships(alex.id))[0]?.member).toStrictEqual(changed);
    expect(await store().commit([left(alexIn)])).toBe("done");
  });

  test.each(shares)("a group snapshot holds what somebody shares who shares %s, and no more", async (share) => {
    const pauses = [{ from: day("2026-11-23"), until: day("2026-11-25") }];
    await store().commit([begun, saved({ ...sam, pauses, isStopped: true }), joined(alexIn), joined({ ...samIn, share })]);
    const half = { shares: { strength: 0.5, aerobic: 0.5 }, note: "secret", word: "secret" };
    await store().commit([logged(aSession({ userId: sam.id, ...half })), logged(aSession({ userId: alex.id }))]);
    const { roster, loggedMinutes } = await crewOf(store());
    const rests = share === "membership" ? undefined : { pauses, isStopped: true };
    expect(roster).toStrictEqual([
      { member: alexIn, rests: { pauses: [], isStopped: false } },
      { member: { ...samIn, share }, rests },
    ]);
    const theirs = share === "membership" ? [] : [{ userId: sam.id, day: aSession().day, strength: 10 }];
    expect(loggedMinutes.toSorted((a, b) => (a.userId < b.userId ? -1 : 1))).toStrictEqual([
      { userId: alex.id, day: aSession().day, strength: 20 },
      ...theirs,
    ]);
  });

  test("a group snapshot holds the days that are asked for, of its own group, with its weeks and the cheers of one week", async () => {
    await store().commit([begun, { kind: "group-saved", group: other }, joined(alexIn), joined({ ...samIn, groupId: other.id })]);
    await store().commit([logged(aSession()), logged(aSession({ userId: sam.id }))]);
    const week = { groupId: group.id, weekStart: day("2026-11-16"), outcome: "short" } as const;
    await store().commit([
      { kind: "week-kept", week },
      { kind: "week-kept", week: { ...week, groupId: other.id } },
    ]);
    await store().commit([{ kind: "week-kept", week: { ...week, outcome: "good" } }]);
    const cheered = (over: Partial<Extract<GroupChange, { readonly kind: "cheered" }>> = {}): Change => ({
      kind: "cheered",
      groupId: group.id,
      userId: alex.id,
      on: day("2026-11-23"),
      ...over,
    });
    expect(await store().commit([cheered()])).toBe("done");
    expect(await store().commit([cheered()])).toBe("stale");
    await store().commit([cheered({ userId: sam.id }), cheered({ on: day("2026-11-16") }), cheered({ groupId: other.id })]);
    const { roster, loggedMinutes, pastWeeks: kept, cheers } = await crewOf(store());
    expect(roster.map(({ member }) => member.userId)).toEqual([alex.id]);
    expect(loggedMinutes).toHaveLength(1);
    expect(kept).toStrictEqual([{ ...week, outcome: "good" }]);
    expect(cheers).toBe(2);
    const empty = { from: day("2026-11-24"), until: day("2026-11-30") };
    expect((await store().groupSnapshot({ groupId: group.id, days: empty, cheersOn: day("2026-11-09") })).loggedMinutes).toEqual([]);
    expect((await store().groupSnapshot({ groupId: group.id, days: empty, cheersOn: day("2026-11-09") })).cheers).toBe(0);
  });
}
