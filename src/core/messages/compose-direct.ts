/** The moment of sending: is it still wanted, still true, and still the time for it? */

import { dayAt, dayNumber, type Days, type Week } from "#core/lib/time.ts";
import type { Delivery, DeliveryEnd, NoticeKind, Told, Why } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Block, Reply } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { weeklySoon } from "#core/schedule/due-times.ts";
import { daysForNudge, restNudge, trainingNudge } from "#core/schedule/nudges.ts";
import { afterQuiet, isQuiet } from "#core/schedule/quiet-hours.ts";
import { beganOn, beginning, feedbackOn } from "#core/schedule/weekly-feedback.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { sayExport } from "#core/voice/export.ts";
import { sayLinkNotice, sayPartNotice } from "#core/voice/link.ts";
import { sayNudge } from "#core/voice/nudge.ts";
import { sayLate } from "#core/voice/trouble.ts";
import { sayFeedback } from "#core/voice/weekly.ts";

/** All that is kept of somebody, as files, and how many sessions are in them. */
export type Exported = { readonly count: number; readonly files: readonly Block[] };

/** What is known of whoever something is said to because of what they did. */
export type NoticeMoment = {
  readonly user: User;
  readonly now: Temporal.Instant;
  /** All of theirs. */
  readonly accounts: readonly Account[];
  /** All that is kept of them, for who asked for it. */
  readonly exported: Exported | undefined;
};

/** All that is known when something is about to be said unasked. */
export type Moment = {
  readonly user: User;
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
  /** On the days of `daysFor`. */
  readonly sessions: readonly Session[];
  /** The latest deliveries of this person, the newest first. */
  readonly recent: readonly Delivery[];
  /** What this person waits for. */
  readonly prompts: readonly Prompt[];
};

/** What becomes of a delivery. */
export type Verdict =
  | { readonly kind: "say"; readonly reply: Reply; readonly told: Told | undefined }
  | { readonly kind: "end"; readonly end: DeliveryEnd; readonly why: Why }
  | { readonly kind: "wait"; readonly until: Temporal.Instant };

/**
 * What becomes of a notice. It answers what they did, so it holds for whoever is paused or stopped, and at any hour, and does not count as the
 * message of its day.
 */
export function judgeNotice(
  { kind, expiresAt, attempts, dueAt, says }: Delivery & { readonly kind: NoticeKind },
  moment: NoticeMoment,
): Verdict {
  const isLate = Temporal.Instant.compare(moment.now, expiresAt) >= 0;
  if (isLate) return attempts > 0 ? { kind: "end", end: "parked", why: "gave-up" } : { kind: "end", end: "expired", why: "late" };
  const blocks = kind === "answer" ? lateAnswer(dueAt, says, moment) : noticeOf(kind, moment);
  return blocks ? { kind: "say", reply: { blocks }, told: undefined } : { kind: "end", end: "suppressed", why: "changed" };
}

/** From so long after it was asked for an answer says that it is late. */
const lateAfter = Temporal.Duration.from({ minutes: 5 });

function lateAnswer(dueAt: Temporal.Instant, says: Delivery["says"], { now, user }: NoticeMoment): readonly Block[] | undefined {
  const isLate = Temporal.Duration.compare(dueAt.until(now), lateAfter) > 0;
  return says && isLate ? [sayLate(dueAt, user.timeZone), ...says] : says;
}

function noticeOf(kind: Exclude<NoticeKind, "answer">, { exported, accounts }: NoticeMoment): readonly Block[] | undefined {
  switch (kind) {
    case "export":
      return exported && [sayExport(exported.count), ...exported.files];
    case "linked":
      return accounts.length > 1 ? sayLinkNotice(accounts) : undefined;
    case "parted":
      return sayPartNotice();
  }
}

/** The days that must be looked up to say `delivery`. */
export function daysFor(delivery: Delivery, user: User, today: Temporal.PlainDate): Days {
  if (delivery.kind === "weekly") return { from: beginning, until: today.add({ days: 1 }) };
  return daysForNudge(user, delivery.on);
}

/** What becomes of `delivery` now. The first rule that speaks wins. */
export function judge(delivery: Delivery, moment: Moment): Verdict {
  const why = unwanted(delivery, moment);
  if (why) return { kind: "end", end: endsBy[why] ?? "suppressed", why };
  if (isQuiet(moment.now, moment.user)) return { kind: "wait", until: afterQuiet(moment.now, moment.user) };
  return delivery.kind === "weekly" ? judgeWeekly(delivery, moment) : judgeNudge(delivery, moment);
}

/** What is not wanted is suppressed; the rest ends by its time. */
const endsBy: Partial<Record<Why, DeliveryEnd>> = { late: "expired", "gave-up": "parked" };

function unwanted({ kind, on, expiresAt, attempts }: Delivery, { user, now, today }: Moment): Why | undefined {
  if (user.isStopped) return "stopped";
  if (pauseOn(user, today)) return "paused";
  if (kind === "weekly" ? !user.feedback : kind === "rest" ? !user.restNudges : !user.trainingNudges) return "off";
  const isOver = kind !== "weekly" && !on.equals(today);
  if (!isOver && Temporal.Instant.compare(now, expiresAt) < 0) return undefined;
  return attempts > 0 ? "gave-up" : "late";
}

/** Feedback waits a day where something else went out today: it wins over all that is still to come, not over what was. */
function judgeWeekly(delivery: Delivery, moment: Moment): Verdict {
  const { user, now, today, sessions, recent, prompts } = moment;
  if (wentOutOn(today, delivery, recent)) {
    return { kind: "wait", until: weeklySoon(user, now, 0) };
  }
  const week = { from: delivery.on, until: delivery.on.add({ days: 7 }) } as Week;
  // Where this is the last word, its prompt is gone by now.
  const weekly = prompts.find(({ kind }) => kind === "weekly");
  const since = weekly && beganOn(weekly, user);
  const feedback = feedbackOn(week, sessions, { user, today, before: lastSaid(recent, delivery), since });
  const { dose, aerobic } = feedback.facts.summary;
  return { kind: "say", reply: { blocks: sayFeedback(feedback) }, told: { strength: dose.minutes, aerobic } };
}

function lastSaid(recent: readonly Delivery[], { key }: Delivery): { readonly from: Temporal.PlainDate; readonly told: Told } | undefined {
  const said = recent.find((other) => other.kind === "weekly" && other.key !== key && other.state === "sent" && other.told);
  return said?.told && { from: said.on, told: said.told };
}

function judgeNudge(delivery: Delivery, moment: Moment): Verdict {
  const { user, today, sessions, recent } = moment;
  if (wentOutOn(today, delivery, recent) || feedbackComes(moment)) return { kind: "end", end: "suppressed", why: "one-a-day" };
  const nudge = delivery.kind === "rest" ? restNudge(user, sessions, delivery.on) : trainingNudge(user, sessions, delivery.on);
  if (!nudge) return { kind: "end", end: "suppressed", why: "changed" };
  return { kind: "say", reply: { blocks: sayNudge(nudge, user) }, told: undefined };
}

function wentOutOn(today: Temporal.PlainDate, { key }: Delivery, recent: readonly Delivery[]): boolean {
  const day = dayNumber(today);
  return recent.some((other) => other.key !== key && other.sentOn && dayNumber(other.sentOn) === day);
}

/** Whether the weekly feedback waits to go out and is of use, or will be due later today. */
function feedbackComes({ user, now, today, recent, prompts }: Moment): boolean {
  if (!user.feedback) return false;
  const isOfUse = ({ expiresAt }: Delivery): boolean => Temporal.Instant.compare(now, expiresAt) < 0;
  const isWaiting = recent.some((other) => other.kind === "weekly" && other.nextAt !== undefined && isOfUse(other));
  return isWaiting || prompts.some(({ kind, dueAt }) => kind === "weekly" && dayAt(dueAt, user.timeZone).equals(today));
}
