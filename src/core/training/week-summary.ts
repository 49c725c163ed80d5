/** Week summaries. All sums are computed from the sessions each time, so an undo cannot make them wrong. */

import { type Dose, doseOf, wholeMinutes } from "./dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { type Session, strengthMinutes } from "#core/model/session.ts";
import { dayNumber, type Week, type Weekday, weekdayOf, weekdaysFrom } from "#core/lib/time.ts";

/** One day of a week. Minutes are exact: only the sum of a week is rounded. */
export type DaySummary = { readonly weekday: Weekday; readonly strength: number; readonly aerobic: number };

/** The summary of a week. */
export type WeekSummary = {
  readonly week: Week;
  readonly dose: Dose;
  /** Whole moderate-equivalent minutes: a vigorous minute counts as two, a light one as none. */
  readonly aerobic: number;
  /** Whole vigorous aerobic minutes, not converted. */
  readonly vigorous: number;
  /** All seven days, in the order of the week. */
  readonly days: readonly DaySummary[];
  /** The days with strength. */
  readonly strengthDays: readonly Weekday[];
  /** Whether two of the strength days are consecutive. */
  readonly isConsecutive: boolean;
};

const moderatePerVigorous = evidence.activities.equivalence.vigorous_to_moderate;

/** The exact moderate-equivalent aerobic minutes of a session. */
export function aerobicMinutes({ minutes, shares, intensity }: Session): number {
  const weight = { light: 0, moderate: 1, vigorous: moderatePerVigorous }[intensity];
  return minutes * shares.aerobic * weight;
}

/** Summarizes those of `sessions` that are in `week`. */
export function summarize(sessions: readonly Session[], week: Week): WeekSummary {
  const weekdays = weekdaysFrom(weekdayOf(week.from));
  const byDay = weekdays.map((): Session[] => []);
  const first = dayNumber(week.from);
  let [day, place] = [week.from, 0];
  for (const session of sessions) {
    if (session.day !== day) [day, place] = [session.day, dayNumber(session.day) - first];
    if (place >= 0) byDay[place]?.push(session);
  }
  const days = weekdays.map((weekday, place) => summarizeDay(weekday, byDay[place] ?? []));
  const vigorous = byDay.flat().map(vigorousMinutes);
  return {
    week,
    dose: doseOf(wholeMinutes(sum(days.map(({ strength }) => strength)))),
    aerobic: wholeMinutes(sum(days.map(({ aerobic }) => aerobic))),
    vigorous: wholeMinutes(sum(vigorous)),
    days,
    strengthDays: days.filter(({ strength }) => strength > 0).map(({ weekday }) => weekday),
    isConsecutive: days.some(({ strength }, place) => strength > 0 && (days[place + 1]?.strength ?? 0) > 0),
  };
}

function vigorousMinutes({ minutes, shares, intensity }: Session): number {
  return intensity === "vigorous" ? minutes * shares.aerobic : 0;
}

function summarizeDay(weekday: Weekday, sessions: readonly Session[]): DaySummary {
  return { weekday, strength: sum(sessions.map(strengthMinutes)), aerobic: sum(sessions.map(aerobicMinutes)) };
}

/** The sum of `numbers`; 0 for an empty list. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
