import { clean, fold, foldWord, isIllFormed, quotable } from "#core/lib/text.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaled } from "../../support/counts.ts";

/** Any string that JavaScript can hold, halves of characters too; and strings of what is hard to normalise. */
const anyUnits = fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units));
const hard = [
  "e",
  "J",
  "T",
  "H",
  " ",
  "\u0301",
  "\u030c",
  "\u0308",
  "\u0331",
  "\u0345",
  "\u200c",
  "\u200d",
  "\u00ad",
  "\ufeff",
  "\u202e",
  "\ud83d",
  "\udc4d",
];
const harder = [
  "İ",
  "Σ",
  "ß",
  "ŉ",
  "´",
  "½",
  "ﬁ",
  "２",
  "٢",
  "\u1100",
  "\u1161",
  "\u11a8",
  "가",
  "👩",
  "🇳",
  "\t",
  "\n",
  "\u0000",
  "-",
  "’",
];
const anyHard = fc.array(fc.constantFrom(...hard, ...harder), { maxLength: 8 }).map((parts) => parts.join(""));
const anyText = fc.oneof(anyUnits, anyHard, fc.string());

const numRuns = scaled(2000);

/** Every character that Unicode has given a meaning, but the halves. */
const characters = Array.from({ length: 0x30000 }, (_, code) => String.fromCodePoint(code)).filter(
  (character) => !/[\p{Cn}\p{Co}\p{Cs}]/u.test(character),
);

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const lengthOf = (text: string): number => Array.from(graphemes.segment(text)).length;

describe("fold and clean of anything", () => {
  test.each([
    ["fold", fold],
    ["clean", clean],
    ["foldWord", foldWord],
    ["quotable", (text: string) => quotable(text, 1000)],
  ] as const)("%s changes nothing the second time", (_, change) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(change(change(text))).toBe(change(text));
      }),
      { numRuns },
    );
  });

  test.each([
    ["fold", fold],
    ["clean", clean],
  ] as const)("%s changes no single character the second time", (_, change) => {
    const once = change(characters.join("\n"));
    const twice = change(once).split("\n");
    expect(once.split("\n").filter((character, index) => character !== twice[index])).toEqual([]);
  });

  test("fold makes every decimal digit of Unicode its own value", () => {
    const digits = characters.filter((character) => /^\p{Nd}$/u.test(character));
    expect(digits.length).toBeGreaterThan(600);
    expect(fold(digits.join(""))).toBe("0123456789".repeat(digits.length / 10));
  });

  test("fold and clean leave nothing invisible", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(text)).not.toMatch(/\p{Cf}/u);
        expect(clean(text).replaceAll("\u200d", "")).not.toMatch(/\p{Cf}/u);
      }),
      { numRuns },
    );
  });

  test("fold makes the same of a text and of its cleaned form", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(clean(text))).toBe(fold(text));
      }),
      { numRuns },
    );
  });

  test("foldWord leaves letters, digits and & alone, whatever the case", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldWord(text)).toMatch(/^[\p{L}\p{N}&]*$/u);
      }),
      { numRuns },
    );
  });
});

describe("quotable and isIllFormed of anything", () => {
  test("quotable is well-formed, on one line, without control or direction characters, and no longer than asked", () => {
    fc.assert(
      fc.property(anyText, fc.nat(12), (text, most) => {
        const quoted = quotable(text, most);
        expect(isIllFormed(quoted) || /[\p{Cc}\n\u2028\u2029]/u.test(quoted) || quoted !== quoted.trim()).toBe(false);
        expect(quoted.replaceAll("\u200d", "")).not.toMatch(/\p{Cf}/u);
        expect(lengthOf(quoted)).toBeLessThanOrEqual(most + 1);
        expect(quoted.endsWith("…") || lengthOf(quoted) <= most).toBe(true);
      }),
      { numRuns },
    );
  });

  test("isIllFormed stops exactly halves of characters and control characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const isBad = !text.isWellFormed() || /\p{Cc}/u.test(text.replaceAll(/[\t\n\r]/g, ""));
        expect(isIllFormed(text)).toBe(isBad);
      }),
      { numRuns },
    );
  });
});
