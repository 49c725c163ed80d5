/** Nudges: a rest day, a full week, or a planned day without a log. */

import { targetRangeOf, wholeMinutes } from "#core/training/dose.ts";
import { plannedDays, plannedMinutes, plannedOn } from "#core/training/plan.ts";
import { type Session, strengthMinutes } from "#core/model/session.ts";
import { type Days, indexInWeek, type Weekday, weekdayOf, weekOf } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { findWarnings } from "#core/safety/find-warnings.ts";
import { sum, summarize, type WeekSummary } from "#core/training/week-summary.ts";

/** The nudge of a day. Minutes are whole. */
export type Nudge =
  /** The user trained strength yesterday; `yesterday` is in minutes. */
  | { readonly kind: "rest"; readonly yesterday: number }
  /** The week has enough strength without today's planned session. */
  | { readonly kind: "full"; readonly summary: WeekSummary; readonly weekday: Weekday }
  /** A planned day has no log. `instead` is a later free day of the week. */
  | { readonly kind: "training"; readonly summary: WeekSummary; readonly weekday: Weekday; readonly instead: Weekday | undefined };

/** The days whose sessions a nudge on `day` needs. */
export function daysForNudge({ firstDay }: User, day: Temporal.PlainDate): Days {
  const week = weekOf(day, firstDay);
  const yesterday = day.subtract({ days: 1 });
  const from = Temporal.PlainDate.compare(yesterday, week.from) < 0 ? yesterday : week.from;
  return { from, until: day.add({ days: 1 }) };
}

/** The morning nudge of `day`; undefined on most days. */
export function restNudge(user: User, sessions: readonly Session[], day: Temporal.PlainDate): Nudge | undefined {
  const summary = summarize(sessions, weekOf(day, user.firstDay));
  if (strengthOn(sessions, day) > 0 || hasSign(sessions)) return undefined;
  if (plannedOn(user, day)) return isFull(user, summary) ? { kind: "full", summary, weekday: weekdayOf(day) } : undefined;
  const yesterday = strengthOn(sessions, day.subtract({ days: 1 }));
  return yesterday > 0 ? { kind: "rest", yesterday } : undefined;
}

/** The evening nudge of `day`; undefined unless the day was planned, has no strength and the week has room. */
export function trainingNudge(user: User, sessions: readonly Session[], day: Temporal.PlainDate): Nudge | undefined {
  const summary = summarize(sessions, weekOf(day, user.firstDay));
  if (!plannedOn(user, day) || strengthOn(sessions, day) > 0 || isFull(user, summary) || hasSign(sessions)) return undefined;
  return { kind: "training", summary, weekday: weekdayOf(day), instead: freeDay(user, summary, day) };
}

/** Whether a session note contains a warning sign. A user told to see a doctor gets no nudge. */
function hasSign(sessions: readonly Session[]): boolean {
  return sessions.some(({ note }) => note !== undefined && findWarnings(note).length > 0);
}

/** Whether the week has enough: one more planned session would exceed both the target range and the planned minutes. */
function isFull(user: User, { dose }: WeekSummary): boolean {
  if (!user.plan) return false;
  const range = targetRangeOf(user);
  return dose.minutes >= range.min && dose.minutes + user.plan.minutes > Math.max(range.max, plannedMinutes(user.plan));
}

function strengthOn(sessions: readonly Session[], day: Temporal.PlainDate): number {
  return wholeMinutes(sum(sessions.filter((session) => session.day.equals(day)).map(strengthMinutes)));
}

/** The first later day of the week that is neither planned nor next to a planned day; otherwise the first unplanned one. */
function freeDay(user: User, { week, days }: WeekSummary, day: Temporal.PlainDate): Weekday | undefined {
  const planned = plannedDays(user, week);
  const today = indexInWeek(week, day);
  const isPlanned = days.map(({ weekday }, index) => index !== today && planned.includes(weekday));
  const free = days.map(({ weekday }, index) => ({ weekday, index })).filter(({ index }) => index > today && !isPlanned[index]);
  return (free.find(({ index }) => !isPlanned[index - 1] && !isPlanned[index + 1]) ?? free[0])?.weekday;
}
