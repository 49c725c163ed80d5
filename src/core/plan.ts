/** Training days and minutes that a person wants. */

import type { Minutes } from "./brand.ts";
import { findWeekday } from "./day.ts";
import { sessionMinutes } from "./entry.ts";
import { fold } from "./text.ts";
import { type Week, type Weekday, weekdayOf, weekdays, weekOf } from "./time.ts";
import type { User } from "./user.ts";

/** The same minutes on each of some days of the week. */
export type Plan = { readonly days: readonly Weekday[]; readonly minutes: Minutes };

/** Strength minutes a week that `plan` comes to. */
export function plannedMinutes(plan: Plan): number {
  return plan.days.length * plan.minutes;
}

/** Whether `plan` puts strength on two days in a row, Sunday and Monday included. */
export function plansConsecutiveDays(plan: Plan): boolean {
  return plan.days.some((day) => plan.days.includes(((day % 7) + 1) as Weekday));
}

/** The training days of `week`: those of the plan, unless this week's were moved. None without a plan. */
export function plannedDays({ plan, moved }: User, week: Week): readonly Weekday[] {
  if (!plan) return [];
  return moved?.week.equals(week.from) ? moved.days : plan.days;
}

/** Whether `day` is a training day of theirs. */
export function plannedOn(user: User, day: Temporal.PlainDate): boolean {
  return plannedDays(user, weekOf(day, user.firstDay)).includes(weekdayOf(day));
}

/** `2x20 tue fri`: as many days as times, each once; without a count, every day named. Undefined for anything else. */
export function parsePlan(said: string): Plan | undefined {
  const words = fold(said)
    .split(/[\s,;+&]+/)
    .filter((word) => word !== "" && !["and", "on", "min", "minutes"].includes(word));
  const named = words.map(findWeekday);
  const days = named.filter((day): day is Weekday => day !== undefined);
  const sums = words.filter((_, index) => named[index] === undefined).join("");
  const found = /^(?:([1-7])[x*×])?(\d{1,3})(?:m|min|mins|minutes|'|each)*$/.exec(sums);
  const minutes = Number(found?.[2]);
  const times = Number(found?.[1] ?? days.length);
  const isWhole = found !== null && minutes >= sessionMinutes.min && minutes <= sessionMinutes.max;
  if (!isWhole || days.length === 0 || new Set(days).size !== days.length || times !== days.length) return undefined;
  return { days: weekdays.filter((day) => days.includes(day)), minutes: minutes as Minutes };
}
