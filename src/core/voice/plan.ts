/** The texts of plans. */

import { evidence } from "#core/evidence/evidence.ts";
import { weekOf } from "#core/lib/time.ts";
import { type Block, bold, type Choice, inlineCode, text } from "#core/model/reply.ts";
import type { Plan, User } from "#core/model/user.ts";
import { range, weekdayList } from "#core/phrases.ts";
import { doseOf, goodRange, positionIn, sweetSpot } from "#core/training/dose.ts";
import { plannedDays, plannedMinutes, plansConsecutiveDays } from "#core/training/plan.ts";

const { caveats } = evidence.dose;

/** The current plan and its weekly minutes. */
export function sayPlan(user: User, today: Temporal.PlainDate, isNew: boolean): Block {
  if (!user.plan) return text(bold("No plan yet."), " Days and minutes make one: ", inlineCode("/plan 2x20 tue fri"));
  const { days, minutes } = user.plan;
  const each = `${minutes} min on ${weekdayList(days, user.firstDay)}`;
  const sums = days.length > 1 ? `${each}, ${plannedMinutes(user.plan)} min a week` : each;
  return text(
    bold(isNew ? "Planned." : "Your plan."),
    ` ${sums}. ${positionSentence(user.plan, user)}${touching(user.plan)}${movedDays(user, today)}`,
  );
}

/** The plan was removed. */
export function sayNoPlan(): Block {
  return text(bold("No plan any more."), " Log whenever it suits you.");
}

/** How the planned minutes compare with the zones. A large plan is described and not judged, as for a week. */
function positionSentence(plan: Plan, { band }: User): string {
  const weekly = plannedMinutes(plan);
  if (band) return `That is ${positionIn(band, weekly)} your band of ${range(band)}.`;
  switch (doseOf(weekly).zone.id) {
    case "none":
    case "start":
      return weekly < goodRange.min
        ? `That is on the way; good weeks begin at ${goodRange.min} min.`
        : `That makes good weeks; the sweet spot begins at ${sweetSpot.min} min.`;
    case "sweet":
      return "That is in the sweet spot.";
    case "solid":
      return "That is past the sweet spot, and well inside what the studies looked at.";
    case "plateau":
      return caveats.above_120;
    case "thin":
      return caveats.above_150;
  }
}

function touching(plan: Plan): string {
  return plansConsecutiveDays(plan) ? " Two of the days touch; for the same muscles a day between is usually more comfortable." : "";
}

function movedDays(user: User, today: Temporal.PlainDate): string {
  const week = weekOf(today, user.firstDay);
  if (!user.moved?.week.equals(week.from)) return "";
  const days = plannedDays(user, week);
  return days.length === 0 ? " This week is free." : ` This week it is ${weekdayList(days, user.firstDay)}.`;
}

/** A button to type a new plan. Its field starts with the current plan. */
export function planChoice({ plan, firstDay }: User, label: string): Choice {
  const value = plan
    ? `${plan.days.length}x${plan.minutes} ${weekdayList(plan.days, firstDay)
        .toLowerCase()
        .replaceAll(/,| and/g, "")}`
    : "2x20 tue fri";
  return { label, says: "/plan", field: { label: "Plan", value } };
}
