/** Good weeks in a row, and the habit of the last eight weeks. */

import { doseOf, habitWeeks, wholeMinutes } from "./dose.ts";
import { type Session, strengthMinutes } from "#core/model/session.ts";
import { touchesPause } from "./pauses.ts";
import { dayNumber, type Week, weekAfter, weekOf, type Weekday } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { sum, type WeekSummary } from "./week-summary.ts";

/** Whole strength minutes of each week before this one, oldest first, from the week of the first session on. */
export type PastWeeks = readonly number[];

/** The habit behind a single week. */
export type Trend = {
  /** Whole strength minutes of each of the last weeks, oldest first; at most eight. */
  readonly weeks: readonly number[];
  /** Their average in whole minutes, once there are eight. */
  readonly average: number | undefined;
  /** How the later half of eight weeks compares with the earlier half. */
  readonly direction: "more" | "less" | "level" | undefined;
};

/** Minutes a week, either way, that leave a habit what it was: a product rule, and never shown. */
const levelWithin = 15;

/** The weeks before `current` since the first of `sessions`, which are in the order of their days. */
export function pastWeeks(sessions: readonly Session[], current: Week, firstDay: Weekday): PastWeeks {
  const [first] = sessions;
  if (!first) return [];
  const beginning = dayNumber(weekOf(first.day, firstDay).from);
  const weeksUntil = (day: Temporal.PlainDate): number => Math.floor((dayNumber(day) - beginning) / 7);
  const minutes = Array.from({ length: Math.max(0, weeksUntil(current.from)) }, () => 0);
  let [day, index] = [first.day, 0];
  for (const session of sessions) {
    // Those of one day mostly share it, and reading a date costs more than all else here.
    if (session.day !== day) [day, index] = [session.day, weeksUntil(session.day)];
    if (index < minutes.length) minutes[index] = (minutes[index] ?? 0) + strengthMinutes(session);
  }
  return minutes.map(wholeMinutes);
}

/**
 * Good weeks in a row up to now.
 *
 * The current week counts once it is good and never counts against. A week that is not good waits one week for the next good one; two
 * such weeks in a row end the streak. Weeks of a pause wait as long as it lasts.
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
