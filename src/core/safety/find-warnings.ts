/** The search for warning signs. It runs before all else: the search for answers, the grammar and any number. */

import { harmlessPatterns, patterns, type Warning, warnings, typos } from "./warning-patterns.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { fold } from "#core/lib/text.ts";

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"];
const teens: ReadonlyMap<string, string> = new Map(
  [...numbers, "fourteen", "fifteen", "sixteen", "seventeen"].map((word, index) => [word, String(index)] as const).slice(8),
);

/** Matches any warning sign in one pass, because most texts have none. */
const anySign = eitherOf(warnings.flatMap((warning) => patterns[warning]));
const anyNothing = eitherOf(harmlessPatterns);

/** The warnings whose signs are in `text`, the most urgent first. */
export function findWarnings(text: string): readonly Warning[] {
  const plain = normalize(text);
  const said = anyNothing.test(plain) ? harmlessPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, " "), plain) : plain;
  if (!anySign.test(said)) return [];
  return warnings.filter((warning) => patterns[warning].some((pattern) => pattern.test(said)));
}

/** One pattern that matches where any of `those` does. Each starts with `\b`, which is matched once here. */
function eitherOf(those: readonly RegExp[]): RegExp {
  const rests = those.map(({ source }) => `(?:${source.replace(/^\\b/, "")})`);
  return new RegExp(`\\b(?:${rests.join("|")})`);
}

/** The words of `text`, separated by one space, with typos corrected. */
function normalize(text: string): string {
  const words = fold(text)
    .replaceAll("'", "")
    .replaceAll(/(\d)(?=\p{L})/gu, "$1 ")
    .split(/[^\p{L}\p{N}]+/u);
  return words
    .filter((word) => word !== "")
    .map((word) => teens.get(word) ?? correctSpelling(word))
    .join(" ");
}

const spelledRight: ReadonlySet<string> = new Set([...typos.words, ...typos.others]);

/** The correct words by first letter. The sum of character codes rules out most letter swaps without sorting. */
const meantBy = Map.groupBy(
  typos.words.map((meant) => ({ meant, sum: sumOf(meant), letters: sorted(meant) })),
  ({ meant }) => meant[0],
);

function correctSpelling(word: string): string {
  if (word.length < 4 || spelledRight.has(word)) return word;
  return meantBy.get(word[0])?.find((one) => isTypo(word, one))?.meant ?? word;
}

/** A typo is one added, missing or wrong letter (two in a word of more than 8 letters), or the same letters in another order. */
function isTypo(
  word: string,
  { meant: canonical, sum, letters }: { readonly meant: string; readonly sum: number; readonly letters: string },
): boolean {
  const isSwap = word.length === canonical.length && sumOf(word) === sum && sorted(word) === letters;
  return isSwap || editDistance(word, canonical, canonical.length > 8 ? 2 : 1) !== undefined;
}

function sumOf(word: string): number {
  let sum = 0;
  for (let place = 0; place < word.length; place += 1) sum += word.charCodeAt(place);
  return sum;
}

function sorted(word: string): string {
  return Array.from(word).toSorted().join("");
}
