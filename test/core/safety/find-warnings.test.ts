import { describe, expect, test } from "vitest";
import { evidence } from "#core/evidence/evidence.ts";
import { findWarnings } from "#core/safety/find-warnings.ts";
import { heldOut, heldOutUnanswerable } from "../ask/held-out.ts";
import { laterHarmless } from "./later-harmless.ts";
import { laterWordings } from "./later-signs.ts";
import { answerable, unanswerable } from "../ask/questions.ts";
import { harmless, wordings } from "./signs.ts";

describe("findSigns", () => {
  test.each(Object.entries(wordings).flatMap(([sign, said]) => said.map((text) => [sign, text] as const)))("sees %s in %j", (_, text) => {
    expect(findWarnings(text)).not.toEqual([]);
  });

  test.each(laterWordings)("sees what is amiss in %j", (text) => {
    expect(findWarnings(text)).not.toEqual([]);
  });

  test.each([...harmless, ...laterHarmless])("sees nothing in %j", (text) => {
    expect(findWarnings(text)).toEqual([]);
  });

  test("sees nothing in questions, in names of activities, nor in what the facts are asked by, but for pregnancy", () => {
    const { facts, activities } = evidence;
    const asked = [...answerable, ...heldOut].map(([typed]) => typed);
    const wordings = facts
      .flatMap(({ question, alsoAsked }) => [question, ...alsoAsked])
      .filter((wording) => !/pregnan|baby|trimester/.test(wording));
    const names = activities.activities.flatMap(({ name, aliases }) => [name, ...aliases]);
    const rest = Object.values(activities.not_training.terms).flat();
    const all = [...asked, ...unanswerable, ...heldOutUnanswerable, ...wordings, ...names, ...rest];
    expect(all.filter((text) => findWarnings(text).length > 0)).toEqual([]);
  });

  test("names the most urgent first", () => {
    expect(findWarnings("im pregnant and i fainted")).toEqual(["symptoms", "pregnancy"]);
  });

  test.each([
    ["CHEST PAIN!!!", true],
    ["c\u200bhest pain", true],
    ["chest… pain", true],
    ["no chest pain", false],
    ["no chest pain until today, now it hurts in my chest", true],
    ["never had chest pain like this", true],
    ["no chest pain but i fainted", true],
    ["hip replacement 10 years ago", false],
    ["hip replacement 10 weeks ago", true],
    ["im 17", true],
    ["im 18", false],
    ["i am seventeen", true],
    ["im 17 min late", false],
  ])("of %j: %s", (text, isSeen) => {
    expect(findWarnings(text).length > 0).toBe(isSeen);
  });

  test.each([
    "a".repeat(500),
    "chest ".repeat(83),
    "pain in ".repeat(62),
    "no pain ".repeat(62),
    "im 1 ".repeat(100),
    "numb back ".repeat(50),
  ])("takes a bearable time over %#", (text) => {
    const begun = performance.now();
    findWarnings(text);
    expect(performance.now() - begun).toBeLessThan(250);
  });
});
