/** The questions that the bot asks back, and the labels of their buttons. */

import { kinds, shortName } from "#core/evidence/activities.ts";
import type { ClarificationRequest } from "#core/parsing/log-entries.ts";
import type { Activity } from "#core/evidence/evidence.ts";
import { type Block, bold, buttons, text } from "#core/model/reply.ts";
import { list, sentence } from "#core/phrases.ts";

const nothingYet = " Nothing is recorded yet.";

/** The question in one line. `isKept` says whether the answer to an unknown word will be remembered. */
export function sayClarification(request: ClarificationRequest, isKept = true): Block {
  switch (request.kind) {
    case "near":
      return text(bold(`Did you mean ${list(request.options.map(shortName)).replace(" and ", " or ")}?`), nothingYet);
    case "ambiguous":
      return text(bold(request.term.ask), nothingYet);
    case "unknown":
      return text(
        bold(`What kind of training is "${request.word}"?`),
        `${nothingYet}${isKept ? " I ask once and remember it for you." : ""}`,
      );
    case "long":
      return text(
        bold(`${list(request.entries.map(({ minutes, activity }) => `${minutes} min ${shortName(activity)}`))} at once?`),
        nothingYet,
      );
  }
}

/** Below a question about a word: the user already has the maximum number of own words. */
export function sayFull(most: number): Block {
  return text(`You've taught me ${most} words of your own, and that's all I can keep: this one I'll use once.`);
}

/** Asks for a session, after a button that has no session of its own. */
export function sayEntryAsked(): readonly Block[] {
  return [
    text(bold("What did you train?"), nothingYet),
    buttons({ label: "Log", says: "/entry", field: { label: "Session", value: "20 strength" } }),
  ];
}

/** The button label of an activity. */
export function activityLabel(activity: Activity): string {
  return sentence(shortName(activity));
}

const kindLabels = ["Strength", "Cardio", "Both", "Stretching or balance"];

/** The button label of a kind of training. */
export function kindLabel(activity: Activity): string {
  return kindLabels[kinds.indexOf(activity)] ?? activityLabel(activity);
}

/** The labels of the other buttons. */
export const answerLabels = { other: "Something else", long: "Yes, record it", drop: "Record nothing" } as const;

/** In reply to "record nothing". */
export function sayDropped(): Block {
  return text(bold("All right."), " Nothing is recorded.");
}
