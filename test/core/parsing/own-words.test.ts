/** Which words can be taught, and how many. */

import { describe, expect, test } from "vitest";
import type { ActivityId } from "#core/lib/ids.ts";
import { couldMean, hasRoom, isTeachable, learn, maxWords } from "#core/parsing/own-words.ts";

const strength = "strength" as ActivityId;
const cardio = "cardio" as ActivityId;
const wordsOf = (count: number, start: string): Readonly<Record<string, ActivityId>> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${start}${index}`, strength]));

describe("learn", () => {
  test.each([
    [maxWords - 2, 1, maxWords - 1],
    [maxWords - 2, 2, maxWords],
    [maxWords - 2, 5, maxWords],
    [maxWords, 1, maxWords],
    [maxWords + 9, 1, maxWords + 9],
  ])("of %i words and %i new ones keeps %i", (known, fresh, kept) => {
    expect(Object.keys(learn(wordsOf(known, "a"), wordsOf(fresh, "b")))).toHaveLength(kept);
  });
  test("gives a known word its new meaning, also where there is no room", () => {
    expect(learn(wordsOf(maxWords, "a"), { a0: cardio })["a0"]).toBe(cardio);
  });
  test("has room for one less than the most", () => {
    expect([hasRoom(wordsOf(maxWords - 1, "a")), hasRoom(wordsOf(maxWords, "a"))]).toEqual([true, false]);
  });
});

test.each(["zqflurb", "flurbzq"])("%s can be taught, for a kind of training alone", (word) => {
  expect(isTeachable(word)).toBe(true);
  expect([couldMean(word, "strength"), couldMean(word, "yoga")]).toEqual([true, false]);
});

test.each(["", "20", "today", "hard", "run", "the", "45m", "z".repeat(121), "a,b", 'a"b', "2026-11-20"])("%j cannot be taught", (word) => {
  expect(isTeachable(word)).toBe(false);
});
