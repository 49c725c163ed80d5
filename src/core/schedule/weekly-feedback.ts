/** Weekly feedback: what is true of the week that ended, and whether there is anything to say at all. */

import { dayAt, type Week, weekAfter } from "#core/lib/time.ts";
import type { StatedNumbers } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { User } from "#core/model/user.ts";
import type { AdviceFacts } from "#core/training/advice.ts";
import { pauseOn, touchesPause } from "#core/training/pauses.ts";
import { pastWeeks, streakOf, type Trend, trendOf } from "#core/training/streak.ts";
import { summarize, type WeekSummary } from "#core/training/week-summary.ts";

/** What feedback speaks of. */
export type Feedback = {
  readonly facts: AdviceFacts;
  readonly streak: number;
  readonly trend: Trend;
  /** How many weeks lie before it, from the first log on. */
  readonly weeksBefore: number;
  /** Whether nothing was logged for so long that this is the last word for now. */
  readonly isLast: boolean;
  /** Whether a pause ended in that week or after it. */
  readonly isComeback: boolean;
  /** What the feedback before said of its week, where a later change has made it untrue. */
  readonly correction: { readonly said: StatedNumbers; readonly is: WeekSummary } | undefined;
};

/** The weeks without a log after which the coach is quiet: a product rule. */
const quietWeeks = 3;

/** Long before anybody's first session: a streak is counted over all of them. */
export const beginning = Temporal.PlainDate.from("2000-01-01");

/** From when somebody's silence is counted, at the earliest: the day of their latest session, and the day on which messages began, if they still come. */
export type SilenceStart = { readonly latest: Temporal.PlainDate | undefined; readonly since: Temporal.PlainDate | undefined };

/** The day on which those messages began that `weekly` stands for; those of a row from before this was noted begin with the person. */
export function beganOn({ since }: Pick<Prompt, "since">, { joinedAt, timeZone }: User): Temporal.PlainDate {
  return since ?? dayAt(joinedAt, timeZone);
}

/**
 * Whether three whole weeks up to the end of `week` went by without a session, and none came since.
 *
 * They are counted from when somebody began, came back, logged last, or had messages again after a pause, whichever is the latest.
 */
export function isSilent(user: User, { latest, since }: SilenceStart, week: Week): boolean {
  const from = [latest, since].flatMap((day) => day ?? []);
  const isAfter = (asked: Week): boolean => from.every((day) => Temporal.PlainDate.compare(day, asked.from) < 0);
  const weeks = Array.from({ length: quietWeeks }, (_, back) => weekAfter(week, -back));
  return weeks.every((asked) => isAfter(asked) && !touchesPause(user, asked));
}

/** Of whom, on which day of theirs, what was said of the week before, and since when messages come. */
type Asking = {
  readonly user: User;
  readonly today: Temporal.PlainDate;
  readonly before: EarlierFeedback | undefined;
  readonly since?: Temporal.PlainDate | undefined;
};

/** What is to be said of `week`, from all of the person's sessions, by day. */
export function feedbackOn(week: Week, sessions: readonly Session[], { user, today, before, since }: Asking): Feedback {
  const summary = summarize(sessions, week);
  const past = pastWeeks(sessions, week, user.firstDay);
  return {
    facts: { user, today, summary, logged: [], isSecondDay: false, isFirstLog: false },
    // The week is over, so it counts against the streak as any other: what comes after it is not spoken of yet.
    streak: streakOf([...past, summary.dose.minutes], summarize([], weekAfter(week, 1)), user),
    trend: trendOf(past),
    weeksBefore: past.length,
    isLast: isSilent(user, { latest: sessions.at(-1)?.day, since }, week),
    isComeback: touchesPause(user, { from: week.from, until: today }) && !pauseOn(user, today),
    correction: before && corrected(before, sessions),
  };
}

/** What an earlier feedback said, of the week that started on `from`. */
export type EarlierFeedback = { readonly from: Temporal.PlainDate; readonly told: StatedNumbers };

/** The seven days of that feedback are summed up again, whatever the person's first day of the week is now. */
function corrected({ from, told }: EarlierFeedback, sessions: readonly Session[]): Feedback["correction"] {
  const is = summarize(sessions, { from, until: from.add({ days: 7 }) } as Week);
  return is.dose.minutes === told.strength && is.aerobic === told.aerobic ? undefined : { said: told, is };
}
