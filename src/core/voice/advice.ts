/** The text of advice: a headline, the week's numbers and at most one next step. */

import type { Advice, AdviceFacts } from "#core/training/advice.ts";
import { nextPlannedDay } from "#core/training/advice.ts";
import { aerobicGoal, vigorousPlateauMinutes } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { strengthMinutes } from "#core/model/session.ts";
import { indexInWeek, weekdayOf } from "#core/lib/time.ts";
import { sum } from "#core/training/week-summary.ts";
import { dateName, goodWeeks, comparedWithRange, range, weekStatus, weekdayName, weekName } from "#core/phrases.ts";

const { caveats } = evidence.dose;

/** The parts of advice: a headline for bold type, the week's numbers as a clause, and a next step, which may be empty. */
export type Said = { readonly headline: string; readonly week: string; readonly next: string };

/** The text of `advice`, filled in from `facts`. */
export function sayAdvice(advice: Advice, facts: AdviceFacts): Said {
  switch (advice.kind) {
    case "custom-range":
      return sayCustomRange(advice, facts);
    case "beyond":
    case "plateau":
      return sayAbove(advice, facts);
    case "vigorous-plateau":
    case "cardio-goal":
    case "cardio":
    case "no-dose":
      return sayNotStrength(advice.kind, facts);
    case "second-day":
    case "mixed":
    case "first-log":
      return sayOccasion(advice.kind, facts);
    case "sweet":
    case "solid":
    case "good":
    case "building":
    case "none":
      return sayZone(advice.kind, facts);
  }
}

function sayCustomRange({ position, band }: Extract<Advice, { readonly kind: "custom-range" }>, facts: AdviceFacts): Said {
  const headline = { below: "On the way to your own band.", inside: "Inside your own band.", above: "Past your own band." }[position];
  return {
    headline,
    week: `${weekName(facts)} ${facts.summary.dose.minutes} min strength; your band is ${range(band)}, set on ${dateName(band.setOn, facts.today)}`,
    next: "I go by yours.",
  };
}

/** The caveat is given only the first time that a user reaches the zone. */
function sayAbove(advice: { readonly kind: "beyond" | "plateau"; readonly isFirst: boolean }, facts: AdviceFacts): Said {
  const { minutes } = facts.summary.dose;
  if (!advice.isFirst) {
    return {
      headline: "A big week, as you like it.",
      week: `${weekName(facts)} ${minutes} min strength${onDays(facts)}`,
      next: restDays(facts),
    };
  }
  const week = `${weekName(facts)} ${minutes} min strength`;
  if (advice.kind === "beyond") return { headline: "Beyond the data.", week, next: caveats.above_150 };
  return { headline: "From here, no extra benefit seen.", week, next: caveats.above_120 };
}

function sayNotStrength(kind: "vigorous-plateau" | "cardio-goal" | "cardio" | "no-dose", facts: AdviceFacts): Said {
  const { aerobic, vigorous, dose } = facts.summary;
  const week = `${weekName(facts)} ${comparedWithRange(aerobic, aerobicGoal)} cardio, strength ${dose.minutes}`;
  const isOpen = dose.minutes === 0;
  switch (kind) {
    case "vigorous-plateau":
      return {
        headline: "A hard-working week.",
        week: `${weekName(facts)} ${vigorous} vigorous minutes`,
        next: `Above about ${vigorousPlateauMinutes} a long study saw neither a clear gain nor a clear harm; an easy day now and then keeps it enjoyable.`,
      };
    case "cardio-goal":
      return {
        headline: "Your cardio goal is met.",
        week,
        next: isOpen ? "They do different things: in the studies, people who did both did best. Twenty minutes would open that side." : "",
      };
    case "cardio":
      return { headline: "That counts.", week, next: isOpen ? "Ten minutes of strength would open the other side, if you like." : "" };
    case "no-dose":
      return {
        headline: "Good for moving well.",
        week: weekStatus(facts),
        next: "It is kept beside the strength and cardio minutes, and not counted into them.",
      };
  }
}

function sayOccasion(kind: "second-day" | "mixed" | "first-log", facts: AdviceFacts): Said {
  const week = weekStatus(facts);
  switch (kind) {
    case "second-day":
      return {
        headline: "Two days running is fine.",
        week,
        next: "For the same muscles a day between is usually more comfortable; the next one could be a walk.",
      };
    case "mixed":
      return { headline: "Part of it counts as strength.", week, next: mixedShares(facts) };
    case "first-log":
      return { headline: "A good start.", week, next: distance(facts) };
  }
}

function mixedShares({ logged }: AdviceFacts): string {
  const strength = sum(logged.map(strengthMinutes));
  const aerobic = sum(logged.map(({ minutes, shares }) => minutes * shares.aerobic));
  return `${strength} min strength${aerobic > 0 ? ` and ${aerobic} min cardio` : ""}: the shares are our rule of thumb.`;
}

function sayZone(kind: "sweet" | "solid" | "good" | "building" | "none", facts: AdviceFacts): Said {
  const planned = nextPlannedDay(facts);
  const { minutes } = facts.summary.dose;
  switch (kind) {
    case "sweet":
      return { headline: "In the sweet spot.", week: weekStatus(facts), next: restTomorrow(facts) };
    case "solid":
      return {
        headline: "A solid week.",
        week: weekStatus(facts),
        next: "Past the sweet spot, and well inside what the studies looked at.",
      };
    case "good":
      return {
        headline: "Already a good week.",
        week: `${weekName(facts)} ${minutes} min strength; ${goodWeeks}`,
        next: planned ? `${weekdayName(planned)} is still on your plan, if you like.` : restTomorrow(facts),
      };
    case "building":
      return { headline: "Building.", week: weekStatus(facts), next: distance(facts) };
    case "none":
      return {
        headline: isOver(facts) ? "A quiet week. It happens." : "No strength yet this week, and that is fine.",
        week: `${weekName(facts)} 0 min strength${facts.summary.aerobic > 0 ? `, ${facts.summary.aerobic} min cardio` : ""}`,
        next: isOver(facts) ? "" : "In the studies the biggest step was from none to some: ten minutes would count.",
      };
  }
}

function isOver({ summary, today }: AdviceFacts): boolean {
  return Temporal.PlainDate.compare(summary.week.until, today) <= 0;
}

function distance(facts: AdviceFacts): string {
  const { toSweetSpot, minutes } = facts.summary.dose;
  if (isOver(facts) || toSweetSpot === 0) return "";
  const planned = nextPlannedDay(facts);
  const when = planned ? ` ${weekdayName(planned)} is on your plan.` : "";
  if (minutes === toSweetSpot && facts.isFirstLog) return `The same once more would reach the sweet spot.${when}`;
  return `Another ${toSweetSpot} and you are in the sweet spot.${when}`;
}

/** Empty if tomorrow is a planned training day, or if there was no strength today. */
function restTomorrow({ logged, today, user }: AdviceFacts): string {
  const isToday = logged.some(({ day, shares }) => shares.strength > 0 && day.equals(today));
  const isPlanned = user.plan?.days.includes(weekdayOf(today.add({ days: 1 }))) ?? false;
  return isToday && !isPlanned ? "Tomorrow is a rest day; a walk would be perfect." : "";
}

function onDays({ summary }: AdviceFacts): string {
  const count = summary.strengthDays.length;
  return count > 1 ? ` on ${count} days` : "";
}

/** Counts only days up to today: a future day is not a rest day yet. */
function restDays({ summary, today }: AdviceFacts): string {
  const now = indexInWeek(summary.week, today);
  const rests = summary.days.filter(({ strength }, place) => strength === 0 && place <= now);
  return rests.length > 1 ? `${rests.length} days without weights are in there, good.` : "";
}
