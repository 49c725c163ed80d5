/** What there was to say on one day, by a person's own journal. */

import { type Asked, askedAt, type Bout, boutsAt, isPlanned, type Journal } from "./journal.ts";
import { weekStart } from "./wall.ts";

/** The one thing that there was to say, with its minutes. */
export type Wanted =
  | { readonly kind: "rest"; readonly minutes: number }
  | { readonly kind: "full"; readonly minutes: number }
  | { readonly kind: "training"; readonly minutes: number };

/** What there was to say at `at` in the morning of `day`; undefined where there was nothing. */
export function wantedInTheMorning(journal: Journal, at: number, day: number): Wanted | undefined {
  const [asked, loggedMinutes] = [askedAt(journal, at), boutsAt(journal, at)];
  if (strengthOn(loggedMinutes, day) > 0) return undefined;
  const week = strengthOf(loggedMinutes, weekStart(day, asked.firstDay), day);
  if (isPlanned(asked, day)) return isFull(asked, week) ? { kind: "full", minutes: week } : undefined;
  const yesterday = strengthOn(loggedMinutes, day - 1);
  return yesterday > 0 ? { kind: "rest", minutes: yesterday } : undefined;
}

/** What there was to say at `at` in the evening of `day`; undefined where there was nothing. */
export function wantedInTheEvening(journal: Journal, at: number, day: number): Wanted | undefined {
  const [asked, loggedMinutes] = [askedAt(journal, at), boutsAt(journal, at)];
  const week = strengthOf(loggedMinutes, weekStart(day, asked.firstDay), day);
  if (!isPlanned(asked, day) || strengthOn(loggedMinutes, day) > 0 || isFull(asked, week)) return undefined;
  return { kind: "training", minutes: week + (asked.plan?.minutes ?? 0) };
}

/** Whether one more planned session would be more than the mark and more than was planned, where the mark was reached already. */
function isFull({ plan, band }: Asked, minutes: number): boolean {
  if (!plan) return false;
  const { min, max } = band ?? { min: 40, max: 60 };
  return minutes >= min && minutes + plan.minutes > Math.max(max, plan.days.length * plan.minutes);
}

function strengthOn(loggedMinutes: readonly Bout[], day: number): number {
  return strengthOf(loggedMinutes, day, day);
}

/** Whole strength minutes from the day `first` to the day `last`, halves up. */
function strengthOf(loggedMinutes: readonly Bout[], first: number, last: number): number {
  const minutes = loggedMinutes.filter(({ day }) => first <= day && day <= last).map(({ strength }) => strength);
  return Math.floor(minutes.reduce((sum, one) => sum + one, 0) + 0.5);
}
