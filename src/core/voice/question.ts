/** What the coach asks back, and how its buttons are called. */

import { kinds, shortName } from "#core/evidence/activities.ts";
import type { ClarificationRequest } from "#core/parsing/log-entries.ts";
import type { Activity } from "#core/evidence/evidence.ts";
import { type Block, bold, buttons, text } from "#core/model/reply.ts";
import { list, sentence } from "#core/phrases.ts";

const nothingYet = " Nothing is recorded yet.";

/** The question, in one line. `isKept` is whether the answer is remembered for a word that nobody knows. */
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

/** Below a question about a word, where as many as are kept are known already. */
export function sayFull(most: number): Block {
  return text(`You've taught me ${most} words of your own, and that's all I can keep: this one I'll use once.`);
}

/** Asks for a session, from a button that has no words of its own. */
export function sayEntryAsked(): readonly Block[] {
  return [
    text(bold("What did you train?"), nothingYet),
    buttons({ label: "Log", says: "/entry", field: { label: "Session", value: "20 strength" } }),
  ];
}

/** How an activity is called on a button. */
export function activityLabel(activity: Activity): string {
  return sentence(shortName(activity));
}

const kindLabels = ["Strength", "Cardio", "Both", "Stretching or balance"];

/** How a kind of training is called on a button. */
export function kindLabel(activity: Activity): string {
  return kindLabels[kinds.indexOf(activity)] ?? activityLabel(activity);
}

/** The labels of the buttons that are not activities. */
export const answerLabels = { other: "Something else", long: "Yes, record it", drop: "Record nothing" } as const;

/** After "record nothing". */
export function sayDropped(): Block {
  return text(bold("All right."), " Nothing is recorded.");
}
