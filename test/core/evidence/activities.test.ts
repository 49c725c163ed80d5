import { activityOf, findMeaning, findNear, intensityOf, maxNameWords, shortName } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import { evidence, type Intensity } from "#core/evidence/evidence.ts";
import { foldWord } from "#core/lib/text.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const { activities, ambiguous, not_training: notTraining, intensity_by_effort: byEffort } = evidence.activities;
const find = (id: string): ReturnType<typeof activityOf> => activityOf(id as ActivityId);
const near = (word: string): readonly string[] => findNear(foldWord(word)).map(({ id }) => id);

describe("intensityOf", () => {
  const intensities: readonly Intensity[] = ["light", "moderate", "vigorous"];
  const efforts = ["easy", "moderate", "hard"] as const;
  const pairs = intensities.flatMap((intensity) => efforts.map((effort) => [intensity, effort] as const));

  test.each(pairs)("intensityOf follows the data: %s, said to be %s", (intensity, effort) => {
    expect(intensityOf({ ...find("run"), intensity }, effort)).toBe(byEffort[intensity][effort]);
  });

  test.each(pairs)("intensityOf moves by one step at most: %s, said to be %s", (intensity, effort) => {
    const moved = intensities.indexOf(intensityOf({ ...find("run"), intensity }, effort));
    expect(Math.abs(moved - intensities.indexOf(intensity))).toBeLessThanOrEqual(1);
  });

  test("intensityOf is the activity's own without a word", () => {
    expect(activities.filter((activity) => intensityOf(activity, undefined) !== activity.intensity)).toEqual([]);
  });
});

describe("findMeaning", () => {
  test.each([
    ["strength", "strength"],
    ["STRENGTH TRAINING", "strength"],
    ["kettlebells", "kettlebell"],
    ["Push-Ups", "calisthenics"],
    ["pushups", "calisthenics"],
    ["running", "run"],
    ["bjj", "bjj"],
    ["football", "soccer?"],
    ["row", "rowing?"],
    ["gym", "?"],
    ["rest day", "(rest)"],
    ["Sauna", "(passive_recovery)"],
    ["yoga nidra", "(mind)"],
    ["sick", "(unwell)"],
    ["quidditch", undefined],
    ["", undefined],
    ["constructor", undefined],
    ["__proto__", undefined],
  ])("findMeaning of %j is %s", (said, wanted) => {
    const meaning = findMeaning(foldWord(said));
    const texts = {
      activity: () => (meaning?.kind === "activity" ? meaning.activity.id : ""),
      ambiguous: () => (meaning?.kind === "ambiguous" ? `${meaning.term.default ?? ""}?` : ""),
      "not-training": () => (meaning?.kind === "not-training" ? `(${meaning.group})` : ""),
    };
    expect(meaning && texts[meaning.kind]()).toBe(wanted);
  });

  test("findMeaning finds every ambiguous term and every word that is not training", () => {
    const terms = Object.entries(notTraining.terms).flatMap(([group, words]) => words.map((word) => [group, word] as const));
    expect(ambiguous.filter(({ term }) => findMeaning(foldWord(term))?.kind !== "ambiguous")).toEqual([]);
    const groups = terms.map(([, word]) => findMeaning(foldWord(word))).map((meaning) => meaning?.kind === "not-training" && meaning.group);
    expect(groups).toEqual(terms.map(([group]) => group));
  });

  test("longestName is as long as the longest name that people may say", () => {
    const said = [
      ...activities.flatMap(({ aliases }) => aliases),
      ...ambiguous.map(({ term }) => term),
      ...Object.values(notTraining.terms).flat(),
    ];
    expect(Math.max(...said.map((name) => name.split(" ").length))).toBeLessThanOrEqual(maxNameWords);
  });

  test("activityOf refuses an id that the catalogue lacks", () => {
    expect(() => find("quidditch")).toThrow('Find activity "quidditch": it must be in activities.json');
    expect(() => find("constructor")).toThrow("constructor");
  });
});

describe("findNear", () => {
  test.each([
    ["strenghh", "strength"],
    ["stregnth", "strength"],
    ["kettelbells", "kettlebell"],
    ["ketlebel", "kettlebell"],
    ["swiming", "swim"],
    ["runnnig", "run"],
    ["joging", "jog"],
    ["yogga", "yoga"],
    ["cyclng", "cycle"],
    ["pilatis", "pilates"],
    ["squatz", "squat-deadlift"],
    ["boxng", "boxing"],
    ["calisthenicks", "calisthenics"],
    ["bouldring", "bouldering"],
    ["gardning", "gardening"],
    ["volleybal", "volleyball"],
    ["tenis", "tennis"],
    ["ellipticle", "elliptical"],
  ])("findNear offers for %j first %s", (word, id) => {
    expect(near(word)[0]).toBe(id);
  });

  test.each([
    "",
    "a",
    "xyz",
    "xyzzy",
    "qwertz",
    "asdfgh",
    "blorp",
    "quidditch",
    "zzzzzzzz",
    "constructor",
    "💪",
    "тяга",
    "20",
    "0".repeat(500),
  ])("findNear offers nothing for %j", (word) => {
    expect(near(word)).toEqual([]);
  });

  test("findNear offers the nearest three where many are near", () => {
    expect(near("ore workout")).toHaveLength(3);
    expect(near("ore workout")[0]).toBe("core");
  });

  test("findNear offers every activity whose name has one letter too many", () => {
    const names = activities.map((activity) => [activity, foldWord(activity.name)] as const);
    const missed = names.filter(([activity, name]) => !findNear(`${name.slice(0, 3)}q${name.slice(3)}`).includes(activity));
    expect(missed.map(([, name]) => name).filter((name) => findMeaning(name)?.kind === "activity")).toEqual([]);
  });

  test("findNear offers at most three different activities for anything, at once", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,12}$/)), (word) => {
        const offered = findNear(foldWord(word));
        expect(offered.length).toBeLessThanOrEqual(3);
        expect(new Set(offered).size).toBe(offered.length);
      }),
    );
  });
});

describe("shortName", () => {
  test.each([
    ["strength", "strength"],
    ["heavy-lifting", "heavy lifting"],
    ["circuit", "circuit"],
    ["calisthenics", "callisthenics"],
    ["trx", "suspension training"],
    ["run", "running"],
    ["soccer", "football"],
    ["cardio", "cardio"],
    ["kettlebell", "kettlebells"],
    ["yoga", "yoga"],
  ])("shortName of %s is %s", (id, wanted) => {
    expect(shortName(find(id))).toBe(wanted);
  });

  test("shortName is a plain name for every activity, without brackets", () => {
    expect(activities.map(shortName).filter((name) => name === "" || /[()]/.test(name) || name !== name.trim())).toEqual([]);
  });
});
