/** The fixed texts for warning signs: sentences of the evidence, without numbers. */

import { factAbout } from "#core/ask/find-answer.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { type Block, bold, buttons, inlineCode, type Inline, text } from "#core/model/reply.ts";
import type { Warning } from "#core/safety/warning-patterns.ts";

const { caveats } = evidence.dose;

/** The fact behind each text, by its question. The evidence has none on eating disorders or on minors. */
const sources: Readonly<Record<Warning, string | undefined>> = {
  symptoms: "Should I see a doctor first?",
  despair: undefined,
  breakdown: "I am sore. Is that bad, and may I train?",
  back: "Is strength training good for back pain?",
  pregnancy: "May I lift while pregnant?",
  surgery: "How do I restart after a long break?",
  eating: undefined,
  minor: undefined,
};

const fixed: Readonly<Record<Warning, readonly Inline[]>> = {
  symptoms: led(caveats.symptoms, ". "),
  despair: [bold("Please do not stay alone with this."), ` ${sentenceOf("Does it help mood?", "If you are in despair")}`],
  breakdown: [
    bold("This is not for a training log."),
    ` ${sentenceOf("I am sore. Is that bad, and may I train?", "Very strong pain with swelling")}`,
  ],
  back: [bold("This is not for a training log."), ` ${sentenceOf("Is strength training good for back pain?", "After an accident")}`],
  pregnancy: [
    ...led(sentenceOf("May I lift while pregnant?", "Ask your midwife"), ": "),
    ` ${sentenceOf("May I lift while pregnant?", "Bleeding")}`,
  ],
  surgery: [bold(sentenceOf("How do I restart after a long break?", "After an operation")), ` ${caveats.not_medical}`],
  eating: [
    bold("Here somebody who knows you counts for more than minutes."),
    " With food and training at odds, a doctor or therapist comes before any log, and telling one of them is a good first step. If you faint, or your heart races or stumbles, call your emergency number.",
  ],
  minor: [
    bold("My numbers are about adults."),
    " They come from studies of grown-ups, so I have none for anybody under age. A parent, a doctor, or a coach who is there knows better what fits.",
  ],
};

/** The sentence of a fact that starts with `start`. Throws if the data does not have it, so that no sentence is silently lost. */
function sentenceOf(question: string, start: string): string {
  const found = factAbout(question)
    .answer.split(/(?<=\.)\s+(?=[A-Z])/)
    .find((sentence) => sentence.startsWith(start));
  if (!found) throw new Error(`Find "${start}" in fact "${question}": it must be a sentence of it`);
  return found;
}

/** Sets the part of `words` before the end of `mark` in bold. */
function led(words: string, mark: string): readonly Inline[] {
  const end = words.indexOf(mark) + mark.length - 1;
  return [bold(words.slice(0, end)), words.slice(end)];
}

/** What happened to the rest of the message: logged, changed and undoable, done for good, not logged, or nothing to do. */
export type WarningEffect = "recorded" | "changed" | "done" | "not-recorded" | "nothing";

const kept: Readonly<Record<WarningEffect, readonly Block[]>> = {
  recorded: [text("What you logged is recorded; ", inlineCode("/undo"), " takes it back.")],
  changed: [text("What you asked for is done; ", inlineCode("/undo"), " takes it back.")],
  done: [text("What you asked for is done.")],
  "not-recorded": [text("Nothing is recorded.")],
  nothing: [],
};

/** The texts for `warnings`, what happened to the rest of the message, and a button for the source. */
export function sayWarning(warnings: readonly Warning[], of: WarningEffect): readonly Block[] {
  const source = warnings.flatMap((warning) => sources[warning] ?? [])[0];
  return [
    ...warnings.map((warning) => text(...fixed[warning])),
    ...kept[of],
    ...(source ? [buttons({ label: "Sources", says: `/why ${factAbout(source).id}` })] : []),
  ];
}
