/** What is said of settings and plans. */

import { doseOf, markOf } from "../dose.ts";
import { isWithin } from "../prompt.ts";
import { type Plan, plannedMinutes, plansConsecutiveDays } from "../plan.ts";
import { type Block, bold, code, text } from "../reply.ts";
import type { User } from "../user.ts";
import { goodWeeks, range, sentence, timeName, weekdayList, weekdayName } from "./phrases.ts";

/** How each setting reads. */
export const settingValues = {
  timeZone: ({ timeZone }: User): string => timeZone,
  firstDay: ({ firstDay }: User): string => weekdayName(firstDay),
  feedback: ({ feedback }: User): string => (feedback ? `${weekdayName(feedback.weekday)} ${timeName(feedback.time)}` : "off"),
  restNudges: ({ restNudges }: User): string => onOff(restNudges),
  trainingNudges: ({ trainingNudges }: User): string => onOff(trainingNudges),
  quietHours: ({ quietHours }: User): string => (quietHours ? `${timeName(quietHours.from)}-${timeName(quietHours.until)}` : "off"),
  band: ({ band }: User): string => (band ? `${band.min}-${band.max}` : "off"),
  over65: ({ over65 }: User): string => (over65 ? "yes" : "no"),
} as const;

function onOff(isOn: boolean): string {
  return isOn ? "on" : "off";
}

/** Above all of the settings. */
export function saySettings(): Block {
  return text(bold("Your settings."), " Pick one to change it, or say it with its new value: ", code("/settings time zone Auckland"));
}

/** One setting as it is. */
export function saySetting(
  name: string,
  { value, about, example }: { readonly value: string; readonly about: string; readonly example: string },
): Block {
  return text(bold(`${sentence(name)}: ${value}.`), ` It is ${about}. To change it: `, code(example));
}

/** A setting after it changed. `local` is what a clock of theirs shows now. */
export function sayChanged(name: string, user: User, value: string, local: Temporal.PlainDateTime): Block {
  const clock =
    name === "time zone" ? ` It is ${timeName(local.toPlainTime())} there now; your days follow it from here on.` : quietNote(name, user);
  return text(bold(`${sentence(name)}: ${value} from now on.`), clock);
}

/** Where feedback and quiet hours are at odds, the quiet hours win. */
function quietNote(name: string, { feedback, quietHours }: User): string {
  if ((name !== "feedback" && name !== "quiet hours") || !feedback || !quietHours || !isWithin(quietHours, feedback.time)) return "";
  return ` The weekly feedback comes when your quiet hours end, at ${timeName(quietHours.until)}.`;
}

/** The plan as it is. */
export function sayPlan(user: User, isNew: boolean): Block {
  if (!user.plan) return text(bold("No plan yet."), " Days and minutes make one: ", code("/plan 2x20 tue fri"));
  const { days, minutes } = user.plan;
  const weekly = plannedMinutes(user.plan);
  const headline = isNew ? "Planned." : "Your plan.";
  const sums =
    days.length > 1
      ? ` ${minutes} min on ${weekdayList(days, user.firstDay)}, ${weekly} min a week.`
      : ` ${minutes} min on ${weekdayList(days, user.firstDay)}.`;
  return text(bold(headline), `${sums}${hintOn(user.plan, user)}`);
}

/** After the plan was dropped. */
export function sayNoPlan(): Block {
  return text(bold("No plan any more."), " Log whenever it suits you.");
}

function hintOn(plan: Plan, user: User): string {
  const { zone, isGood } = doseOf(plannedMinutes(plan));
  const place = user.band
    ? ` Your band is ${range(markOf(user))}.`
    : ` That is ${zone.id === "sweet" ? "in the sweet spot" : `called ${zone.name}`}${isGood ? "" : `; ${goodWeeks}`}.`;
  return `${place}${plansConsecutiveDays(plan) ? " Two of the days touch; for the same muscles a day between is usually more comfortable." : ""}`;
}
