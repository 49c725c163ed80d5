/** Decides whether a direct message is still wanted, true and on time, and composes it. */

import { dayAt, dayNumber, type Days, type Week } from "#core/lib/time.ts";
import type { DirectMessage, NoticeKind, StatedNumbers, EndReason } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Block } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { nextWeeklyTime } from "#core/schedule/due-times.ts";
import { daysForNudge, restNudge, trainingNudge } from "#core/schedule/nudges.ts";
import { afterQuiet, isQuiet } from "#core/schedule/quiet-hours.ts";
import { beganOn, beginning, feedbackOn } from "#core/schedule/weekly-feedback.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { sayExport } from "#core/voice/export.ts";
import { sayLinkNotice, sayPartNotice } from "#core/voice/link.ts";
import { sayNudge } from "#core/voice/nudge.ts";
import { sayLate } from "#core/voice/trouble.ts";
import { sayFeedback } from "#core/voice/weekly.ts";
import { end, isExpired, lateReason, say, type SendDecision } from "./send-decision.ts";

/** A user's export as file blocks, and the number of sessions in it. */
export type ExportFiles = { readonly count: number; readonly files: readonly Block[] };

/** The data for composing a notice. */
export type NoticeContext = {
  readonly user: User;
  readonly now: Temporal.Instant;
  /** All accounts of the user. */
  readonly accounts: readonly Account[];
  /** The user's export; only for an export notice. */
  readonly exported: ExportFiles | undefined;
};

/** The data for deciding on an unprompted direct message. */
export type SendContext = {
  readonly user: User;
  readonly now: Temporal.Instant;
  readonly today: Temporal.PlainDate;
  /** The sessions on the days of `daysFor`. */
  readonly sessions: readonly Session[];
  /** The user's latest deliveries, newest first. */
  readonly recent: readonly DirectMessage[];
  /** The user's prompts. */
  readonly prompts: readonly Prompt[];
};

/**
 * Decides what to do with a notice. A notice answers a user's action. It ignores pauses, stop and quiet hours, and does not count
 * as the message of its day.
 */
export function decideNotice(notice: DirectMessage & { readonly kind: NoticeKind }, context: NoticeContext): SendDecision {
  if (isExpired(notice, context.now)) return end(lateReason(notice));
  const blocks = notice.kind === "answer" ? lateAnswer(notice, context) : composeNotice(notice.kind, context);
  return blocks ? say(blocks) : end("changed");
}

/** An answer that is later than this says so. */
const lateAfter = Temporal.Duration.from({ minutes: 5 });

function lateAnswer({ dueAt, blocks: said }: DirectMessage, { now, user }: NoticeContext): readonly Block[] | undefined {
  const isLate = Temporal.Duration.compare(dueAt.until(now), lateAfter) > 0;
  return said && isLate ? [sayLate(dueAt, user.timeZone), ...said] : said;
}

function composeNotice(kind: Exclude<NoticeKind, "answer">, { exported, accounts }: NoticeContext): readonly Block[] | undefined {
  switch (kind) {
    case "export":
      return exported && [sayExport(exported.count), ...exported.files];
    case "linked":
      return accounts.length > 1 ? sayLinkNotice(accounts) : undefined;
    case "parted":
      return sayPartNotice();
  }
}

/** The days whose sessions `delivery` needs. */
export function daysFor(delivery: DirectMessage, user: User, today: Temporal.PlainDate): Days {
  if (delivery.kind === "weekly") return { from: beginning, until: today.add({ days: 1 }) };
  return daysForNudge(user, delivery.localDate);
}

/** Decides what to do with `delivery` now. The first matching rule wins. */
export function decideSend(delivery: DirectMessage, context: SendContext): SendDecision {
  const reason = findEndReason(delivery, context);
  if (reason) return end(reason);
  if (isQuiet(context.now, context.user)) return { kind: "wait", until: afterQuiet(context.now, context.user) };
  return delivery.kind === "weekly" ? decideWeekly(delivery, context) : decideNudge(delivery, context);
}

function findEndReason(delivery: DirectMessage, { user, now, today }: SendContext): EndReason | undefined {
  const { kind, localDate } = delivery;
  if (user.isStopped) return "stopped";
  if (pauseOn(user, today)) return "paused";
  if (kind === "weekly" ? !user.feedback : kind === "rest" ? !user.restNudges : !user.trainingNudges) return "off";
  const isOver = kind !== "weekly" && !localDate.equals(today);
  return isOver || isExpired(delivery, now) ? lateReason(delivery) : undefined;
}

/** Feedback waits a day if another message was sent today. It only takes precedence over unsent messages. */
function decideWeekly(delivery: DirectMessage, context: SendContext): SendDecision {
  const { user, now, today, sessions, recent, prompts } = context;
  if (wasSentOn(today, delivery, recent)) {
    return { kind: "wait", until: nextWeeklyTime(user, now, 0) };
  }
  const week = { from: delivery.localDate, until: delivery.localDate.add({ days: 7 }) } as Week;
  // The last feedback of a silent user has no prompt any more.
  const weekly = prompts.find(({ kind }) => kind === "weekly");
  const since = weekly && beganOn(weekly, user);
  const feedback = feedbackOn(week, sessions, { user, today, before: lastFeedback(recent, delivery), since });
  const { dose, aerobic } = feedback.facts.summary;
  return say(sayFeedback(feedback), { strength: dose.minutes, aerobic });
}

function lastFeedback(
  recent: readonly DirectMessage[],
  { key }: DirectMessage,
): { readonly from: Temporal.PlainDate; readonly told: StatedNumbers } | undefined {
  const said = recent.find((other) => other.kind === "weekly" && other.key !== key && other.state === "sent" && other.statedNumbers);
  return said?.statedNumbers && { from: said.localDate, told: said.statedNumbers };
}

function decideNudge(delivery: DirectMessage, context: SendContext): SendDecision {
  const { user, today, sessions, recent } = context;
  if (wasSentOn(today, delivery, recent) || isFeedbackPending(context)) return end("one-a-day");
  const nudge =
    delivery.kind === "rest" ? restNudge(user, sessions, delivery.localDate) : trainingNudge(user, sessions, delivery.localDate);
  return nudge ? say(sayNudge(nudge, user)) : end("changed");
}

function wasSentOn(today: Temporal.PlainDate, { key }: DirectMessage, recent: readonly DirectMessage[]): boolean {
  const day = dayNumber(today);
  return recent.some((other) => other.key !== key && other.sentOn && dayNumber(other.sentOn) === day);
}

/** Whether weekly feedback is queued and not expired, or is due later today. */
function isFeedbackPending({ user, now, today, recent, prompts }: SendContext): boolean {
  if (!user.feedback) return false;
  const isWaiting = recent.some((other) => other.kind === "weekly" && other.nextAt !== undefined && !isExpired(other, now));
  return isWaiting || prompts.some(({ kind, dueAt }) => kind === "weekly" && dayAt(dueAt, user.timeZone).equals(today));
}
