/** `/log`, and the buttons of what it asks back. */

import { kinds } from "#core/evidence/activities.ts";
import { freeText, oneWord } from "#core/args.ts";
import { questionIdOf } from "#core/lib/ids.ts";
import { daysWith, withAloud } from "./announcement.ts";
import { groupWeek } from "#core/groups/board.ts";
import { after, atOnce, command } from "#core/command.ts";
import { type Ask, parseEntries } from "#core/parsing/log-entries.ts";
import { hasRoom, isTeachable, maxWords } from "#core/parsing/own-words.ts";
import type { Answer, Question } from "#core/model/clarification.ts";
import { daysAround, record } from "./log-sessions.ts";
import { isRefusal, type Refusal, refuse } from "#core/model/refusal.ts";
import type { Choice } from "#core/model/reply.ts";
import type { Decision, Known, Outcome, Prepared, Situation } from "#core/model/context.ts";
import { suggestEntries } from "#core/commands/autocomplete/entries.ts";
import { foldWord } from "#core/lib/text.ts";
import { activityLabel, answerLabels, kindLabel, sayAsk, sayDropped, sayFull } from "#core/voice/question.ts";

/** What was said, and when, with the answers that were given since. */
type Said = Pick<Question, "text" | "saidOn" | "answered">;

const examples = [
  "/log 20 strength",
  "/log 45m run yesterday",
  "/log 1.5h hike sat",
  "/log 20 strength, 30 walk",
  '/log 20 min kettlebells hard tue "felt easy"',
] as const;

/** Records what a person trained. */
export const log = command({
  name: "log",
  summary: "records one or more sessions and answers with the dose of the week",
  args: {
    sessions: freeText(
      "minutes and activity; if you like a day, easy or hard, and a note in quotes; a comma parts sessions",
      "required",
      suggestEntries(examples),
    ),
  },
  examples: [...examples],
  isListed: true,
  prepare: ({ sessions }, known) => prepareLog({ text: sessions, saidOn: known.today, answered: [] }, known),
});

/** Answers a question about what was to be logged. */
export const answer = command({
  name: "answer",
  summary: "answers what was asked back",
  args: { question: oneWord("which question"), number: oneWord("which button") },
  examples: ["/log 20 strength"],
  isListed: false,
  prepare: ({ question, number }) => after({ question: true }, (situation) => decideAnswer(question, Number(number), situation)),
});

function decideAnswer(id: string, number: number, situation: Situation): Outcome | Prepared | Refusal {
  const open = situation.question;
  const given = open?.answers[number - 1];
  if (!open || open.id !== id || !given) return refuse("stale-question", "", "/log 20 strength");
  const close = { kind: "question-answered", userId: open.userId, id: open.id } as const;
  if (given.kind === "drop") return { reply: { blocks: [sayDropped()] }, changes: [close] };
  const prepared = prepareLog({ ...open, answered: [...open.answered, given] }, situation);
  if (isRefusal(prepared)) return prepared;
  return after(prepared.needs, (loaded) => closing(prepared.decide(loaded), close));
}

/** The question is closed in the commit that acts on its answer. */
function closing(decision: Decision, close: Outcome["changes"][number]): Decision {
  if ("needs" in decision) return after(decision.needs, (situation) => closing(decision.decide(situation), close));
  return "changes" in decision ? { ...decision, changes: [close, ...decision.changes] } : decision;
}

function prepareLog(said: Said, known: Known): Prepared | Refusal {
  const read = parseEntries(said.text, { today: said.saidOn, locale: known.locale, words: known.user.words, answered: said.answered });
  if (read.kind === "ask") return atOnce(askBack(read.ask, said, known));
  if (read.kind !== "entries") return read;
  const { entries } = read;
  const about = entries.map(({ day }) => day);
  const days = daysAround(about, known);
  const words = learned(said.answered);
  const { channel, isMember } = known;
  if (!channel || !isMember) return after({ days }, (situation) => record(entries, situation, words));
  return after({ here: channel }, ({ here }) => {
    if (!here) return after({ days }, (situation) => record(entries, situation, words));
    const wider = daysWith(days, groupWeek(here.group, known.now));
    return after({ days: wider }, (situation) => withAloud(record(entries, situation, words), here, situation));
  });
}

/** The words that are kept from now on. */
function learned(answered: readonly Answer[]): Situation["user"]["words"] {
  return Object.fromEntries(answered.filter((given) => given.kind === "remember").map(({ word, activity }) => [word, activity]));
}

function askBack(ask: Ask, said: Said, { user, id }: Known): Outcome {
  const isFull = !hasRoom(user.words);
  const options = optionsOf(ask).map(([label, given]) => [label, isFull ? forOnce(given) : given] as const);
  const question: Question = {
    id: questionIdOf(id),
    userId: user.id,
    text: said.text,
    saidOn: said.saidOn,
    answered: said.answered,
    answers: options.map(([, given]) => given),
  };
  const choices: readonly Choice[] = options.map(([label], index) => ({ label, says: `/answer ${id} ${index + 1}` }));
  const isLost = isFull && optionsOf(ask).some(([, { kind }]) => kind === "remember");
  const isKept = options.some(([, { kind }]) => kind === "remember");
  return {
    reply: { blocks: [sayAsk(ask, isKept), ...(isLost ? [sayFull(maxWords)] : []), { kind: "choices", layout: "row", choices }] },
    changes: [{ kind: "question-asked", question }],
  };
}

/** The same answer, about this message alone. */
function forOnce(given: Answer): Answer {
  return given.kind === "remember" ? { ...given, kind: "means" } : given;
}

const drop = [answerLabels.drop, { kind: "drop" }] as const;

/** The buttons of a question. A word with one usual meaning is remembered once it was answered; one that means many things is not. */
function optionsOf(ask: Ask): readonly (readonly [string, Answer])[] {
  switch (ask.kind) {
    case "near":
      return [
        ...ask.options.map(
          (activity) => [activityLabel(activity), { kind: "means", word: foldWord(ask.word), activity: activity.id }] as const,
        ),
        [answerLabels.other, { kind: "other", word: foldWord(ask.word) }],
      ];
    case "ambiguous": {
      const kind = ask.term.default ? "remember" : "means";
      return [...ask.options.map((activity) => [activityLabel(activity), { kind, word: ask.word, activity: activity.id }] as const), drop];
    }
    case "unknown": {
      const word = foldWord(ask.word);
      const kind = isTeachable(word) ? "remember" : "means";
      return [...kinds.map((activity) => [kindLabel(activity), { kind, word, activity: activity.id }] as const), drop];
    }
    case "long":
      return [[answerLabels.long, { kind: "long" }], drop];
  }
}
