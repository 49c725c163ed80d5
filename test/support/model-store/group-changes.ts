/** Changes of groups in the in-memory store. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import type { GroupChange } from "#core/model/changes/groups.ts";
import { checkChannelRef } from "#core/model/group.ts";
import { isChannelMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import { channelKey, type GroupState, isTheirs } from "./groups.ts";
import { known } from "./outbox.ts";
import type { StoreState } from "./state.ts";
import { raise, versionOf } from "./versions.ts";

/** Applies `change` to `next`. Returns whether it touched anything. Throws when the user or group is unknown. */
export function applyGroupChange(next: StoreState, change: GroupChange): boolean {
  const { groups, members, codes, prompts, weeks } = next.groups;
  switch (change.kind) {
    case "group-saved":
      groups.set(change.group.id, { ...change.group, createdAt: groups.get(change.group.id)?.createdAt ?? change.group.createdAt });
      raise(next, change.group.id);
      return true;
    case "group-unchanged":
      return groups.has(change.groupId) && versionOf(next, change.groupId) === change.version;
    case "group-removed":
      return removeGroup(next, change.groupId);
    case "channel-bound":
    case "channel-freed":
    case "channel-reopened":
    case "channel-suspended":
    case "suspensions-reported":
      return applyChannelChange(next, change);
    case "member-joined":
    case "member-changed":
    case "cheered":
      return applyMemberChange(next, change);
    case "member-left":
      return leave(next, change.groupId, change.userId);
    case "code-made":
      codes.set(theirs(next, change.code.groupId), change.code);
      return true;
    case "group-prompt-set":
      prompts.set(`${theirs(next, change.prompt.groupId)} ${change.prompt.kind}`, change.prompt);
      return true;
    case "group-prompt-moved":
      return isOfVersion(next, change) && movePrompt(prompts, change.was, change.to);
    case "group-prompt-dropped":
      return prompts.delete(`${change.groupId} ${change.prompt}`);
    case "week-kept":
      weeks.set(`${theirs(next, change.week.groupId)} ${change.week.weekStart.toString()}`, change.week);
      return true;
    case "board-invalidated":
      return invalidateBoards(next, (groupId) => groupId === change.groupId, change);
    case "boards-invalidated":
      return invalidateBoards(next, (groupId) => members.has(`${groupId} ${change.userId}`), change);
  }
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

function applyChannelChange(
  next: StoreState,
  change: Extract<GroupChange, { readonly kind: `channel-${string}` | "suspensions-reported" }>,
): boolean {
  const { channels } = next.groups;
  if (change.kind === "suspensions-reported") {
    const found = [...channels].filter(([, { boundBy, status }]) => isTheirs(next, boundBy, change.userId) && status === "suspended");
    for (const [key, channel] of found) channels.set(key, { ...channel, isTold: true });
    return found.length > 0;
  }
  if (change.kind === "channel-bound") {
    const { groupId, boundBy } = change.channel;
    const channel = checkChannelRef(change.channel.ref);
    if (channels.has(channelKey(channel))) return false;
    if (boundBy !== undefined) known(next, boundBy);
    channels.set(channelKey(channel), { ...change.channel, groupId: theirs(next, groupId), isTold: false });
    return true;
  }
  const key = channelKey(change.channel);
  const found = channels.get(key);
  if (change.kind === "channel-freed") return channels.delete(key);
  if (!found || (change.kind === "channel-suspended" && found.status !== "open")) return false;
  channels.set(key, { ...found, status: change.kind === "channel-reopened" ? "open" : "suspended", isTold: false });
  return true;
}

function applyMemberChange(
  next: StoreState,
  change: Extract<GroupChange, { readonly kind: "member-joined" | "member-changed" | "cheered" }>,
): boolean {
  const { members, cheers } = next.groups;
  if (change.kind === "cheered") {
    const { groupId, userId, on } = change;
    const key = `${theirs(next, groupId)} ${known(next, userId)} ${on.toString()}`;
    if (cheers.has(key)) return false;
    cheers.set(key, { groupId, userId, on });
    return true;
  }
  const { groupId, userId } = change.member;
  const key = `${groupId} ${userId}`;
  const before = members.get(key);
  if (change.kind === "member-joined") {
    if (before) return false;
    members.set(`${theirs(next, groupId)} ${known(next, userId)}`, change.member);
  } else if (before) {
    members.set(key, { ...change.member, joinedAt: before.joinedAt });
    raise(next, userId);
  }
  return change.kind === "member-joined" || before !== undefined;
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

function isOfVersion(next: StoreState, { was, version }: Extract<GroupChange, { readonly kind: "group-prompt-moved" }>): boolean {
  return version === undefined || versionOf(next, was.groupId) === version;
}
