/** Outbox messages: each is stored before it is sent, and ends in exactly one final state. */

import { type DeliveryKey, deliveryKeyOf, type GroupId, type UserId } from "#core/lib/ids.ts";
import { dayAt, dayEnd } from "#core/lib/time.ts";
import type { Channel, Group, ChannelRef } from "./group.ts";
import type { GroupPrompt, GroupPromptKind, Prompt, PromptKind } from "./prompt.ts";
import type { Block } from "./reply.ts";
import type { AccountKey, User } from "./user.ts";

/**
 * How a delivery can end.
 *
 * `expired`: its time passed. `suppressed`: it was unwanted or outdated. `parked`: the platform rejected it. `unknown`: it was sent and may
 * or may not have arrived.
 */
export type FinalState = "sent" | "expired" | "suppressed" | "parked" | "unknown";

/** `queued`: waiting. `sending`: attempted, so it may have arrived. Or final. */
export type DeliveryState = "queued" | "sending" | FinalState;

/** All states. */
export const deliveryStates: readonly DeliveryState[] = ["queued", "sending", "sent", "expired", "suppressed", "parked", "unknown"];

/**
 * Why a message ended without a confirmed delivery.
 *
 * `closed`: messages do not reach the user. `refused`: the platform rejects such a message. `gave-up`: attempts failed until it expired.
 * `in-doubt`: the process ended or the connection broke while it was sent. `quiet`: no group member logged for three weeks.
 */
export type EndReason = (typeof endReasons)[number];

/** All reasons. */
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

/** The final state of a message that ended for `reason`; without one it was sent. */
export function finalStateOf(reason: EndReason | undefined): FinalState {
  if (reason === undefined) return "sent";
  return finalStates[reason] ?? "suppressed";
}

const finalStates: Partial<Record<EndReason, FinalState>> = {
  late: "expired",
  refused: "parked",
  "gave-up": "parked",
  "in-doubt": "unknown",
};

/**
 * A message that follows from an action, not from a prompt: the user's exported data; word that another account was linked or unlinked; a
 * late answer.
 */
export type NoticeKind = (typeof noticeKinds)[number];

/** All kinds of notice. */
export const noticeKinds = ["export", "linked", "parted", "answer"] as const;

/** The kinds of direct message. */
export type DirectMessageKind = PromptKind | NoticeKind;

/** The minutes that weekly feedback stated, kept to report a later change of that week. */
export type StatedNumbers = { readonly strength: number; readonly aerobic: number };

/** The fields of every outbox message. */
type OutboxFields = {
  readonly key: DeliveryKey;
  /** The day that the message is about, or the first day of its week. */
  readonly localDate: Temporal.PlainDate;
  readonly dueAt: Temporal.Instant;
  /** The message is not sent from then on. */
  readonly expiresAt: Temporal.Instant;
  readonly state: DeliveryState;
  /** When it is processed next; undefined in a final state. */
  readonly nextAt: Temporal.Instant | undefined;
  /** Rises with each claim. A holder of an older fence has lost the claim. */
  readonly fence: number;
  /** Failed attempts. */
  readonly attempts: number;
  readonly triedAt: Temporal.Instant | undefined;
  /** The local day of the user or group on which it was sent, or may have been. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly statedNumbers: StatedNumbers | undefined;
  readonly reason: EndReason | undefined;
  readonly endedAt: Temporal.Instant | undefined;
};

/** A direct message to one user. */
export type DirectMessage = OutboxFields & {
  readonly userId: UserId;
  readonly kind: DirectMessageKind;
  /** The target account; undefined for any account of the user. */
  readonly target: AccountKey | undefined;
  /** The blocks of a late answer, until it has ended. All other messages are composed when sent. */
  readonly blocks?: readonly Block[] | undefined;
};

/** A message to a channel of a group. */
export type ChannelMessage = OutboxFields & {
  readonly groupId: GroupId;
  readonly kind: GroupPromptKind;
  readonly place: ChannelRef;
  /** Undefined before the message was sent, and once it is no longer edited. */
  readonly liveMessage: LiveMessage | undefined;
};

/** A channel message that is edited when its content changes: its id on the platform, and a hash of its content. */
export type LiveMessage = { readonly messageId: string; readonly contentHash: string };

/** Any message of the outbox. */
export type OutboxMessage = DirectMessage | ChannelMessage;

/** Weekly feedback expires after this time. */
const weeklyUse = { hours: 48 };

/** A round-up expires after this time. */
const roundUpUse = { hours: 24 };

/** How long after its due time a live message is edited. The last edit removes all names. */
const liveFor = { weeks: 4 };

/** Creates the message of `prompt` about the day `localDate`, or about the week that starts on it. */
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

/** The state of a message that was never claimed. */
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

/** Creates the message of a group's prompt for one of its channels. */
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

/** After this delay a message for a platform that does not run is sent on another platform of the user. */
export const overdueAfter = { hours: 1 } as const;

/** Longer than the lifetime of any outbox message. */
const longestUse = { hours: 72 };

/** Unclaimed messages that were due before this instant are expired. */
export function abandonedBefore(now: Temporal.Instant): Temporal.Instant {
  return now.subtract(longestUse);
}

/** A notice expires after this time. */
const noticeUse = { hours: 48 };

/** Creates a notice that is due now. `id` distinguishes it from others of its kind. */
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

/** Whether a message is a notice, and not from a prompt. */
export function isNotice<Said extends { readonly kind: DirectMessageKind }>(said: Said): said is Said & { readonly kind: NoticeKind } {
  return noticeKinds.some((kind) => kind === said.kind);
}

/** Until when a channel message is edited. */
export function liveUntil({ dueAt }: ChannelMessage): Temporal.Instant {
  return dueAt.toZonedDateTimeISO("UTC").add(liveFor).toInstant();
}

/** Tells channel messages from direct messages. */
export function isChannelMessage(message: OutboxMessage): message is ChannelMessage {
  return "groupId" in message;
}

/** `delivery`, ended before any claim. */
export function endUnsent<One extends OutboxMessage>(delivery: One, reason: EndReason, at: Temporal.Instant): One {
  return { ...delivery, state: finalStateOf(reason), reason, nextAt: undefined, endedAt: at };
}
