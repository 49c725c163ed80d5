/** Streaks of good weeks, and the trend of the last eight weeks. */

import { doseOf, habitWeeks, wholeMinutes } from "./dose.ts";
import { type Session, strengthMinutes } from "#core/model/session.ts";
import { touchesPause } from "./pauses.ts";
import { dayNumber, type Week, weekAfter, weekOf, type Weekday } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { sum, type WeekSummary } from "./week-summary.ts";

/** Whole strength minutes of each week before the current one, oldest first, starting with the week of the first session. */
export type PastWeeks = readonly number[];

/** The trend of the last weeks. */
export type Trend = {
  /** Whole strength minutes of each of the last weeks, oldest first; at most eight. */
  readonly weeks: readonly number[];
  /** The average in whole minutes; undefined for fewer than eight weeks. */
  readonly average: number | undefined;
  /** The later half of eight weeks compared with the earlier half; undefined for fewer than eight. */
  readonly direction: "more" | "less" | "level" | undefined;
};

/** A change of fewer minutes a week counts as level. A product rule, never shown. */
const levelWithin = 15;

/** The weeks from the first session to the one before `current`. `sessions` are sorted by day. */
export function pastWeeks(sessions: readonly Session[], current: Week, firstDay: Weekday): PastWeeks {
  const [first] = sessions;
  if (!first) return [];
  const beginning = dayNumber(weekOf(first.day, firstDay).from);
  const weeksUntil = (day: Temporal.PlainDate): number => Math.floor((dayNumber(day) - beginning) / 7);
  const minutes = Array.from({ length: Math.max(0, weeksUntil(current.from)) }, () => 0);
  let [day, index] = [first.day, 0];
  for (const session of sessions) {
    // Sessions of one day mostly share the same object, and reading a date is the slowest step here.
    if (session.day !== day) [day, index] = [session.day, weeksUntil(session.day)];
    if (index < minutes.length) minutes[index] = (minutes[index] ?? 0) + strengthMinutes(session);
  }
  return minutes.map(wholeMinutes);
}

/**
 * The number of good weeks in the current streak.
 *
 * The current week counts once it is good, and never ends the streak. One week that is not good is skipped; two in a row end the streak.
 * Weeks that touch a pause are skipped, however many.
 */
export function streakOf(past: PastWeeks, { week, dose }: WeekSummary, user: User): number {
  let streak = dose.isGood ? 1 : 0;
  let waiting = 0;
  for (const [index, minutes] of past.toReversed().entries()) {
    const { isGood } = doseOf(minutes);
    if (!isGood && user.pauses.length > 0 && touchesPause(user, weekAfter(week, -1 - index))) continue;
    waiting = isGood ? 0 : waiting + 1;
    if (waiting > 1) break;
    if (isGood) streak += 1;
  }
  return streak;
}

/** The trend of the last eight whole weeks. */
export function trendOf(past: PastWeeks): Trend {
  const weeks = past.slice(-habitWeeks);
  if (weeks.length < habitWeeks) return { weeks, average: undefined, direction: undefined };
  const half = habitWeeks / 2;
  const change = sum(weeks.slice(half)) - sum(weeks.slice(0, half));
  const isLevel = Math.abs(change) < levelWithin * half;
  return { weeks, average: Math.round(sum(weeks) / habitWeeks), direction: isLevel ? "level" : change > 0 ? "more" : "less" };
}
