import { describe, expect, test } from "vitest";
import type { ActivityId } from "#core/lib/ids.ts";
import { factAbout, factOf, findAnswer } from "#core/ask/find-answer.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { termsOfQuestion } from "#core/ask/tokenize.ts";
import { wordings } from "#core/ask/synonyms.ts";
import { heldOut, heldOutUnanswerable } from "./held-out.ts";
import { lastHeldOut, lastUnanswerable } from "./last-held-out.ts";
import { answerable, type Asked, unanswerable } from "./questions.ts";

/** How the questions of `asked` end: answered, offered first, offered, answered by another fact with the right one below, or lost. */
function judge(asked: readonly Asked[]): Readonly<Record<"right" | "first" | "offered" | "other" | "lost", number>> {
  const ends = asked.map(([typed, question]) => endOf(typed, question));
  const count = (end: string): number => ends.filter((one) => one === end).length;
  return { right: count("right"), first: count("first"), offered: count("offered"), other: count("other"), lost: count("lost") };
}

function endOf(typed: string, question: string): "right" | "first" | "offered" | "other" | "lost" {
  const found = findAnswer(typed, {});
  if (found.kind === "fact" && found.fact.question === question) return "right";
  const place = found.near.findIndex((fact) => fact.question === question);
  if (place < 0) return "lost";
  if (found.kind === "fact") return "other";
  return place === 0 ? "first" : "offered";
}

describe("findAnswer", () => {
  test.each<readonly [string, string]>([
    ["hi", "nothing"],
    ["why", "nothing"],
    ["who made you", "nothing"],
    ["what can you do for me", "none"],
    ["do i need a trainer", "none"],
    ["is kettlebell good", "none"],
    ["do i have to do squats", "several"],
    ["my back went yesterday", "none"],
    ["telomeres", "fact"],
  ])("takes one weak word for no question: %j is %s", (typed, kind) => {
    expect(findAnswer(typed, {}).kind).toBe(kind);
  });

  test("has the right fact first for nine of ten questions, and offers it for the rest", () => {
    const { right, first, lost } = judge(answerable);
    expect(right + first).toBeGreaterThanOrEqual(96);
    expect(right).toBeGreaterThanOrEqual(92);
    expect(lost).toBe(0);
  });

  test("does nearly as well with questions that came later", () => {
    const { right, first, lost } = judge([...heldOut, ...lastHeldOut]);
    expect(right + first).toBeGreaterThanOrEqual(88);
    expect(lost).toBeLessThanOrEqual(2);
  });

  test.each([...unanswerable, ...heldOutUnanswerable, ...lastUnanswerable])("knows no answer to %j", (typed) => {
    expect(findAnswer(typed, {}).kind).toBe("none");
  });

  test.each(evidence.facts)("answers $question as it stands", (fact) => {
    const found = findAnswer(fact.question, {});
    expect(found.kind === "fact" ? found.fact.question : found.near[0]?.question).toBe(fact.question);
  });

  test("finds each fact by all of its other wordings", () => {
    const missed = evidence.facts.flatMap((fact) =>
      fact.alsoAsked.filter((wording) => {
        const found = findAnswer(wording, {});
        return !(found.kind === "fact" ? [found.fact, ...found.near] : found.near).includes(fact);
      }),
    );
    expect(missed).toEqual([]);
  });

  test("reads the person's own words for activities, and names that no fact holds", () => {
    expect(termsOfQuestion("does blorf count", {})).toContain("blorf");
    expect(termsOfQuestion("does blorf count", { blorf: "yoga" as ActivityId })).toEqual(termsOfQuestion("does yoga count", {}));
    const found = findAnswer("does blorf count", { blorf: "yoga" as ActivityId });
    expect(found.kind === "fact" ? found.fact.question : "").toBe("Do yoga and Pilates count as strength work?");
    expect(termsOfQuestion("is zumba enough", {})).toEqual(termsOfQuestion("is cardio enough", {}));
  });

  test.each(["", "?", "the a an", "\u202e", "😀", "1 ".repeat(249), "a".repeat(500), "why ".repeat(125)])(
    "is at a loss with %j",
    (typed) => {
      expect(findAnswer(typed, {}).kind).toMatch(/^no(?:ne|thing)$/);
    },
  );
});

test("further wordings belong to facts, and hold none of their own words twice", () => {
  for (const [question, more] of Object.entries(wordings)) {
    expect(factAbout(question).alsoAsked.filter((wording) => more.includes(wording))).toEqual([]);
  }
});

test("facts are found by their ids, and a question that is none is a fault of ours", () => {
  expect(factOf("do-a-few-minutes-count")?.question).toBe("Do a few minutes count?");
  expect(factOf("constructor")).toBeUndefined();
  expect(() => factAbout("Why?")).toThrow('Find fact "Why?"');
});
