import { type Match, matchAll } from "#core/lib/match-tokens.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** Reads "x", and "y" with the word behind it. */
function readLetters([first, second]: readonly string[]): Match<string> | undefined {
  if (first === "x") return { count: 1, value: "x" };
  return first === "y" && second !== undefined ? { count: 2, value: `y${second}` } : undefined;
}

const pieces = (text: string): readonly (readonly string[])[] =>
  text.split("|").map((piece) => piece.split(" ").filter((word) => word !== ""));

describe("takeAll", () => {
  test.each([
    ["", "", ""],
    ["a b", "", "a b"],
    ["x", "x", ""],
    ["x a", "x", "a"],
    ["a x", "x", "a"],
    ["a x b", "x", "a|b"],
    ["a x x b", "x x", "a|b"],
    ["a y x b", "yx", "a|b"],
    ["a y", "", "a y"],
    ["y y x", "yy x", ""],
    ["a x b|c|y d e", "x yd", "a|b|c|e"],
    ["a y|x", "x", "a y"],
  ])("takeAll of %j finds %j and leaves %j", (given, found, left) => {
    const taken = matchAll(pieces(given), readLetters);
    expect([taken.found.join(" "), taken.left.map((tokens) => tokens.join(" ")).join("|")]).toEqual([found, left]);
  });

  test("takeAll keeps every word that is not taken, in its order, in pieces that are not empty", () => {
    const words = fc.array(fc.constantFrom("x", "a", "b", "c"), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(words, { maxLength: 4 }), (given) => {
        const { found, left } = matchAll(given, readLetters);
        expect(left.flat()).toEqual(given.flat().filter((word) => word !== "x"));
        expect(found).toHaveLength(given.flat().filter((word) => word === "x").length);
        expect(left.every((tokens) => tokens.length > 0)).toBe(true);
      }),
    );
  });

  test("takeAll never joins words that did not stand next to each other", () => {
    const { left } = matchAll([["a", "x", "b"]], readLetters);
    const isTogether = ([first, second]: readonly string[]): Match<string> | undefined =>
      first === "a" && second === "b" ? { count: 2, value: "ab" } : undefined;
    expect(matchAll(left, isTogether)).toEqual({ found: [], left: [["a"], ["b"]] });
  });
});
