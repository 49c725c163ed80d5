/** What is said unasked: each thing is a row first and a message second, and comes to exactly one end. */

import type { DeliveryKey, UserId } from "./brand.ts";
import { dayEnd, type Prompt, type PromptKind } from "./prompt.ts";
import { dayAt } from "./time.ts";
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
 * process ended, or the line broke, while it was on its way (in-doubt).
 */
export type Why = (typeof whys)[number];

/** All of them. */
export const whys = ["late", "stopped", "paused", "off", "one-a-day", "changed", "closed", "refused", "gave-up", "in-doubt"] as const;

/**
 * What is said because of what somebody did, and not because of a prompt: their data that they asked for; that another account was linked with
 * this one, or parted from it.
 */
export type NoticeKind = (typeof noticeKinds)[number];

/** All of them. */
export const noticeKinds = ["export", "linked", "parted"] as const;

/** What a delivery can be. */
export type DeliveryKind = PromptKind | NoticeKind;

/** The numbers that weekly feedback said, so that a later change of that week can be told. */
export type Told = { readonly strength: number; readonly aerobic: number };

/** One thing to be said unasked. */
export type Delivery = {
  readonly key: DeliveryKey;
  readonly userId: UserId;
  readonly kind: DeliveryKind;
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
  /** The person's local day on which it went out, or may have. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly told: Told | undefined;
  readonly why: Why | undefined;
  readonly endedAt: Temporal.Instant | undefined;
  /** The account that it is for; undefined where any of theirs will do. */
  readonly to: AccountKey | undefined;
};

/** How long feedback on a week is of use. */
const weeklyUse = { hours: 48 };

/** What `prompt` comes to: a delivery of its day, or of the week that starts on `on`. */
export function queue(prompt: Prompt, user: Pick<User, "id" | "timeZone">, on: Temporal.PlainDate): Delivery {
  const { kind, dueAt } = prompt;
  return {
    key: `${kind} ${user.id} ${on.toString()}` as DeliveryKey,
    userId: user.id,
    kind,
    on,
    dueAt,
    expiresAt: kind === "weekly" ? dueAt.add(weeklyUse) : dayEnd(on, user.timeZone),
    state: "queued",
    nextAt: dueAt,
    fence: 0,
    attempts: 0,
    triedAt: undefined,
    sentOn: undefined,
    told: undefined,
    why: undefined,
    endedAt: undefined,
    to: undefined,
  };
}

/** How long a notice is of use. */
const noticeUse = { hours: 48 };

/** What is said to `user` as soon as it can be; `id` tells it from others of its kind. */
export function notice(
  kind: NoticeKind,
  user: Pick<User, "id" | "timeZone">,
  { id, now, to }: { readonly id: string; readonly now: Temporal.Instant; readonly to?: AccountKey },
): Delivery {
  const on = dayAt(now, user.timeZone);
  const prompt = { kind: "weekly", userId: user.id, dueAt: now, on } as const;
  return {
    ...queue(prompt, { timeZone: user.timeZone, id: user.id }, on),
    kind,
    key: `${kind} ${user.id} ${id}` as DeliveryKey,
    expiresAt: now.add(noticeUse),
    to,
  };
}

/** Whether a delivery is one of what was done, and not of a prompt. */
export function isNotice<Said extends { readonly kind: DeliveryKind }>(said: Said): said is Said & { readonly kind: NoticeKind } {
  return noticeKinds.some((kind) => kind === said.kind);
}

/** `delivery`, ended before it was claimed by anybody. */
export function endUnsent(delivery: Delivery, end: "expired" | "suppressed", why: Why, at: Temporal.Instant): Delivery {
  return { ...delivery, state: end, why, nextAt: undefined, endedAt: at };
}
