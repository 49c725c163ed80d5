/** Decides whether a channel message is still wanted, and composes it from the group's current state. */

import { boardOf } from "#core/groups/board.ts";
import { type ChannelMessage, liveUntil } from "#core/model/outbox-message.ts";
import { type GroupSnapshot, type GroupRecord, isSameChannel } from "#core/model/group.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Week } from "#core/lib/time.ts";
import { sayCheckIn, sayEnded, sayRoundUp } from "#core/voice/round-up.ts";
import { end, isExpired, lateReason, say, type SendDecision } from "./send-decision.ts";

/** The data for deciding on a channel message. */
export type ChannelContext = {
  readonly found: GroupRecord | undefined;
  readonly snapshot: GroupSnapshot | undefined;
  readonly now: Temporal.Instant;
};

/** The seven days that a channel message covers. */
export function weekOfMessage({ localDate }: ChannelMessage): Week {
  return { from: localDate, until: localDate.add({ days: 7 }) } as Week;
}

/** Decides what to do with `message` now. The first matching rule wins. */
export function decideChannelSend(message: ChannelMessage, { found, snapshot, now }: ChannelContext): SendDecision {
  const channel = found?.channels.find(({ ref: place }) => isSameChannel(place, message.place));
  if (!found || !snapshot || !channel) return end("changed");
  if (isExpired(message, now)) return end(lateReason(message));
  if (channel.status === "suspended") return end("closed");
  if (message.kind === "check-in" && !found.group.checkIn) return end("off");
  const board = boardOf(found.group, snapshot, weekOfMessage(message), groupsDay(found.group, now));
  return board.isActive ? say(composeChannelMessage(message, { found, snapshot, now }).blocks) : end("quiet");
}

/** Whether `message` no longer names anybody: its live time is over, or the channel left the group. */
export function isFinal(message: ChannelMessage, { found, now }: ChannelContext): boolean {
  const isTheirs = found?.channels.some(({ ref: channel }) => isSameChannel(channel, message.place)) === true;
  return !isTheirs || Temporal.Instant.compare(now, liveUntil(message)) >= 0;
}

/** The current content of `message`. */
export function composeChannelMessage(message: ChannelMessage, context: ChannelContext): Reply {
  const { found, snapshot } = context;
  if (!found || !snapshot) return { blocks: sayEnded() };
  // The day is that of the due time: text that changed daily would reveal each re-check, and thus that a member did something.
  const day = groupsDay(found.group, message.dueAt);
  const board = boardOf(found.group, snapshot, weekOfMessage(message), day);
  const isNamed = !isFinal(message, context);
  return { blocks: message.kind === "round-up" ? sayRoundUp(board, isNamed) : sayCheckIn(board, day, isNamed) };
}

/** A hash of the content: equal replies give equal hashes. Used to detect a changed live message. */
export function contentHashOf(reply: Reply): string {
  const text = JSON.stringify(reply);
  const hash = (seed: number): string => {
    let state = seed;
    for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    return (state >>> 0).toString(36);
  };
  return `${hash(0x811c9dc5)} ${hash(0x9747b28c)} ${text.length}`;
}
