/** Changes of groups in the in-memory store. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import { type Channel, type ChannelRef, checkChannelRef } from "#core/model/group.ts";
import { isChannelMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import { channelKey, type GroupState, isTheirs } from "./groups.ts";
import { known } from "./outbox.ts";
import type { Appliers, StoreState } from "./state.ts";
import { raise, versionOf } from "./versions.ts";

/** Applies changes of groups. */
export const groupAppliers = {
  "group-saved"(next, { group }) {
    const { groups } = next.groups;
    groups.set(group.id, { ...group, createdAt: groups.get(group.id)?.createdAt ?? group.createdAt });
    raise(next, group.id);
    return true;
  },
  "group-unchanged": (next, { groupId, version }) => next.groups.groups.has(groupId) && versionOf(next, groupId) === version,
  "group-removed": (next, { groupId }) => removeGroup(next, groupId),
  "channel-bound"(next, { channel }) {
    const { channels } = next.groups;
    const key = channelKey(checkChannelRef(channel.ref));
    if (channels.has(key)) return false;
    if (channel.boundBy !== undefined) known(next, channel.boundBy);
    channels.set(key, { ...channel, groupId: theirs(next, channel.groupId), isTold: false });
    return true;
  },
  "channel-freed": (next, { channel }) => next.groups.channels.delete(channelKey(channel)),
  "channel-reopened": (next, { channel }) => setStatus(next, channel, ["open", "suspended"], "open"),
  "channel-suspended": (next, { channel }) => setStatus(next, channel, ["open"], "suspended"),
  "suspensions-reported"(next, { userId }) {
    const { channels } = next.groups;
    const found = [...channels].filter(([, { boundBy, status }]) => isTheirs(next, boundBy, userId) && status === "suspended");
    for (const [key, channel] of found) channels.set(key, { ...channel, isTold: true });
    return found.length > 0;
  },
  "member-joined"(next, { member }) {
    const { members } = next.groups;
    const key = `${member.groupId} ${member.userId}`;
    if (members.has(key)) return false;
    members.set(`${theirs(next, member.groupId)} ${known(next, member.userId)}`, member);
    return true;
  },
  "member-changed"(next, { member }) {
    const { members } = next.groups;
    const key = `${member.groupId} ${member.userId}`;
    const before = members.get(key);
    if (!before) return false;
    members.set(key, { ...member, joinedAt: before.joinedAt });
    raise(next, member.userId);
    return true;
  },
  "member-left": (next, { groupId, userId }) => leave(next, groupId, userId),
  cheered(next, { groupId, userId, on }) {
    const { cheers } = next.groups;
    const key = `${theirs(next, groupId)} ${known(next, userId)} ${on.toString()}`;
    if (cheers.has(key)) return false;
    cheers.set(key, { groupId, userId, on });
    return true;
  },
  "code-made": (next, { code }) => next.groups.codes.set(theirs(next, code.groupId), code).size > 0,
  "group-prompt-set": (next, { prompt }) => next.groups.prompts.set(`${theirs(next, prompt.groupId)} ${prompt.kind}`, prompt).size > 0,
  "group-prompt-moved"(next, { was, to, version }) {
    if (version !== undefined && versionOf(next, was.groupId) !== version) return false;
    return movePrompt(next.groups.prompts, was, to);
  },
  "group-prompt-dropped": (next, { groupId, prompt }) => next.groups.prompts.delete(`${groupId} ${prompt}`),
  "week-kept": (next, { week }) => next.groups.weeks.set(`${theirs(next, week.groupId)} ${week.weekStart.toString()}`, week).size > 0,
  "board-invalidated": (next, change) => invalidateBoards(next, (groupId) => groupId === change.groupId, change),
  "boards-invalidated": (next, change) =>
    invalidateBoards(next, (groupId) => next.groups.members.has(`${groupId} ${change.userId}`), change),
} satisfies Partial<Appliers>;

function setStatus(
  { groups: { channels } }: StoreState,
  channel: ChannelRef,
  from: readonly Channel["status"][],
  status: Channel["status"],
): boolean {
  const found = channels.get(channelKey(channel));
  if (!found || !from.includes(found.status)) return false;
  channels.set(channelKey(channel), { ...found, status, isTold: false });
  return true;
}

/** Hidden memberships go too: a user leaves with all linked accounts. */
function leave(next: StoreState, groupId: GroupId, userId: UserId): boolean {
  const { members, origins } = next.groups;
  const gone = [...members].filter(([, member]) => member.groupId === groupId && isTheirs(next, member.userId, userId));
  for (const [key] of gone) {
    members.delete(key);
    origins.delete(key);
  }
  return gone.length > 0;
}

function theirs({ groups: { groups } }: StoreState, groupId: GroupId): GroupId {
  if (groups.has(groupId)) return groupId;
  throw new Error(`Commit a change of group "${groupId}": the store knows none of that id. Save the group first`);
}

function removeGroup(next: StoreState, groupId: GroupId): boolean {
  const { groups, codes, channels, members, cheers, prompts, weeks } = next.groups;
  for (const map of [channels, members, cheers, prompts, weeks] as const) dropRows<{ readonly groupId: GroupId }>(map, groupId);
  codes.delete(groupId);
  next.versions.delete(groupId);
  return groups.delete(groupId);
}

function dropRows<Of extends { readonly groupId: GroupId }>(rows: Map<string, Of>, groupId: GroupId): void {
  for (const [key, row] of rows) if (row.groupId === groupId) rows.delete(key);
}

function movePrompt(prompts: GroupState["prompts"], was: GroupPrompt, to: GroupPrompt): boolean {
  const key = `${was.groupId} ${was.kind}`;
  const found = prompts.get(key);
  if (!found?.dueAt.equals(was.dueAt) || !found.weekStart.equals(was.weekStart)) return false;
  prompts.set(key, to);
  return true;
}

/** A week contains a day when it begins less than seven days before it. */
function invalidateBoards(
  { outbox: { deliveries } }: StoreState,
  isTheirs: (groupId: GroupId) => boolean,
  { from, at, isUnknown }: { readonly from: Temporal.PlainDate; readonly at: Temporal.Instant; readonly isUnknown?: true },
): boolean {
  const after = from.subtract({ days: 7 });
  let isFound = false;
  for (const message of deliveries.values()) {
    if (
      !isChannelMessage(message) ||
      !message.liveMessage ||
      !isTheirs(message.groupId) ||
      Temporal.PlainDate.compare(message.localDate, after) <= 0
    )
      continue;
    const liveMessage = isUnknown ? { ...message.liveMessage, contentHash: "" } : message.liveMessage;
    deliveries.set(message.key, { ...message, liveMessage, fence: message.fence + 1, nextAt: at });
    isFound = true;
  }
  return isFound;
}
