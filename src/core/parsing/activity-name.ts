/** Matcher of activity names: by the user's answers, by their own words, and by the catalogue. */

import { activityOf, findMeaning, maxNameWords, type Meaning } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import type { Activity } from "#core/evidence/evidence.ts";
import type { ClarificationAnswer } from "#core/model/clarification.ts";
import { type Tokens, type Match, matchAll } from "#core/lib/match-tokens.ts";
import { foldWord, quotable } from "#core/lib/text.ts";

/** The user's words in addition to the catalogue. */
export type Vocabulary = {
  /** The user's own words, folded. */
  readonly words: Readonly<Record<string, ActivityId>>;
  /** Answers to the clarifications of this message. */
  readonly answered: readonly ClarificationAnswer[];
};

/** A matched activity name, as the user wrote it, with its meaning. */
export type NamedActivity = {
  readonly said: string;
  readonly meaning: Meaning | { readonly kind: "own"; readonly activity: Activity; readonly word: string };
};

/**
 * The activity name in `words`, the number of names with another meaning, and the remaining words.
 *
 * The longest names are matched first, before numbers and days: "5k run" and "sun salutations" stay whole.
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
