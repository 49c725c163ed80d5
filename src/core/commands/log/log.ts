/** `/log`, and the buttons of the questions that it asks back. */

import { kinds } from "#core/evidence/activities.ts";
import { freeText, oneWord } from "#core/args.ts";
import { clarificationIdOf } from "#core/lib/ids.ts";
import { spanning, withAnnouncement } from "./announcement.ts";
import { groupWeek } from "#core/groups/board.ts";
import { withData, mapResult, command } from "#core/command.ts";
import { type ClarificationRequest, parseEntries } from "#core/parsing/log-entries.ts";
import { hasRoom, isTeachable, maxWords } from "#core/parsing/own-words.ts";
import type { ClarificationAnswer, Clarification } from "#core/model/clarification.ts";
import { daysAround, logSessions } from "./log-sessions.ts";
import { isRefusal, refuse } from "#core/model/refusal.ts";
import type { Choice } from "#core/model/reply.ts";
import type { Step, RequestContext, Result, Loaded } from "#core/model/context.ts";
import type { User } from "#core/model/user.ts";
import { suggestEntries } from "#core/commands/autocomplete/entries.ts";
import { foldWord } from "#core/lib/text.ts";
import { activityLabel, answerLabels, kindLabel, sayClarification, sayDropped, sayFull } from "#core/voice/question.ts";

/** A text to log, its day, and the answers to earlier questions about it. */
type LogRequest = Pick<Clarification, "text" | "saidOn" | "answered">;

const examples = [
  "/log 20 strength",
  "/log 45m run yesterday",
  "/log 1.5h hike sat",
  "/log 20 strength, 30 walk",
  '/log 20 min kettlebells hard tue "felt easy"',
] as const;

/** Records what the user trained. */
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
  prepare: ({ sessions }, context) => prepareLog({ text: sessions, saidOn: context.today, answered: [] }, context),
});

/** Answers a question about a text to log. */
export const answer = command({
  name: "answer",
  summary: "answers what was asked back",
  args: { question: oneWord("which question"), number: oneWord("which button") },
  examples: ["/log 20 strength"],
  isListed: false,
  prepare: ({ question, number }) => withData({ clarification: true }, (data) => decideAnswer(question, Number(number), data)),
});

function decideAnswer(id: string, number: number, data: Loaded<"clarification">): Step {
  const open = data.clarification;
  const given = open?.answers[number - 1];
  if (!open || open.id !== id || !given) return refuse("stale-question", "", "/log 20 strength");
  const close = { kind: "clarification-answered", userId: open.userId, id: open.id } as const;
  if (given.kind === "drop") return { reply: { blocks: [sayDropped()] }, changes: [close] };
  const logged = prepareLog({ ...open, answered: [...open.answered, given] }, data);
  // The question is closed in the same commit as the changes of its answer.
  return mapResult(logged, (end) => (isRefusal(end) ? end : { ...end, changes: [close, ...end.changes] }));
}

function prepareLog(said: LogRequest, context: RequestContext): Step {
  const read = parseEntries(said.text, { today: said.saidOn, locale: context.locale, words: context.user.words, answered: said.answered });
  if (read.kind === "clarification") return requestClarification(read.clarification, said, context);
  if (read.kind !== "entries") return read;
  const { entries } = read;
  const about = entries.map(({ day }) => day);
  const days = daysAround(about, context);
  const words = learned(said.answered);
  const { channel, isMember } = context;
  return withData({ here: isMember ? channel : undefined }, ({ here }) =>
    withData({ sessions: here ? spanning(days, groupWeek(here.group, context.now)) : days }, (data) => {
      const logged = logSessions(entries, data, words);
      return here ? withAnnouncement(logged, here, data) : logged;
    }),
  );
}

/** Words whose meaning is saved for later logs. */
function learned(answered: readonly ClarificationAnswer[]): User["words"] {
  return Object.fromEntries(answered.filter((given) => given.kind === "remember").map(({ word, activity }) => [word, activity]));
}

function requestClarification(request: ClarificationRequest, said: LogRequest, { user, id }: RequestContext): Result {
  const isFull = !hasRoom(user.words);
  const options = optionsOf(request).map(([label, given]) => [label, isFull ? forOnce(given) : given] as const);
  const clarification: Clarification = {
    id: clarificationIdOf(id),
    userId: user.id,
    text: said.text,
    saidOn: said.saidOn,
    answered: said.answered,
    answers: options.map(([, given]) => given),
  };
  const choices: readonly Choice[] = options.map(([label], index) => ({ label, says: `/answer ${id} ${index + 1}` }));
  const isLost = isFull && optionsOf(request).some(([, { kind }]) => kind === "remember");
  const isKept = options.some(([, { kind }]) => kind === "remember");
  return {
    reply: {
      blocks: [sayClarification(request, isKept), ...(isLost ? [sayFull(maxWords)] : []), { kind: "choices", layout: "row", choices }],
    },
    changes: [{ kind: "clarification-asked", clarification }],
  };
}

/** The same answer, for this message only. */
function forOnce(given: ClarificationAnswer): ClarificationAnswer {
  return given.kind === "remember" ? { ...given, kind: "means" } : given;
}

const drop = [answerLabels.drop, { kind: "drop" }] as const;

/** A question's buttons. An unknown word, or one with a default meaning, is remembered once answered; others are asked each time. */
function optionsOf(request: ClarificationRequest): readonly (readonly [string, ClarificationAnswer])[] {
  switch (request.kind) {
    case "near":
      return [
        ...request.options.map(
          (activity) => [activityLabel(activity), { kind: "means", word: foldWord(request.word), activity: activity.id }] as const,
        ),
        [answerLabels.other, { kind: "other", word: foldWord(request.word) }],
      ];
    case "ambiguous": {
      const kind = request.term.default ? "remember" : "means";
      return [
        ...request.options.map((activity) => [activityLabel(activity), { kind, word: request.word, activity: activity.id }] as const),
        drop,
      ];
    }
    case "unknown": {
      const word = foldWord(request.word);
      const kind = isTeachable(word) ? "remember" : "means";
      return [...kinds.map((activity) => [kindLabel(activity), { kind, word, activity: activity.id }] as const), drop];
    }
    case "long":
      return [[answerLabels.long, { kind: "long" }], drop];
  }
}
