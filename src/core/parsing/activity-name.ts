/** Finds which activity a line of words names: by the person's own words, by what they answered, and by the catalogue. */

import { activityOf, findMeaning, maxNameWords, type Meaning } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import type { Activity } from "#core/evidence/evidence.ts";
import type { ClarificationAnswer } from "#core/model/clarification.ts";
import { type Tokens, type Match, matchAll } from "#core/lib/match-tokens.ts";
import { foldWord, quotable } from "#core/lib/text.ts";

/** The words that this person has beside the catalogue's. */
export type Vocabulary = {
  /** Their own, folded. */
  readonly words: Readonly<Record<string, ActivityId>>;
  /** What they answered to the questions about this message. */
  readonly answered: readonly ClarificationAnswer[];
};

/** A name of an activity that was found, as it was said. */
export type NamedActivity = {
  readonly said: string;
  readonly meaning: Meaning | { readonly kind: "own"; readonly activity: Activity; readonly word: string };
};

/**
 * The name in `words`, how many others mean something else, and the words around it.
 *
 * The longest name is taken first, before numbers and days are read: "5k run" and "sun salutations" stay whole.
 */
export function matchActivity(
  words: Tokens,
  vocabulary: Vocabulary,
): { readonly name: NamedActivity | undefined; readonly others: number; readonly left: readonly Tokens[] } {
  let left: readonly Tokens[] = [words];
  const names: NamedActivity[] = [];
  for (let size = Math.min(words.length, maxNameWords); size > 0; size -= 1) {
    const taken = matchAll(left, (tokens) => matchName(tokens, size, vocabulary));
    names.push(...taken.found);
    left = taken.left;
  }
  const sure = names.filter(({ meaning }) => meaning.kind === "activity" || meaning.kind === "own");
  const name = sure[0] ?? names.find(({ meaning }) => meaning.kind === "ambiguous") ?? names[0];
  const others = sure.filter(({ meaning }) => name && activityIn(meaning) !== activityIn(name.meaning)).length;
  return { name, others, left };
}

function activityIn(meaning: NamedActivity["meaning"]): Activity | undefined {
  return "activity" in meaning ? meaning.activity : undefined;
}

function matchName(tokens: Tokens, size: number, { words, answered }: Vocabulary): Match<NamedActivity> | undefined {
  if (tokens.length < size) return undefined;
  const said = tokens.slice(0, size).join(" ");
  const word = foldWord(said);
  const answer = answered.find((given) => "word" in given && given.kind !== "other" && given.word === word);
  const own = (answer && "activity" in answer ? answer.activity : undefined) ?? (Object.hasOwn(words, word) ? words[word] : undefined);
  const known = findMeaning(word);
  if (own) {
    const activity = activityOf(own);
    const isNew = known === undefined && answer?.kind !== "means";
    return {
      count: size,
      value: { said, meaning: isNew ? { kind: "own", activity, word: quotable(said) } : { kind: "activity", activity } },
    };
  }
  return known && { count: size, value: { said, meaning: known } };
}
