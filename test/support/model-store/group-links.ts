/** Memberships in the in-memory store when accounts are linked, unlinked or forgotten. */

import type { UserRecords } from "#core/model/user-data.ts";
import type { UserId } from "#core/lib/ids.ts";
import { type Member, type Share, shares } from "#core/model/group.ts";
import type { StoreState } from "./state.ts";

/** A user's memberships, cheers and bound channels. */
export function groupRecordsOf({ groups: all }: StoreState, userId: UserId): Pick<UserRecords, "memberships" | "cheers" | "channels"> {
  const { members, groups, origins, cheers, channels } = all;
  const theirs = [...members].filter(([, member]) => member.userId === userId).toSorted(([, a], [, b]) => byJoining(a, b));
  const memberships = theirs.flatMap(([key, member]) => {
    const group = groups.get(member.groupId);
    return group ? [{ group, member, originalOwnerId: origins.get(key) }] : [];
  });
  const cheered = [...cheers.values()].filter((cheer) => cheer.userId === userId);
  const bound = [...channels.values()].filter(({ boundBy }) => boundBy === userId);
  return {
    memberships,
    cheers: cheered
      .map(({ groupId, on }) => ({ groupId, on }))
      .toSorted((a, b) => Temporal.PlainDate.compare(a.on, b.on) || order(a.groupId, b.groupId)),
    channels: bound
      .map(({ ref, groupId, status, boundBy }) => ({ ref, groupId, status, boundBy }))
      .toSorted((a, b) => order(a.ref.platform, b.ref.platform) || order(a.ref.address, b.ref.address)),
  };
}

function byJoining(a: Member, b: Member): number {
  return Temporal.Instant.compare(a.joinedAt, b.joinedAt) || order(a.groupId, b.groupId);
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function smaller(one: Share, other: Share | undefined): Share {
  return shares.find((share) => share === one || share === other) ?? one;
}

/** A user is in a group once. Where both are members, the membership of `from` is hidden and the smaller share applies. The others move. */
export function linkMemberships({ groups: { members, origins } }: StoreState, from: UserId, to: UserId): void {
  for (const [key, member] of [...members].filter(([, one]) => one.userId === from)) {
    const owner = origins.get(key) ?? from;
    const both = members.get(`${member.groupId} ${to}`);
    if (both) members.set(`${member.groupId} ${to}`, { ...both, share: smaller(both.share, member.share) });
    const userId = both ? owner : to;
    members.delete(key);
    origins.delete(key);
    members.set(`${member.groupId} ${userId}`, { ...member, userId });
    origins.set(`${member.groupId} ${userId}`, owner);
  }
}

/** A hidden membership is restored with at most the share of the other user's membership. A moved one is restored as it is. */
export function unlinkMemberships({ groups: { members, origins } }: StoreState, from: UserId, owner: UserId): void {
  const coming = [...members].filter(([key, one]) => origins.get(key) === owner && [from, owner].includes(one.userId));
  for (const [key, member] of coming) {
    const other = member.userId === owner ? members.get(`${member.groupId} ${from}`)?.share : undefined;
    members.delete(key);
    origins.delete(key);
    members.set(`${member.groupId} ${owner}`, { ...member, userId: owner, share: smaller(member.share, other) });
  }
}

/** Deletes the user's memberships and cheers. Channels that they bound stay with the group, without naming them. */
export function forgetInGroups({ groups: { members, origins, cheers, channels } }: StoreState, userId: UserId): void {
  for (const [key, member] of members) {
    if (member.userId !== userId) continue;
    members.delete(key);
    origins.delete(key);
  }
  for (const [key, cheer] of cheers) if (cheer.userId === userId) cheers.delete(key);
  for (const [key, channel] of channels) if (channel.boundBy === userId) channels.set(key, { ...channel, boundBy: undefined });
}
