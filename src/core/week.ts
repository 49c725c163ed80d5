/** What a week of sessions comes to. Every sum is made anew from the sessions, so that it is true whatever was undone. */

import { type Dose, doseOf, wholeMinutes } from "./dose.ts";
import { evidence } from "./evidence.ts";
import { type Session, strengthMinutes } from "./session.ts";
import { daysOf, holds, type Week } from "./time.ts";

/** One day of a week. Minutes are exact here: halves stay until a whole week is rounded. */
export type DaySummary = { readonly day: Temporal.PlainDate; readonly strength: number; readonly aerobic: number };

/** A week in numbers. */
export type WeekSummary = {
  readonly week: Week;
  readonly dose: Dose;
  /** Whole moderate-equivalent minutes: a vigorous minute is two, a light one none. */
  readonly aerobic: number;
  /** Whole vigorous minutes as they were trained. */
  readonly vigorous: number;
  /** Minutes of every kind as they were logged. */
  readonly logged: number;
  readonly days: readonly DaySummary[];
  readonly strengthDays: readonly Temporal.PlainDate[];
  /** Whether two of its strength days touch. */
  readonly isConsecutive: boolean;
};

const doubled = evidence.activities.equivalence.vigorous_to_moderate;

/** Moderate-equivalent aerobic minutes of a session, exact. */
export function aerobicMinutes({ minutes, shares, intensity }: Session): number {
  const weight = { light: 0, moderate: 1, vigorous: doubled }[intensity];
  return minutes * shares.aerobic * weight;
}

/** What the sessions of `sessions` that lie in `week` come to. */
export function summarize(sessions: readonly Session[], week: Week): WeekSummary {
  const inWeek = sessions.filter(({ day }) => holds(week, day));
  const days = daysOf(week).map((day) => summarizeDay(inWeek, day));
  const isStrength = days.map(({ strength }) => strength > 0);
  return {
    week,
    dose: doseOf(wholeMinutes(sum(inWeek.map(strengthMinutes)))),
    aerobic: wholeMinutes(sum(inWeek.map(aerobicMinutes))),
    vigorous: wholeMinutes(
      sum(inWeek.filter(({ intensity }) => intensity === "vigorous").map(({ minutes, shares }) => minutes * shares.aerobic)),
    ),
    logged: sum(inWeek.map(({ minutes }) => minutes)),
    days,
    strengthDays: days.filter(({ strength }) => strength > 0).map(({ day }) => day),
    isConsecutive: isStrength.some((strength, index) => strength && isStrength[index + 1] === true),
  };
}

function summarizeDay(sessions: readonly Session[], day: Temporal.PlainDate): DaySummary {
  const onDay = sessions.filter((session) => session.day.equals(day));
  return { day, strength: sum(onDay.map(strengthMinutes)), aerobic: sum(onDay.map(aerobicMinutes)) };
}

/** The sum of `numbers`; 0 of none. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
