/** Weekly feedback: the facts about a finished week, and whether the user has gone silent. */

import { dayAt, type Week, weekAfter } from "#core/lib/time.ts";
import type { StatedNumbers } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { User } from "#core/model/user.ts";
import type { AdviceFacts } from "#core/training/advice.ts";
import { pauseOn, touchesPause } from "#core/training/pauses.ts";
import { pastWeeks, streakOf, type Trend, trendOf } from "#core/training/streak.ts";
import { summarize, type WeekSummary } from "#core/training/week-summary.ts";

/** The facts that a feedback message states. */
export type Feedback = {
  readonly facts: AdviceFacts;
  readonly streak: number;
  readonly trend: Trend;
  /** Number of earlier weeks, counted from the first log. */
  readonly weeksBefore: number;
  /** Whether the user is silent, so that this is the last message for now. */
  readonly isLast: boolean;
  /** Whether a pause ended in the week or later. */
  readonly isComeback: boolean;
  /** The numbers of the previous feedback and the correct ones, when a later change made them differ. */
  readonly correction: { readonly said: StatedNumbers; readonly is: WeekSummary } | undefined;
};

/** Weeks without a log after which prompts end: a product rule. */
const quietWeeks = 3;

/** A day before any session. A streak counts all sessions, so queries start here. */
export const beginning = Temporal.PlainDate.from("2000-01-01");

/** Days after which silence counts: the latest session, and the start of messages while the user still receives them. */
export type SilenceStart = { readonly latest: Temporal.PlainDate | undefined; readonly since: Temporal.PlainDate | undefined };

/** The day on which the user's messages began. An older row has no `since`; then it is the day on which the user joined. */
export function beganOn({ since }: Pick<Prompt, "since">, { joinedAt, timeZone }: User): Temporal.PlainDate {
  return since ?? dayAt(joinedAt, timeZone);
}

/**
 * Whether three whole weeks up to the end of `week` passed without a session, and no session followed.
 *
 * Counting starts at the latest of: first messages, return, last log, messages resumed after a pause.
 */
export function isSilent(user: User, { latest, since }: SilenceStart, week: Week): boolean {
  const from = [latest, since].flatMap((day) => day ?? []);
  const isAfter = (asked: Week): boolean => from.every((day) => Temporal.PlainDate.compare(day, asked.from) < 0);
  const weeks = Array.from({ length: quietWeeks }, (_, back) => weekAfter(week, -back));
  return weeks.every((asked) => isAfter(asked) && !touchesPause(user, asked));
}

/** The user, their local day, the previous feedback, and the day on which messages began. */
type Asking = {
  readonly user: User;
  readonly today: Temporal.PlainDate;
  readonly before: EarlierFeedback | undefined;
  readonly since?: Temporal.PlainDate | undefined;
};

/** The feedback on `week`. `sessions` are all of the user's sessions, sorted by day. */
export function feedbackOn(week: Week, sessions: readonly Session[], { user, today, before, since }: Asking): Feedback {
  const summary = summarize(sessions, week);
  const past = pastWeeks(sessions, week, user.firstDay);
  return {
    facts: { user, today, summary, logged: [], isSecondDay: false, isFirstLog: false },
    // The week is over, so it counts in full. The following week enters as empty, since feedback does not cover it.
    streak: streakOf([...past, summary.dose.minutes], summarize([], weekAfter(week, 1)), user),
    trend: trendOf(past),
    weeksBefore: past.length,
    isLast: isSilent(user, { latest: sessions.at(-1)?.day, since }, week),
    isComeback: touchesPause(user, { from: week.from, until: today }) && !pauseOn(user, today),
    correction: before && corrected(before, sessions),
  };
}

/** The numbers that an earlier feedback stated for the week that started on `from`. */
export type EarlierFeedback = { readonly from: Temporal.PlainDate; readonly told: StatedNumbers };

/** Sums the seven days of that feedback again. The user may have changed their first day of the week since. */
function corrected({ from, told }: EarlierFeedback, sessions: readonly Session[]): Feedback["correction"] {
  const is = summarize(sessions, { from, until: from.add({ days: 7 }) } as Week);
  return is.dose.minutes === told.strength && is.aerobic === told.aerobic ? undefined : { said: told, is };
}
