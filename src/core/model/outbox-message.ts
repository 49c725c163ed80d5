/** Messages that nobody asked for: each is an outbox row first and a message second, and has exactly one final state. */

import { type DeliveryKey, deliveryKeyOf, type GroupId, type UserId } from "#core/lib/ids.ts";
import { dayAt, dayEnd } from "#core/lib/time.ts";
import type { Channel, Group, ChannelRef } from "./group.ts";
import type { GroupPrompt, GroupPromptKind, Prompt, PromptKind } from "./prompt.ts";
import type { Block } from "./reply.ts";
import type { AccountKey, User } from "./user.ts";

/**
 * How a delivery can end.
 *
 * Its time passed; it was not wanted or not true any more; the platform would not take it; or it went out and nobody can tell whether it
 * arrived.
 */
export type FinalState = "sent" | "expired" | "suppressed" | "parked" | "unknown";

/** Waiting; on its way, so that it may have arrived; or at its end. */
export type DeliveryState = "queued" | "sending" | FinalState;

/** All of them. */
export const deliveryStates: readonly DeliveryState[] = ["queued", "sending", "sent", "expired", "suppressed", "parked", "unknown"];

/**
 * Why something ended without being sent for sure.
 *
 * Messages do not reach the person (closed); the platform takes no such message (refused); it was tried for as long as it was of use (gave-up); the
 * process ended, or the line broke, while it was on its way (in-doubt); nobody of the group logged for three weeks (quiet).
 */
export type EndReason = (typeof endReasons)[number];

/** All of them. */
export const endReasons = [
  "late",
  "stopped",
  "paused",
  "off",
  "one-a-day",
  "changed",
  "closed",
  "refused",
  "gave-up",
  "in-doubt",
  "quiet",
] as const;

/**
 * What is said because of what somebody did, and not because of a prompt: their data that they asked for; that another account was linked with
 * this one, or parted from it; an answer that could not be shown while they waited for it.
 */
export type NoticeKind = (typeof noticeKinds)[number];

/** All of them. */
export const noticeKinds = ["export", "linked", "parted", "answer"] as const;

/** What a delivery can be. */
export type DirectMessageKind = PromptKind | NoticeKind;

/** The numbers that weekly feedback said, so that a later change of that week can be told. */
export type StatedNumbers = { readonly strength: number; readonly aerobic: number };

/** What is true of anything that is to be said unasked. */
type OutboxFields = {
  readonly key: DeliveryKey;
  /** The first day of the week that is spoken of, or the day that is. */
  readonly localDate: Temporal.PlainDate;
  readonly dueAt: Temporal.Instant;
  /** From then on it is of no use. */
  readonly expiresAt: Temporal.Instant;
  readonly state: DeliveryState;
  /** When it is processed next; undefined in a final state. */
  readonly nextAt: Temporal.Instant | undefined;
  /** Rises with each claim: who holds an older one has lost it. */
  readonly fence: number;
  /** How often the platform would not take it. */
  readonly attempts: number;
  readonly triedAt: Temporal.Instant | undefined;
  /** The local day, of the person or the group, on which it went out, or may have. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly statedNumbers: StatedNumbers | undefined;
  readonly reason: EndReason | undefined;
  readonly endedAt: Temporal.Instant | undefined;
};

/** One thing to be said unasked to one person. */
export type DirectMessage = OutboxFields & {
  readonly userId: UserId;
  readonly kind: DirectMessageKind;
  /** The account that it is for; undefined where any of theirs will do. */
  readonly target: AccountKey | undefined;
  /** Of an answer: its blocks, until it has ended. Everything else is composed when it is sent. */
  readonly blocks?: readonly Block[] | undefined;
};

/** One thing to be said unasked in a channel of a group. */
export type ChannelMessage = OutboxFields & {
  readonly groupId: GroupId;
  readonly kind: GroupPromptKind;
  readonly place: ChannelRef;
  /** The live message that is kept up to date; undefined before it was sent, and once it is final. */
  readonly liveMessage: LiveMessage | undefined;
};

/** A message in a channel that is kept up to date: the platform's id of it, and a hash of its content. */
export type LiveMessage = { readonly messageId: string; readonly contentHash: string };

/** Anything that is in the outbox. */
export type OutboxMessage = DirectMessage | ChannelMessage;

/** How long feedback on a week is of use. */
const weeklyUse = { hours: 48 };

/** How long a round-up is of use. */
const roundUpUse = { hours: 24 };

/** For how long a live message is kept up to date, from when it was due: then it names nobody any more. */
const liveFor = { weeks: 4 };

/** What `prompt` comes to: a delivery of its day, or of the week that starts on `on`. */
export function createDirectMessage(prompt: Prompt, user: Pick<User, "id" | "timeZone">, localDate: Temporal.PlainDate): DirectMessage {
  const { kind, dueAt } = prompt;
  return {
    key: deliveryKeyOf(kind, user.id, localDate.toString()),
    userId: user.id,
    kind,
    localDate,
    dueAt,
    expiresAt: kind === "weekly" ? dueAt.add(weeklyUse) : dayEnd(localDate, user.timeZone),
    nextAt: dueAt,
    ...unclaimed,
    target: undefined,
  };
}

/** Nobody has claimed it yet. */
export const unclaimed = {
  state: "queued",
  fence: 0,
  attempts: 0,
  triedAt: undefined,
  sentOn: undefined,
  statedNumbers: undefined,
  reason: undefined,
  endedAt: undefined,
} as const;

/** What a group's `prompt` comes to in one of its channels. */
export function createChannelMessage(
  { kind, dueAt, weekStart: localDate }: GroupPrompt,
  { id, timeZone }: Group,
  { ref: channel }: Channel,
): ChannelMessage {
  return {
    key: deliveryKeyOf(kind, id, localDate.toString(), channel.platform, channel.address),
    groupId: id,
    kind,
    place: channel,
    localDate,
    dueAt,
    expiresAt: kind === "round-up" ? dueAt.add(roundUpUse) : dayEnd(dayAt(dueAt, timeZone), timeZone),
    nextAt: dueAt,
    ...unclaimed,
    liveMessage: undefined,
  };
}

/** After so long on a platform that runs nowhere, a delivery goes out on another one of its person's. */
export const overdueAfter = { hours: 1 } as const;

/** Longer than anything in the outbox is of use. */
const longestUse = { hours: 72 };

/** Whatever was due before then, and was claimed by nobody, is of no use. */
export function abandonedBefore(now: Temporal.Instant): Temporal.Instant {
  return now.subtract(longestUse);
}

/** How long a notice is of use. */
const noticeUse = { hours: 48 };

/** What is said to `user` as soon as it can be; `id` tells it from others of its kind. */
export function createNotice(
  kind: NoticeKind,
  user: Pick<User, "id" | "timeZone">,
  { id, now, to }: { readonly id: string; readonly now: Temporal.Instant; readonly to?: AccountKey },
): DirectMessage {
  return {
    key: deliveryKeyOf(kind, user.id, id),
    userId: user.id,
    kind,
    localDate: dayAt(now, user.timeZone),
    dueAt: now,
    expiresAt: now.add(noticeUse),
    nextAt: now,
    ...unclaimed,
    target: to,
  };
}

/** Whether a delivery is one of what was done, and not of a prompt. */
export function isNotice<Said extends { readonly kind: DirectMessageKind }>(said: Said): said is Said & { readonly kind: NoticeKind } {
  return noticeKinds.some((kind) => kind === said.kind);
}

/** Until when a channel message is kept up to date. */
export function liveUntil({ dueAt }: ChannelMessage): Temporal.Instant {
  return dueAt.toZonedDateTimeISO("UTC").add(liveFor).toInstant();
}

/** Whether it goes to a channel. */
export function isChannelMessage(message: OutboxMessage): message is ChannelMessage {
  return "groupId" in message;
}

/** `delivery`, ended before it was claimed by anybody. */
export function endUnsent<One extends OutboxMessage>(
  delivery: One,
  end: "expired" | "suppressed",
  reason: EndReason,
  at: Temporal.Instant,
): One {
  return { ...delivery, state: end, reason, nextAt: undefined, endedAt: at };
}
