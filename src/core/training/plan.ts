/** Training days and minutes that a person wants. */

import { type Week, type Weekday, weekdayOf, weekOf } from "#core/lib/time.ts";
import type { Plan, User } from "#core/model/user.ts";

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
