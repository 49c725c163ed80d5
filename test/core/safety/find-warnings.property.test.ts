import fc from "fast-check";
import { expect, test } from "vitest";
import { harmlessPatterns, patterns, type Warning, warnings, typos } from "#core/safety/warning-patterns.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { fold } from "#core/lib/text.ts";
import { findWarnings } from "#core/safety/find-warnings.ts";
import { scaled } from "../../support/counts.ts";
import { heldOut } from "../ask/held-out.ts";
import { laterHarmless } from "./later-harmless.ts";
import { laterWordings } from "./later-signs.ts";
import { harmless, wordings } from "./signs.ts";

const sentences = [...Object.values(wordings).flat(), ...laterWordings, ...harmless, ...laterHarmless, ...heldOut.map(([typed]) => typed)];
const vocabulary = [...new Set(sentences.flatMap((sentence) => sentence.split(" ")))];
const teens = ["eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"];

/** What `findWarnings` finds, with every pattern tried on every text and every word compared with every other. */
function findSlowly(text: string): readonly Warning[] {
  const words = fold(text)
    .replaceAll("'", "")
    .replaceAll(/(\d)(?=\p{L})/gu, "$1 ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  const plain = words.map((word) => (teens.includes(word) ? String(teens.indexOf(word) + 8) : mended(word))).join(" ");
  const said = harmlessPatterns.reduce((rest, pattern) => rest.replaceAll(pattern, " "), plain);
  return warnings.filter((warning) => patterns[warning].some((pattern) => pattern.test(said)));
}

function mended(word: string): string {
  const known: readonly string[] = [...typos.words, ...typos.others];
  if (word.length < 4 || known.includes(word)) return word;
  const isSwap = (meant: string): boolean => Array.from(word).toSorted().join("") === Array.from(meant).toSorted().join("");
  const isNear = (meant: string): boolean => editDistance(word, meant, meant.length > 8 ? 2 : 1) !== undefined;
  return typos.words.find((meant) => word[0] === meant[0] && (isSwap(meant) || isNear(meant))) ?? word;
}

test("finds in every sentence what all patterns find, one by one", () => {
  expect(sentences.map((text) => [text, findWarnings(text)])).toEqual(sentences.map((text) => [text, findSlowly(text)]));
});

/** A word with two of its letters swapped, or one left out, doubled or made another. */
const slipped = fc
  .tuple(fc.constantFrom(...vocabulary, ...typos.words), fc.nat(), fc.constantFrom("none", "swap", "drop", "double", "other"))
  .map(([word, at, slip]) => {
    const place = at % word.length;
    const [before, letter, next, rest] = [word.slice(0, place), word.charAt(place), word.charAt(place + 1), word.slice(place + 2)];
    if (slip === "swap") return `${before}${next}${letter}${rest}`;
    if (slip === "drop") return `${before}${next}${rest}`;
    if (slip === "double") return `${before}${letter}${letter}${next}${rest}`;
    return slip === "other" ? `${before}e${next}${rest}` : word;
  });

const joined = fc
  .tuple(fc.constantFrom(...sentences), fc.constantFrom(...sentences), fc.nat(), fc.nat())
  .map(([one, other, here, there]) => `${one.slice(here % (one.length + 1))} ${other.slice(0, there % (other.length + 1))}`);

const mixed = fc.array(slipped, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));

test("finds what all patterns find, one by one, in words with slips, in pieces of sentences and in anything else", () => {
  fc.assert(
    fc.property(fc.oneof(mixed, joined, fc.string({ unit: "grapheme", maxLength: 60 })), (text) => {
      expect(findWarnings(text)).toEqual(findSlowly(text));
    }),
    { numRuns: scaled(3000) },
  );
});

test("every pattern begins where a word does, as it is looked for", () => {
  const all = [...warnings.flatMap((warning) => patterns[warning]), ...harmlessPatterns];
  expect(all.filter(({ source }) => !source.startsWith(String.raw`\b`))).toEqual([]);
  expect(all.filter(({ flags }) => flags.replace("g", "") !== "")).toEqual([]);
});
