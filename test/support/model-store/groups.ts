/** Groups of the store that forgets. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import { holds } from "#core/lib/time.ts";
import type { CrewNeed } from "#core/model/context.ts";
import {
  type Channel,
  type Code,
  type Crew,
  type Group,
  type GroupRef,
  isSamePlace,
  type KeptWeek,
  type Member,
  type Membership,
  type Place,
} from "#core/model/group.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import { strengthMinutes } from "#core/model/session.ts";
import type { Store } from "#src/ports/store.ts";
import type { Kept } from "./state.ts";
import { versionOf } from "./versions.ts";

/** A channel, and whether who bound it was told that it is suspended. */
type KeptChannel = Channel & { readonly isTold: boolean };

/** What is kept of them. What has two names is found by both, joined by a space that no id holds. */
export type KeptGroups = {
  readonly groups: Map<GroupId, Group>;
  readonly channels: Map<string, KeptChannel>;
  readonly members: Map<string, Member>;
  /** Whose a membership is again when linked accounts part; its own owner's where it is held back. */
  readonly origins: Map<string, UserId>;
  readonly codes: Map<GroupId, Code>;
  readonly cheers: Map<string, { readonly groupId: GroupId; readonly userId: UserId; readonly on: Temporal.PlainDate }>;
  readonly prompts: Map<string, GroupPrompt>;
  readonly weeks: Map<string, KeptWeek>;
};

/** Nothing yet, or a copy of what there is. */
export function copyOfGroups(from?: KeptGroups): KeptGroups {
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

/** Who is in a group, without what is held back: nobody is in one twice. */
export function shownMembers({ members, origins }: KeptGroups): readonly Member[] {
  return [...members].flatMap(([key, member]) => (origins.get(key) === member.userId ? [] : [member]));
}

/** Whether they bound a channel. */
export function isBinderOf(kept: Kept, userId: UserId): boolean {
  return [...kept.groups.channels.values()].some(({ boundBy }) => isTheirs(kept, boundBy, userId));
}

/** Whether somebody is in a group. */
export function isMemberOf({ groups: { members } }: Kept, userId: UserId): boolean {
  return [...members.values()].some((member) => member.userId === userId);
}

type GroupStore = Pick<Store, "findGroup" | "findHere" | "memberships" | "isCutOff" | "crew" | "dueGroups" | "groupPrompts">;

/** The part of the store that reads them. */
export function groupStoreOf(kept: () => Kept): GroupStore {
  const prompts = (): readonly GroupPrompt[] =>
    [...kept().groups.prompts.values()].toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
  return {
    async findGroup(ref) {
      const { groups, channels, codes } = kept().groups;
      const group = find(kept(), ref);
      if (!group) return undefined;
      const theirs = [...channels.values()].filter(({ groupId }) => groupId === group.id).toSorted(byPlace);
      return {
        group: groups.get(group.id) ?? group,
        version: versionOf(kept(), group.id),
        channels: theirs.map(({ place, groupId, status, boundBy }) => ({ place, groupId, status, boundBy })),
        code: codes.get(group.id),
        size: shownMembers(kept().groups).filter(({ groupId }) => groupId === group.id).length,
      };
    },
    async findHere(place, userId) {
      const group = find(kept(), { place });
      return group && memberships(kept(), userId).find((one) => one.group.id === group.id);
    },
    memberships: async (userId) => memberships(kept(), userId),
    async isCutOff(userId) {
      const mine = [...kept().groups.channels.values()].filter(({ boundBy }) => isTheirs(kept(), boundBy, userId));
      return mine.some(({ status, isTold }) => status === "suspended" && !isTold);
    },
    crew: async (need) => crewOf(kept(), need),
    async dueGroups(now, limit) {
      const due = prompts().filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) <= 0);
      return due.slice(0, limit).flatMap((prompt) => {
        const group = kept().groups.groups.get(prompt.groupId);
        return group ? [{ prompt, group, version: versionOf(kept(), group.id) }] : [];
      });
    },
    groupPrompts: async (groupId) => prompts().filter((prompt) => prompt.groupId === groupId),
  };
}

function crewOf({ users, sessions, groups }: Kept, { groupId, days, cheersOn }: CrewNeed): Crew {
  const members = shownMembers(groups)
    .filter((member) => member.groupId === groupId)
    .toSorted(byUser);
  const sharing = new Set(members.filter(({ share }) => share !== "membership").map(({ userId }) => userId));
  const seats = members.map((member) => {
    const user = sharing.has(member.userId) ? users.get(member.userId) : undefined;
    return { member, rests: user && { pauses: user.pauses, isStopped: user.isStopped } };
  });
  const bouts = [...sessions.values()].filter(({ userId, day }) => sharing.has(userId) && holds(days, day));
  return {
    seats,
    bouts: bouts.map((session) => ({ userId: session.userId, day: session.day, strength: strengthMinutes(session) })),
    kept: [...groups.weeks.values()].filter((week) => week.groupId === groupId).toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on)),
    cheers: [...groups.cheers.values()].filter((cheer) => cheer.groupId === groupId && cheer.on.equals(cheersOn)).length,
  };
}

function find({ groups: { groups, channels, codes } }: Kept, ref: GroupRef): Group | undefined {
  if ("id" in ref) return groups.get(ref.id);
  if ("code" in ref) {
    const code = [...codes.values()].find((one) => one.code === ref.code);
    return code && groups.get(code.groupId);
  }
  const channel = channels.get(placeKey(ref.place));
  return channel && groups.get(channel.groupId);
}

function memberships({ groups: { groups, members } }: Kept, userId: UserId): readonly Membership[] {
  return [...members.values()]
    .filter((member) => member.userId === userId)
    .toSorted((a, b) => Temporal.Instant.compare(a.joinedAt, b.joinedAt) || (a.groupId < b.groupId ? -1 : 1))
    .flatMap((member) => {
      const group = groups.get(member.groupId);
      return group ? [{ group, member }] : [];
    });
}

/** Whether that is them, or who they were before their accounts were linked. */
export function isTheirs({ parts }: Kept, id: UserId | undefined, userId: UserId): boolean {
  return id !== undefined && (id === userId || parts.get(id)?.of === userId);
}

/** By what a channel is found. */
export function placeKey({ platform, address }: Place): string {
  return JSON.stringify([platform, address]);
}

function byPlace({ place: a }: Channel, { place: b }: Channel): number {
  if (isSamePlace(a, b)) return 0;
  return a.platform < b.platform || (a.platform === b.platform && a.address < b.address) ? -1 : 1;
}

function byUser(a: Member, b: Member): number {
  return a.userId < b.userId ? -1 : 1;
}
