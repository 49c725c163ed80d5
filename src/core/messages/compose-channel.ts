/** Decides whether a channel message is still wanted, and composes it from the group's current state. */

import { boardOf } from "#core/groups/board.ts";
import { type ChannelMessage, liveUntil, type EndReason } from "#core/model/outbox-message.ts";
import { type GroupSnapshot, type GroupRecord, isSameChannel } from "#core/model/group.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { Reply } from "#core/model/reply.ts";
import type { SendDecision } from "./compose-direct.ts";
import type { Week } from "#core/lib/time.ts";
import { sayCheckIn, sayEnded, sayRoundUp } from "#core/voice/round-up.ts";

/** What is known when something is about to be posted. */
export type ChannelContext = {
  readonly found: GroupRecord | undefined;
  readonly snapshot: GroupSnapshot | undefined;
  readonly now: Temporal.Instant;
};

/** The seven days that a post is of. */
export function weekOfMessage({ localDate }: ChannelMessage): Week {
  return { from: localDate, until: localDate.add({ days: 7 }) } as Week;
}

/** What becomes of `post` now. The first rule that speaks wins. */
export function decideChannelSend(message: ChannelMessage, { found, snapshot, now }: ChannelContext): SendDecision {
  const channel = found?.channels.find(({ ref: place }) => isSameChannel(place, message.place));
  if (!found || !snapshot || !channel) return suppressed("changed");
  if (Temporal.Instant.compare(now, message.expiresAt) >= 0)
    return message.attempts > 0
      ? { kind: "end", finalState: "parked", reason: "gave-up" }
      : { kind: "end", finalState: "expired", reason: "late" };
  if (channel.status === "suspended") return suppressed("closed");
  if (message.kind === "check-in" && !found.group.checkIn) return suppressed("off");
  const board = boardOf(found.group, snapshot, weekOfMessage(message), groupsDay(found.group, now));
  if (!board.isActive) return suppressed("quiet");
  return { kind: "say", reply: composeChannelMessage(message, { found, snapshot, now }), statedNumbers: undefined };
}

function suppressed(reason: EndReason): SendDecision {
  return { kind: "end", finalState: "suppressed", reason };
}

/** Whether it names nobody from now on: its time is over, or the channel is not the group's any more. */
export function isFinal(message: ChannelMessage, { found, now }: ChannelContext): boolean {
  const isTheirs = found?.channels.some(({ ref: channel }) => isSameChannel(channel, message.place)) === true;
  return !isTheirs || Temporal.Instant.compare(now, liveUntil(message)) >= 0;
}

/** What `post` says now. */
export function composeChannelMessage(message: ChannelMessage, context: ChannelContext): Reply {
  const { found, snapshot } = context;
  if (!found || !snapshot) return { blocks: sayEnded() };
  // Of the day for which it was: words that changed with the days would show each look, and so that somebody did something.
  const day = groupsDay(found.group, message.dueAt);
  const board = boardOf(found.group, snapshot, weekOfMessage(message), day);
  const isNamed = !isFinal(message, context);
  return { blocks: message.kind === "round-up" ? sayRoundUp(board, isNamed) : sayCheckIn(board, day, isNamed) };
}

/** Tells what was shown from what would be shown: the same for the same reply. */
export function contentHashOf(reply: Reply): string {
  const text = JSON.stringify(reply);
  const hash = (seed: number): string => {
    let state = seed;
    for (let index = 0; index < text.length; index += 1) state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
    return (state >>> 0).toString(36);
  };
  return `${hash(0x811c9dc5)} ${hash(0x9747b28c)} ${text.length}`;
}
