/** Training days and minutes that a person wants. */

import type { Minutes } from "./brand.ts";
import type { Weekday } from "./time.ts";

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
