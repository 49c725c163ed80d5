/** The weekly feedback: a headline, the week's numbers and one next step that fits the user's plan. */

import { adviseOn, type AdviceFacts } from "#core/training/advice.ts";
import { goodRange, habitWeeks, sweetSpot } from "#core/training/dose.ts";
import { plannedDays } from "#core/training/plan.ts";
import { type Block, bold, buttons, text } from "#core/model/reply.ts";
import { indexInWeek, type Weekday, weekAfter, weekdaysFrom, weekOf } from "#core/lib/time.ts";
import type { Feedback } from "#core/schedule/weekly-feedback.ts";
import { sayAdvice } from "./advice.ts";
import { dateName, list, ordinal, sentence, weekStatus, weekdayList, weekdayName, numberWord } from "#core/phrases.ts";
import { planChoice } from "./plan.ts";
import { whyChoice } from "./ask.ts";
import { detailsOf, habitOf, pictureOf } from "./week.ts";

/** The whole feedback on a week. */
export function sayFeedback(feedback: Feedback): readonly Block[] {
  if (feedback.isLast) return sayQuiet();
  const { facts, streak, trend, weeksBefore } = feedback;
  const next = suggestion(feedback);
  return [
    text(bold(headline(feedback)), ` ${sentence(weekStatus(facts))}${aboutPrevious(facts, trend.weeks.at(-1))}.`),
    ...caveatOf(facts),
    ...(next === "" ? [] : [text(next)]),
    ...correctionOf(feedback),
    pictureOf(facts, trend),
    detailsOf(facts, streak, trend),
    // The finding on longevity comes with its caveat, and only once every `habitWeeks` weeks: every week would be a scolding.
    ...(weeksBefore > 0 && weeksBefore % habitWeeks === 0 ? habitOf(trend) : []),
    buttons(planChoice(facts.user, "Plan next week"), whyChoice(facts), { label: "Mute", says: "/settings feedback off" }),
  ];
}

/** The last message after three weeks without a log. */
function sayQuiet(): readonly Block[] {
  return [
    text(bold("I will be quiet now."), " Nothing logged for three weeks, and that is all right. Log anything on any day, and I am back."),
    buttons({ label: "Stop for good", says: "/stop" }),
  ];
}

function headline({ facts, streak, trend, isComeback }: Feedback): string {
  const { user, summary } = facts;
  const before = trend.weeks.at(-1) ?? 0;
  if (isComeback && summary.dose.minutes === 0) return "Welcome back.";
  if (user.band) return sayAdvice(adviseOn(facts), facts).headline;
  if (isLighter(facts, before)) return `A lighter week: ${summary.dose.minutes} min, after ${before}.`;
  if (!summary.dose.isGood) return sayAdvice(adviseOn(facts), facts).headline;
  return streak > 1 ? `A good week, the ${ordinal(streak)} in a row.` : "A good week.";
}

/** From age 65 on, a smaller week is not praised as restraint: it gets its own headline. */
function isLighter({ user, summary: { dose } }: AdviceFacts, before: number): boolean {
  return user.over65 && dose.minutes > 0 && dose.minutes < goodRange.min && dose.minutes < before;
}

function aboutPrevious({ summary: { dose } }: AdviceFacts, before: number | undefined): string {
  return before === undefined || before === dose.minutes ? "" : `, after ${before} the week before`;
}

/** Given only the first time that the user reaches the zone. Later it is behind *Why?*. */
function caveatOf(facts: AdviceFacts): readonly Block[] {
  const advice = adviseOn(facts);
  return (advice.kind === "beyond" || advice.kind === "plateau") && advice.isFirst ? [text(sayAdvice(advice, facts).next)] : [];
}

/** One suggestion for the coming days. */
function suggestion({ facts, streak, trend, isComeback }: Feedback): string {
  const { user, summary } = facts;
  const { dose, isConsecutive } = summary;
  const waits = !dose.isGood && streak > 1 ? `Your streak of ${numberWord(streak)} waits a week for you. ` : "";
  if (isComeback && dose.minutes === 0) return "Begin lighter than where you stopped; 10 or 15 min is a full first session.";
  if (isLighter(facts, trend.weeks.at(-1) ?? 0))
    return `${waits}Some strength every week is worth keeping, as muscle is harder to keep with age. Ten minutes and a little balance by the worktop would be fine.`;
  const planned = comingDays(facts);
  if (!user.plan || !planned) return `${waits}${withoutPlan(facts)}`;
  const days = weekdayList(planned.days, user.firstDay);
  if (dose.minutes === 0) return `${waits}${weekdayName(planned.first)} is on your plan; fifteen minutes are enough.`;
  if (isConsecutive) return `${waits}${planned.when}: ${days}, if you like with a day between.`;
  return `${waits}${planned.when}: ${dose.isGood ? `${days} again` : `${user.plan.minutes} min on ${days}, as planned`}.`;
}

function withoutPlan({ user, summary: { dose, isConsecutive } }: AdviceFacts): string {
  if (user.band) return dose.minutes < user.band.min ? "I go by your band; any day suits." : "The same again would be fine.";
  if (dose.minutes === 0) return "Ten minutes on any day would be a start.";
  if (dose.minutes < goodRange.min) return `Two sessions of ${sweetSpot.min / 2} min on days apart would reach the sweet spot.`;
  if (isConsecutive) return "The same again would be fine; for the same muscles a day between is usually more comfortable.";
  return dose.isGood ? "The same again would be fine." : "";
}

/** The planned days left in this week; those of next week if none is left. Undefined if there are none. */
function comingDays({
  user,
  today,
}: AdviceFacts): { readonly when: string; readonly days: readonly Weekday[]; readonly first: Weekday } | undefined {
  const week = weekOf(today, user.firstDay);
  const planned = plannedDays(user, week);
  const left = weekdaysFrom(user.firstDay)
    .slice(indexInWeek(week, today))
    .filter((weekday) => planned.includes(weekday));
  const next = left.length > 0 ? left : plannedDays(user, weekAfter(week, 1));
  const [first] = next;
  return first && { when: left.length > 0 ? "This week" : "Next week", days: next, first };
}

function correctionOf({ facts, correction }: Feedback): readonly Block[] {
  if (!correction) return [];
  const { said, is } = correction;
  const of = sentence(`in the week of ${dateName(is.week.from, facts.today)}`);
  const parts = [
    ...(is.dose.minutes === said.strength ? [] : [`${is.dose.minutes} min strength, where I had said ${said.strength}`]),
    ...(is.aerobic === said.aerobic ? [] : [`${is.aerobic} min cardio, where I had said ${said.aerobic}`]),
  ];
  return [text(`${of} it is now ${list(parts)}: it was changed after I wrote.`)];
}
