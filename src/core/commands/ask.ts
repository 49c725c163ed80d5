/** `/ask`, its buttons and *Why?*: answers from the evidence. */

import { factOf, findAnswer } from "#core/ask/find-answer.ts";
import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { pastWeeks, trendOf } from "#core/training/streak.ts";
import { suggestQuestions } from "#core/commands/autocomplete/questions.ts";
import { weekOf } from "#core/lib/time.ts";
import { isAboutMinutes, sayAskMe, sayFact, sayUnknown, sayWhich } from "#core/voice/ask.ts";
import { summarize } from "#core/training/week-summary.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { defaultFact } from "#core/ask/fact-behind-week.ts";

/** Answers a question from the evidence. */
export const ask = command({
  name: "ask",
  summary: "answers a question from the evidence, with its sources, or says that it does not know",
  args: { question: freeText("what you want to know, in your own words", "optional", suggestQuestions) },
  examples: ["/ask why 40 to 60?", "/ask does walking count", "/ask how much protein a day"],
  isListed: true,
  prepare({ question }, context) {
    if (question === "") return say(...sayAskMe());
    const found = findAnswer(question, context.user.words);
    switch (found.kind) {
      case "fact":
        return show(found.fact, found.near, context);
      case "several":
        return say(...sayWhich(found.near));
      case "nothing":
        return say(...sayAskMe());
      case "none":
        return say(...sayUnknown(found.near));
    }
  },
});

/** Shows the fact with this id, for *Why?* and suggested questions. Without words: where the sweet spot is from. Other text: `/ask`. */
export const why = command({
  name: "why",
  summary: "shows what the evidence says on one question",
  args: { fact: freeText("", "optional") },
  examples: ["/why"],
  isListed: false,
  prepare({ fact: id }, context) {
    const fact = id === "" ? defaultFact : factOf(id);
    return fact ? show(fact, [], context) : ask.prepare(id, context);
  },
});

function show(fact: Fact, near: readonly Fact[], { user, today }: RequestContext): Step {
  if (!isAboutMinutes(fact)) return say(...sayFact(fact, undefined, near));
  const week = weekOf(today, user.firstDay);
  return withData({ sessions: { from: beginning, until: week.until } }, ({ sessions }) => {
    const trend = trendOf(pastWeeks(sessions, week, user.firstDay));
    return say(...sayFact(fact, { user, summary: summarize(sessions, week), trend }, near));
  });
}
