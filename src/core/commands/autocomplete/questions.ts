/** Suggestions for `/ask`: questions that the evidence answers. */

import { factsNear } from "#core/ask/find-answer.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { withData } from "#core/command.ts";
import { limitSuggestions, type Suggester } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import { findWarnings } from "#core/safety/find-warnings.ts";

/** Few, because nobody reads a long list while typing. */
const maxSuggestions = 8;

/** Suggests questions that contain every typed word as a prefix, then the nearest facts. Suggests nothing if there is a warning sign. */
export const suggestQuestions: Suggester = (words, _, { user }) =>
  withData({}, () => {
    if (findWarnings(words).length > 0) return [];
    const typed = folded(words);
    const held = evidence.facts.filter(({ question, alsoAsked }) => {
      const said = [question, ...alsoAsked].flatMap(folded);
      return typed.every((start) => said.some((word) => word.startsWith(start)));
    });
    const all = typed.length === 0 ? held : [...held, ...factsNear(words, user.words)];
    return limitSuggestions(
      all.map(({ question }) => ({ label: question, words: question })),
      maxSuggestions,
    );
  });

function folded(words: string): readonly string[] {
  return words
    .split(/\s+/)
    .map(foldWord)
    .filter((word) => word !== "");
}
