/** Groups of the in-memory store. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import { holds } from "#core/lib/time.ts";
import type { SnapshotQuery } from "#core/model/context.ts";
import {
  type Channel,
  type JoinCode,
  type GroupSnapshot,
  type Group,
  type GroupRef,
  isSameChannel,
  type PastWeek,
  type Member,
  type Membership,
  type ChannelRef,
} from "#core/model/group.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import { strengthMinutes } from "#core/model/session.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreState } from "./state.ts";
import { versionOf } from "./versions.ts";

/** A channel, and whether the user who bound it was told of its suspension. */
type StateChannel = Channel & { readonly isTold: boolean };

/** The state of groups. Keys of two ids join them with a space, which no id contains. */
export type GroupState = {
  readonly groups: Map<GroupId, Group>;
  readonly channels: Map<string, StateChannel>;
  readonly members: Map<string, Member>;
  /** The owners of memberships after unlinking. A hidden membership has its own user as owner. */
  readonly origins: Map<string, UserId>;
  readonly codes: Map<GroupId, JoinCode>;
  readonly cheers: Map<string, { readonly groupId: GroupId; readonly userId: UserId; readonly on: Temporal.PlainDate }>;
  readonly prompts: Map<string, GroupPrompt>;
  readonly weeks: Map<string, PastWeek>;
};

/** A copy of `from`; an empty state when left out. */
export function cloneGroups(from?: GroupState): GroupState {
  return {
    groups: new Map(from?.groups),
    channels: new Map(from?.channels),
    members: new Map(from?.members),
    origins: new Map(from?.origins),
    codes: new Map(from?.codes),
    cheers: new Map(from?.cheers),
    prompts: new Map(from?.prompts),
    weeks: new Map(from?.weeks),
  };
}

/** The members of all groups without hidden memberships. A user has one shown membership in a group. */
export function shownMembers({ members, origins }: GroupState): readonly Member[] {
  return [...members].flatMap(([key, member]) => (origins.get(key) === member.userId ? [] : [member]));
}

/** Whether the user, or one of their detached users, bound a channel. */
export function hasBoundChannelOf(state: StoreState, userId: UserId): boolean {
  return [...state.groups.channels.values()].some(({ boundBy }) => isTheirs(state, boundBy, userId));
}

/** Whether the user is a member of any group. */
export function isMemberOf({ groups: { members } }: StoreState, userId: UserId): boolean {
  return [...members.values()].some((member) => member.userId === userId);
}

type GroupStore = Pick<
  Store,
  "findGroup" | "findHere" | "memberships" | "hasUnreportedSuspension" | "groupSnapshot" | "dueGroups" | "groupPrompts"
>;

/** The part of the store that reads groups. */
export function groupStoreOf(state: () => StoreState): GroupStore {
  const prompts = (): readonly GroupPrompt[] =>
    [...state().groups.prompts.values()].toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
  return {
    async findGroup(ref) {
      const { groups, channels, codes } = state().groups;
      const group = find(state(), ref);
      if (!group) return undefined;
      const theirs = [...channels.values()].filter(({ groupId }) => groupId === group.id).toSorted(byChannel);
      return {
        group: groups.get(group.id) ?? group,
        version: versionOf(state(), group.id),
        channels: theirs.map(({ ref, groupId, status, boundBy }) => ({ ref, groupId, status, boundBy })),
        code: codes.get(group.id),
        memberCount: shownMembers(state().groups).filter(({ groupId }) => groupId === group.id).length,
      };
    },
    async findHere(channel, userId) {
      const group = find(state(), { channel });
      return group && memberships(state(), userId).find((one) => one.group.id === group.id);
    },
    memberships: async (userId) => memberships(state(), userId),
    async hasUnreportedSuspension(userId) {
      const mine = [...state().groups.channels.values()].filter(({ boundBy }) => isTheirs(state(), boundBy, userId));
      return mine.some(({ status, isTold: showsCaveat }) => status === "suspended" && !showsCaveat);
    },
    groupSnapshot: async (need) => groupSnapshotOf(state(), need),
    async dueGroups(now, limit) {
      const due = prompts().filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) <= 0);
      return due.slice(0, limit).flatMap((prompt) => {
        const group = state().groups.groups.get(prompt.groupId);
        return group ? [{ prompt, group, version: versionOf(state(), group.id) }] : [];
      });
    },
    groupPrompts: async (groupId) => prompts().filter((prompt) => prompt.groupId === groupId),
  };
}

function groupSnapshotOf({ users, sessions, groups }: StoreState, { groupId, days, cheersOn }: SnapshotQuery): GroupSnapshot {
  const members = shownMembers(groups)
    .filter((member) => member.groupId === groupId)
    .toSorted(byUser);
  const sharing = new Set(members.filter(({ share }) => share !== "membership").map(({ userId }) => userId));
  const roster = members.map((member) => {
    const user = sharing.has(member.userId) ? users.get(member.userId) : undefined;
    return { member, rests: user && { pauses: user.pauses, isStopped: user.isStopped } };
  });
  const loggedMinutes = [...sessions.values()].filter(({ userId, day }) => sharing.has(userId) && holds(days, day));
  return {
    roster,
    loggedMinutes: loggedMinutes.map((session) => ({ userId: session.userId, day: session.day, strength: strengthMinutes(session) })),
    pastWeeks: [...groups.weeks.values()]
      .filter((week) => week.groupId === groupId)
      .toSorted((a, b) => Temporal.PlainDate.compare(a.weekStart, b.weekStart)),
    cheers: [...groups.cheers.values()].filter((cheer) => cheer.groupId === groupId && cheer.on.equals(cheersOn)).length,
  };
}

function find({ groups: { groups, channels, codes } }: StoreState, ref: GroupRef): Group | undefined {
  if ("id" in ref) return groups.get(ref.id);
  if ("code" in ref) {
    const code = [...codes.values()].find((one) => one.code === ref.code);
    return code && groups.get(code.groupId);
  }
  const channel = channels.get(channelKey(ref.channel));
  return channel && groups.get(channel.groupId);
}

function memberships({ groups: { groups, members } }: StoreState, userId: UserId): readonly Membership[] {
  return [...members.values()]
    .filter((member) => member.userId === userId)
    .toSorted((a, b) => Temporal.Instant.compare(a.joinedAt, b.joinedAt) || (a.groupId < b.groupId ? -1 : 1))
    .flatMap((member) => {
      const group = groups.get(member.groupId);
      return group ? [{ group, member }] : [];
    });
}

/** Whether `id` is the user or one of the user's detached users. */
export function isTheirs({ parts }: StoreState, id: UserId | undefined, userId: UserId): boolean {
  return id !== undefined && (id === userId || parts.get(id)?.of === userId);
}

/** The key of a channel. */
export function channelKey({ platform, address }: ChannelRef): string {
  return JSON.stringify([platform, address]);
}

function byChannel({ ref: a }: Channel, { ref: b }: Channel): number {
  if (isSameChannel(a, b)) return 0;
  return a.platform < b.platform || (a.platform === b.platform && a.address < b.address) ? -1 : 1;
}

function byUser(a: Member, b: Member): number {
  return a.userId < b.userId ? -1 : 1;
}
