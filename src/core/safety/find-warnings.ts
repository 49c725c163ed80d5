/** Warning signs come before everything else: before the search, before the grammar, before any number. */

import { harmlessPatterns, patterns, type Warning, warnings, typos } from "./warning-patterns.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { fold } from "#core/lib/text.ts";

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"];
const teens: ReadonlyMap<string, string> = new Map(
  [...numbers, "fourteen", "fifteen", "sixteen", "seventeen"].map((word, index) => [word, String(index)] as const).slice(8),
);

/** Whether any of them is found, in one pass: most texts have none. */
const anySign = eitherOf(warnings.flatMap((warning) => patterns[warning]));
const anyNothing = eitherOf(harmlessPatterns);

/** The warning signs in `text`, the most urgent first. */
export function findWarnings(text: string): readonly Warning[] {
  const plain = normalize(text);
  const said = anyNothing.test(plain) ? harmlessPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, " "), plain) : plain;
  if (!anySign.test(said)) return [];
  return warnings.filter((warning) => patterns[warning].some((pattern) => pattern.test(said)));
}

/** Finds something exactly where one of `those` does. Each of them begins with `\b`, which is looked for once here. */
function eitherOf(those: readonly RegExp[]): RegExp {
  const rests = those.map(({ source }) => `(?:${source.replace(/^\\b/, "")})`);
  return new RegExp(`\\b(?:${rests.join("|")})`);
}

/** Words alone, one space between them, slips mended. */
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

/** What a slip is compared with, by its first letter. The sum of the letters tells most words from a swap before they are sorted. */
const meantBy = Map.groupBy(
  typos.words.map((meant) => ({ meant, sum: sumOf(meant), letters: sorted(meant) })),
  ({ meant }) => meant[0],
);

function correctSpelling(word: string): string {
  if (word.length < 4 || spelledRight.has(word)) return word;
  return meantBy.get(word[0])?.find((one) => isTypo(word, one))?.meant ?? word;
}

/** One letter too many, too few or another, two in a long word, or the same letters in another order. */
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
