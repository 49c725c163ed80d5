/** Warning signs come before everything else: before the search, before the grammar, before any number. */

import { nothings, patterns, type Sign, signs, slips } from "./signs.ts";
import { distance } from "./spelling.ts";
import { fold } from "./text.ts";

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"];
const teens: ReadonlyMap<string, string> = new Map(
  [...numbers, "fourteen", "fifteen", "sixteen", "seventeen"].map((word, index) => [word, String(index)] as const).slice(8),
);

/** The warning signs in `text`, the most urgent first. */
export function findSigns(text: string): readonly Sign[] {
  const said = nothings.reduce((rest, pattern) => rest.replaceAll(pattern, " "), plainly(text));
  return signs.filter((sign) => patterns[sign].some((pattern) => pattern.test(said)));
}

/** Words alone, one space between them, slips mended. */
function plainly(text: string): string {
  const words = fold(text)
    .replaceAll("'", "")
    .replaceAll(/(\d)(?=\p{L})/gu, "$1 ")
    .split(/[^\p{L}\p{N}]+/u);
  return words
    .filter((word) => word !== "")
    .map((word) => teens.get(word) ?? mended(word))
    .join(" ");
}

const known: ReadonlySet<string> = new Set([...slips.words, ...slips.others]);

function mended(word: string): string {
  if (word.length < 4 || known.has(word)) return word;
  return slips.words.find((one) => isSlip(word, one)) ?? word;
}

/** One letter too many, too few or another, two in a long word, or the same letters in another order. */
function isSlip(word: string, meant: string): boolean {
  if (word[0] !== meant[0]) return false;
  const isSwap = word.length === meant.length && sorted(word) === sorted(meant);
  return isSwap || distance(word, meant, meant.length > 8 ? 2 : 1) !== undefined;
}

function sorted(word: string): string {
  return Array.from(word).toSorted().join("");
}
