/** Good weeks in a row, and the habit of the last eight weeks. */

import { habitWeeks } from "./dose.ts";
import type { Session } from "./session.ts";
import { touchesPause } from "./pause.ts";
import { type Week, weekAfter, weekOf, type Weekday } from "./time.ts";
import type { User } from "./user.ts";
import { sum, summarize, type WeekSummary } from "./week.ts";

/** The weeks before this one, oldest first, from the week of the first session on. */
export type Past = readonly WeekSummary[];

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
const sameHabit = 15;

/** Every week before `current` since the first of `sessions`, which are in the order of their days. */
export function pastWeeks(sessions: readonly Session[], current: Week, firstDay: Weekday): Past {
  const first = sessions[0];
  if (!first) return [];
  const start = weekOf(first.day, firstDay);
  const count = Math.max(0, start.from.until(current.from, { largestUnit: "days" }).days / 7);
  const byWeek = Map.groupBy(sessions, ({ day }) => weekOf(day, firstDay).from.toString());
  return Array.from({ length: count }, (_, index) => weekAfter(start, index)).map((week) =>
    summarize(byWeek.get(week.from.toString()) ?? [], week),
  );
}

/**
 * Good weeks in a row up to now.
 *
 * The current week counts once it is good and never counts against. A week that is not good waits one week for the next good one; two
 * such weeks in a row end the streak. Weeks of a pause wait as long as it lasts.
 */
export function streakOf(past: Past, current: WeekSummary, user: User): number {
  let streak = current.dose.isGood ? 1 : 0;
  let waiting = 0;
  for (const { dose, week } of past.toReversed()) {
    if (!dose.isGood && touchesPause(user, week)) continue;
    waiting = dose.isGood ? 0 : waiting + 1;
    if (waiting > 1) break;
    if (dose.isGood) streak += 1;
  }
  return streak;
}

/** The trend of the last eight whole weeks. */
export function trendOf(past: Past): Trend {
  const weeks = past.slice(-habitWeeks).map(({ dose }) => dose.minutes);
  if (weeks.length < habitWeeks) return { weeks, average: undefined, direction: undefined };
  const half = habitWeeks / 2;
  const change = sum(weeks.slice(half)) - sum(weeks.slice(0, half));
  const isLevel = Math.abs(change) < sameHabit * half;
  return { weeks, average: Math.round(sum(weeks) / habitWeeks), direction: isLevel ? "level" : change > 0 ? "more" : "less" };
}
