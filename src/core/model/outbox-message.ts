/** What is said unasked: each thing is a row first and a message second, and comes to exactly one end. */

import { type DeliveryKey, deliveryKeyOf, type GroupId, type UserId } from "#core/lib/ids.ts";
import { dayAt, dayEnd } from "#core/lib/time.ts";
import type { Channel, Group, Place } from "./group.ts";
import type { GroupPrompt, GroupPromptKind, Prompt, PromptKind } from "./prompt.ts";
import type { Block } from "./reply.ts";
import type { AccountKey, User } from "./user.ts";

/**
 * How a delivery can end.
 *
 * Its time passed; it was not wanted or not true any more; the platform would not take it; or it went out and nobody can tell whether it
 * arrived.
 */
export type DeliveryEnd = "sent" | "expired" | "suppressed" | "parked" | "unknown";

/** Waiting; on its way, so that it may have arrived; or at its end. */
export type DeliveryState = "queued" | "sending" | DeliveryEnd;

/** All of them. */
export const deliveryStates: readonly DeliveryState[] = ["queued", "sending", "sent", "expired", "suppressed", "parked", "unknown"];

/**
 * Why something ended without being sent for sure.
 *
 * Messages do not reach the person (closed); the platform takes no such message (refused); it was tried for as long as it was of use (gave-up); the
 * process ended, or the line broke, while it was on its way (in-doubt); nobody of the group logged for three weeks (quiet).
 */
export type Why = (typeof whys)[number];

/** All of them. */
export const whys = [
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
export type DeliveryKind = PromptKind | NoticeKind;

/** The numbers that weekly feedback said, so that a later change of that week can be told. */
export type Told = { readonly strength: number; readonly aerobic: number };

/** What is true of anything that is to be said unasked. */
type Sending = {
  readonly key: DeliveryKey;
  /** The first day of the week that is spoken of, or the day that is. */
  readonly on: Temporal.PlainDate;
  readonly dueAt: Temporal.Instant;
  /** From then on it is of no use. */
  readonly expiresAt: Temporal.Instant;
  readonly state: DeliveryState;
  /** When it is looked at next; undefined once it has ended. */
  readonly nextAt: Temporal.Instant | undefined;
  /** Rises with each claim: who holds an older one has lost it. */
  readonly fence: number;
  /** How often the platform would not take it. */
  readonly attempts: number;
  readonly triedAt: Temporal.Instant | undefined;
  /** The local day, of the person or the group, on which it went out, or may have. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly told: Told | undefined;
  readonly why: Why | undefined;
  readonly endedAt: Temporal.Instant | undefined;
};

/** One thing to be said unasked to one person. */
export type Delivery = Sending & {
  readonly userId: UserId;
  readonly kind: DeliveryKind;
  /** The account that it is for; undefined where any of theirs will do. */
  readonly to: AccountKey | undefined;
  /** Of an answer: its blocks, until it has ended. Everything else is composed when it is sent. */
  readonly says?: readonly Block[] | undefined;
};

/** One thing to be said unasked in a channel of a group. */
export type Post = Sending & {
  readonly groupId: GroupId;
  readonly kind: GroupPromptKind;
  readonly place: Place;
  /** What stands in the channel and is kept true; undefined before it was sent, and once it is left as it is. */
  readonly standing: Standing | undefined;
};

/** A message that stands: the platform's id of it, and a digest of what it shows. */
export type Standing = { readonly message: string; readonly shown: string };

/** Anything that is in the outbox. */
export type Parcel = Delivery | Post;

/** How long feedback on a week is of use. */
const weeklyUse = { hours: 48 };

/** How long a round-up is of use. */
const roundUpUse = { hours: 24 };

/** For how long what stands is kept true, from when it was due: then it names nobody any more. */
const standingFor = { weeks: 4 };

/** What `prompt` comes to: a delivery of its day, or of the week that starts on `on`. */
export function queue(prompt: Prompt, user: Pick<User, "id" | "timeZone">, on: Temporal.PlainDate): Delivery {
  const { kind, dueAt } = prompt;
  return {
    key: deliveryKeyOf(kind, user.id, on.toString()),
    userId: user.id,
    kind,
    on,
    dueAt,
    expiresAt: kind === "weekly" ? dueAt.add(weeklyUse) : dayEnd(on, user.timeZone),
    nextAt: dueAt,
    ...fresh,
    to: undefined,
  };
}

/** Nobody has claimed it yet. */
export const fresh = {
  state: "queued",
  fence: 0,
  attempts: 0,
  triedAt: undefined,
  sentOn: undefined,
  told: undefined,
  why: undefined,
  endedAt: undefined,
} as const;

/** What a group's `prompt` comes to in one of its channels. */
export function queuePost({ kind, dueAt, on }: GroupPrompt, { id, timeZone }: Group, { place }: Channel): Post {
  return {
    key: deliveryKeyOf(kind, id, on.toString(), place.platform, place.address),
    groupId: id,
    kind,
    place,
    on,
    dueAt,
    expiresAt: kind === "round-up" ? dueAt.add(roundUpUse) : dayEnd(dayAt(dueAt, timeZone), timeZone),
    nextAt: dueAt,
    ...fresh,
    standing: undefined,
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
export function notice(
  kind: NoticeKind,
  user: Pick<User, "id" | "timeZone">,
  { id, now, to }: { readonly id: string; readonly now: Temporal.Instant; readonly to?: AccountKey },
): Delivery {
  return {
    key: deliveryKeyOf(kind, user.id, id),
    userId: user.id,
    kind,
    on: dayAt(now, user.timeZone),
    dueAt: now,
    expiresAt: now.add(noticeUse),
    nextAt: now,
    ...fresh,
    to,
  };
}

/** Whether a delivery is one of what was done, and not of a prompt. */
export function isNotice<Said extends { readonly kind: DeliveryKind }>(said: Said): said is Said & { readonly kind: NoticeKind } {
  return noticeKinds.some((kind) => kind === said.kind);
}

/** Until when what was posted is kept true. */
export function standsUntil({ dueAt }: Post): Temporal.Instant {
  return dueAt.toZonedDateTimeISO("UTC").add(standingFor).toInstant();
}

/** Whether it goes to a channel. */
export function isPost(parcel: Parcel): parcel is Post {
  return "groupId" in parcel;
}

/** `delivery`, ended before it was claimed by anybody. */
export function endUnsent<One extends Parcel>(delivery: One, end: "expired" | "suppressed", why: Why, at: Temporal.Instant): One {
  return { ...delivery, state: end, why, nextAt: undefined, endedAt: at };
}
