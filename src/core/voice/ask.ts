/** Replies to a question: a fact with its sources, a choice of facts, or that there is no answer. */

import { factAbout } from "#core/ask/find-answer.ts";
import { habitWeeks, sweetSpot } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import { type Block, bold, buttons, type Choice, type Inline, link, text } from "#core/model/reply.ts";
import { sourceOf } from "#core/evidence/sources.ts";
import type { Trend } from "#core/training/streak.ts";
import type { User } from "#core/model/user.ts";
import type { WeekSummary } from "#core/training/week-summary.ts";
import { factBehind } from "#core/ask/fact-behind-week.ts";
import { range, numberWord } from "#core/phrases.ts";

const { caveats } = evidence.dose;

/** The user's own numbers, shown with a fact about minutes. */
export type OwnMinutes = { readonly user: User; readonly summary: WeekSummary; readonly trend: Trend };

/** Facts about weekly minutes of strength and, below, of aerobic activity. The user's own minutes are shown with them. */
const aboutStrength: ReadonlySet<Fact> = new Set(
  [
    "Why 40 to 60 minutes a week?",
    "How much strength training is too much?",
    "Should I stop at 60 minutes?",
    "I train four hours a week. Am I harming myself?",
    "Is it true that lifting too much is worse than doing nothing?",
    "What does the big 2026 study say?",
    "Do a few minutes count?",
    "Will 40 minutes build muscle?",
    "What do the experts advise instead of a number?",
  ].map(factAbout),
);
const aboutAerobic: ReadonlySet<Fact> = new Set(
  ["How much aerobic activity do I need?", "Is there too much vigorous exercise?", "Is there too much moderate exercise?"].map(factAbout),
);

/** Sample questions, for a user who has not asked one. */
const usual: readonly Fact[] = ["Why 40 to 60 minutes a week?", "Do a few minutes count?", "Is walking enough?"].map(factAbout);

/** Whether the user's own minutes are shown with `fact`. */
export function isAboutMinutes(fact: Fact): boolean {
  return aboutStrength.has(fact) || aboutAerobic.has(fact);
}

/** A fact, the user's own minutes if they fit, the sources with their certainty, and up to two related questions. */
export function sayFact(fact: Fact, own: OwnMinutes | undefined, near: readonly Fact[]): readonly Block[] {
  const you = own ? ownNumbers(fact, own) : "";
  return [
    ...sayAnswer(fact),
    ...(you === "" ? [] : [text(you)]),
    ...saySources(fact),
    ...(near.length > 0 ? [buttons(...near.slice(0, 2).map(choiceOf))] : []),
  ];
}

/** The longest first sentence that is set in bold as a summary, in UTF-16 units. */
const longestLead = 60;

/** Sets the answer's first sentence in bold if it is short, and the question otherwise. */
function sayAnswer({ question, answer }: Fact): readonly Block[] {
  const lead = /^[^.]+\.(?= |$)/.exec(answer)?.[0] ?? "";
  if (lead === "" || lead.length > longestLead) return [text(bold(question), ` ${answer}`)];
  return [text(question), text(bold(lead), answer.slice(lead.length))];
}

function ownNumbers(fact: Fact, { user, summary, trend: { average } }: OwnMinutes): string {
  if (aboutAerobic.has(fact)) return summary.aerobic > 0 ? `You are at ${summary.aerobic} min of cardio this week.` : "";
  const { minutes } = summary.dose;
  const week = minutes > 0 ? `You are at ${minutes} min of strength this week` : "";
  const habit =
    average === undefined ? "" : `${week === "" ? "You are" : ", and"} at about ${average} over ${numberWord(habitWeeks)} weeks`;
  if (week + habit === "") return "";
  return `${week}${habit}. ${user.band ? `Your own band is ${range(user.band)}, and I go by yours.` : `The sweet spot is ${range(sweetSpot)}.`}`;
}

function saySources({ sources, reported }: Fact): readonly Block[] {
  const [first] = sources;
  if (first === undefined) return [];
  const named = sources.flatMap((id, index): readonly Inline[] => {
    const { name, address } = sourceOf(id);
    const parts = [index === 0 ? " " : ", ", ...(address ? [link(name, address)] : [name])];
    return reported.includes(id) ? [...parts, " (at second hand)"] : parts;
  });
  const { name, certainty } = sourceOf(first);
  return [text(bold("Sources:"), ...named, "."), text(bold("How sure:"), ` ${certainty} (${name}).`)];
}

function choiceOf({ question, id }: Fact): Choice {
  return { label: question, says: `/why ${id}` };
}

/** The *Why?* button: it shows the fact behind the user's week. */
export function whyChoice({ summary, user }: Pick<OwnMinutes, "summary" | "user">): Choice {
  return { label: "Why?", says: `/why ${factBehind(summary, user).id}` };
}

function pick(facts: readonly Fact[]): Block {
  return buttons(...facts.map(choiceOf));
}

/** Several facts match equally well. */
export function sayWhich(near: readonly Fact[]): readonly Block[] {
  return [text(bold("Which of these do you mean?")), pick(near)];
}

/** No fact matches. */
export function sayUnknown(near: readonly Fact[]): readonly Block[] {
  const nearest = near.length > 0 ? "Perhaps you mean one of these." : "These, for example, I can answer.";
  return [
    text(bold("I do not know."), ` I found no answer to that in my evidence. ${caveats.not_medical}`),
    text(nearest),
    pick(near.length > 0 ? near : usual),
  ];
}

/** No question was given. */
export function sayAskMe(): readonly Block[] {
  return [text(bold("What would you like to know?"), ` I answer from studies, with their names. ${caveats.not_medical}`), pick(usual)];
}
