/** Tokenizer: turns questions and facts into stemmed terms, without stop words and with synonyms resolved. */

import { activityOf, findMeaning, maxNameWords, shortName } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import { doseOf } from "#core/training/dose.ts";
import { matchDuration } from "#core/parsing/duration.ts";
import { replacePhrases, canonical, neverCorrect, stopWords, wordings } from "./synonyms.ts";
import { type Activity, evidence } from "#core/evidence/evidence.ts";
import { lazy } from "#core/lib/lazy.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { fold, foldWord } from "#core/lib/text.ts";

/** A user's own words for activities, folded. */
export type OwnWords = Readonly<Record<string, ActivityId>>;

/** A duration. The unit is required, so that years and counts do not match. */
const duration =
  /\b(?:\d+(?:[.,]\d+)?|an?|half an|one|two|three|four|five|six|ten|fifteen|twenty|thirty|forty|fifty|sixty|ninety) ?(?:h|hrs?|hours?|m|mins?|minutes?)\b(?: and a half)?/g;
const counts: Readonly<Record<string, string>> = {
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  ten: "10",
  fifteen: "15",
  twenty: "20",
  thirty: "30",
  forty: "40",
  fifty: "50",
  sixty: "60",
  ninety: "90",
};

/** A number that is an age: "im 67", "at 71", "a 65 yr old". */
const age =
  /\b(?:im|i am|at|of|aged?|over|after|turned) (?:[5-9]\d)\b(?! ?(?:m|h|%|k|reps|steps|\d))|\b[5-9]\d[ -]?(?:years?|yrs?|yo)(?:[ -]?old)?\b|\b[5-9]\d too old\b/g;

/** The words of `text`, in order. Only the capitals distinguish WHO, the guideline's author, from "who". */
function tokenize(text: string): readonly string[] {
  const plain = fold(text.replaceAll(/\bWHO\b/g, "official guideline")).replaceAll("'", "");
  return replacePhrases(plain.replaceAll(age, " old ").replaceAll(duration, zoneOf))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Adds the zone of a duration to it, so that "2h" also matches facts about the same zone. */
function zoneOf(said: string): string {
  const words = said.replace(/^[a-z]+(?= (?!hour\b))/, (count) => counts[count] ?? count).split(" ");
  const read = matchDuration(words)?.value;
  return read?.kind === "minutes" ? ` ${said} zone${doseOf(read.minutes).zone.id} ` : ` ${said} `;
}

const endings = ["ings", "ing", "ies", "ied", "ed", "es", "s"] as const;

/** A word without its ending. A rough stem is enough, because facts and questions are stemmed alike. */
function stemOf(word: string): string {
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= 3 && !(one === "s" && word.endsWith("ss")));
  if (!ending) return word.length > 4 ? word.replace(/e$/, "") : word;
  const stem = word.slice(0, -ending.length) + (ending.startsWith("ie") ? "y" : "");
  return stem.replace(/([bdfgmnprt])\1$/, "$1").replace(/e$/, "");
}

const vocabulary = lazy(
  (): ReadonlySet<string> =>
    new Set([
      ...stopWords,
      ...canonical.keys(),
      ...evidence.facts.flatMap(({ question, alsoAsked, answer }) => [question, ...alsoAsked, answer].flatMap(tokenize)),
      ...Object.values(wordings).flat().flatMap(tokenize),
    ]),
);

/** Numbers of two or more digits that occur in the wordings of facts. */
const numbers = lazy(
  (): ReadonlySet<string> =>
    new Set(
      evidence.facts.flatMap(({ question, alsoAsked }) => [question, ...alsoAsked].flatMap(tokenize)).filter((word) => /^\d{2}/.test(word)),
    ),
);

/** The nearest word of the vocabulary, or `word` itself. Words under five letters stay: too many are other words. */
function correctSpelling(word: string): string {
  if (word.length < 5 || /\d/.test(word) || isKnown(word) || neverCorrect.has(word)) return word;
  const most = word.length > 7 ? 2 : 1;
  const sorted = lettersOf(word);
  const near = [...vocabulary()].flatMap((known) => {
    if (known[0] !== word[0] || known.length < 4) return [];
    const edits = lettersOf(known) === sorted ? 1 : editDistance(known, word, most);
    return edits === undefined ? [] : [{ known, edits }];
  });
  return near.toSorted((a, b) => a.edits - b.edits)[0]?.known ?? word;
}

function lettersOf(word: string): string {
  return Array.from(word).toSorted().join("");
}

const stems = lazy(() => new Set([...vocabulary()].map(stemOf)));

function isKnown(word: string): boolean {
  return vocabulary().has(word) || stems().has(stemOf(word));
}

/** Whether a word is searched for. A number counts only if a fact's wording contains it. */
function isSearchable(word: string): boolean {
  return !/^\d+\p{L}{0,4}$/u.test(word) || numbers().has(word);
}

function termOf(word: string): string {
  return stemOf(canonical.get(word) ?? word);
}

/** The distinct terms of a fact's text. */
export function termsOfFact(text: string): readonly string[] {
  return [
    ...new Set(
      tokenize(text)
        .filter((word) => !stopWords.has(word))
        .map(termOf),
    ),
  ];
}

/** The distinct terms of a question. Typing errors are corrected, and the user's own words count as their activities. */
export function termsOfQuestion(text: string, own: OwnWords): readonly string[] {
  const said = tokenize(text).filter((word) => (word.length > 2 || vocabulary().has(word)) && isSearchable(word));
  const words = withActivities(said, own).map(correctSpelling);
  return [...new Set(words.filter((word) => !stopWords.has(word)).map(termOf))];
}

/** Replaces activity names that no fact contains by the activity's kind. The longest name wins. */
function withActivities(words: readonly string[], own: OwnWords): readonly string[] {
  for (let size = Math.min(words.length, maxNameWords); size > 0; size -= 1) {
    const at = words.findIndex((_, index) => activityIn(words.slice(index, index + size), own) !== undefined);
    const activity = activityIn(words.slice(at, at + size), own);
    if (at >= 0 && activity)
      return [...withActivities(words.slice(0, at), own), ...kindOf(activity), ...withActivities(words.slice(at + size), own)];
  }
  return words;
}

function activityIn(said: readonly string[], own: OwnWords): Activity | undefined {
  const word = foldWord(said.join(""));
  if (Object.hasOwn(own, word) && own[word]) return activityOf(own[word]);
  if (said.every((one) => vocabulary().has(one) || !/^\p{L}/u.test(one))) return undefined;
  const meaning = findMeaning(word);
  return meaning?.kind === "activity" ? meaning.activity : undefined;
}

function kindOf(activity: Activity): readonly string[] {
  const name = tokenize(shortName(activity));
  if (name.every((word) => vocabulary().has(word))) return name;
  return { strength: ["lift"], aerobic: ["cardio"], mixed: ["circuit"], "mobility/balance": ["yoga"] }[activity.modality];
}
