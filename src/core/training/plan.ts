/** Training plans: planned minutes and days. */

import { type Week, type Weekday, weekdayOf, weekOf } from "#core/lib/time.ts";
import type { Plan, User } from "#core/model/user.ts";

/** The strength minutes a week of `plan`. */
export function plannedMinutes(plan: Plan): number {
  return plan.days.length * plan.minutes;
}

/** Whether `plan` has two training days in a row; Sunday and Monday count. */
export function plansConsecutiveDays(plan: Plan): boolean {
  return plan.days.some((day) => plan.days.includes(((day % 7) + 1) as Weekday));
}

/** The training days of `week`: the plan's, unless they were moved for this week. Empty without a plan. */
export function plannedDays({ plan, moved }: User, week: Week): readonly Weekday[] {
  if (!plan) return [];
  return moved?.week.equals(week.from) ? moved.days : plan.days;
}

/** Whether `day` is a training day of the user. */
export function plannedOn(user: User, day: Temporal.PlainDate): boolean {
  return plannedDays(user, weekOf(day, user.firstDay)).includes(weekdayOf(day));
}
