import { evidence } from "#core/evidence/evidence.ts";
import { parseFacts } from "#core/evidence/parse-facts.ts";
import { files } from "#src/evidence/files.ts";
import { describe, expect, test } from "vitest";

const one = (answer: string, also = "*Also asked: b; c d*"): string => `# Title\n\nWords before.\n\n## A?\n${also}\n\n${answer}\n`;

describe("parseFacts", () => {
  test("parseFacts reads question, other wordings, answer and sources in their order", () => {
    const facts = parseFacts(`${one("It is so [y2, x1]. And so [x1, reported].")}\n## Z?\n*Also asked: z*\n\nNo one knows.\n`);
    expect(facts).toEqual([
      { id: "a", question: "A?", alsoAsked: ["b", "c d"], answer: "It is so. And so.", sources: ["y2", "x1"], reported: ["x1"] },
      { id: "z", question: "Z?", alsoAsked: ["z"], answer: "No one knows.", sources: [], reported: [] },
    ]);
  });

  test.each([
    ["It is so [a].", "It is so.", ["a"], []],
    ["It is so [a, b] and so [c].", "It is so and so.", ["a", "b", "c"], []],
    ["It is so [reported].", "It is so.", [], []],
    ["It is so [a, b, reported] and so [c].", "It is so and so.", ["a", "b", "c"], ["a", "b"]],
    ["It is so [a,b].", "It is so.", ["a", "b"], []],
    ["No source.", "No source.", [], []],
  ])("parseFacts takes the ids out of %j", (text, answer, sources, reported) => {
    expect(parseFacts(one(text))).toEqual([{ id: "a", question: "A?", alsoAsked: ["b", "c d"], answer, sources, reported }]);
  });

  test.each([
    ["no other wordings", "## A?\n\nIt is so.\n"],
    ["empty other wordings", "## A?\n*Also asked: *\n\nIt is so.\n"],
    ["other wordings without their mark", "## A?\nAlso asked: b\n\nIt is so.\n"],
    ["no answer", "## A?\n*Also asked: b*\n"],
    ["two paragraphs", "## A?\n*Also asked: b*\n\nIt is so.\n\nReally.\n"],
    ["a list", "## A?\n*Also asked: b*\n\n- one\n- two\n"],
  ])("parseFacts refuses %s with the heading", (_, markdown) => {
    expect(() => parseFacts(markdown)).toThrow('facts.md: "A?" must have');
  });
});

describe("facts.md", () => {
  const { facts, sources } = evidence;

  test("facts.md holds many questions, each once and none of them another's wording", () => {
    const wordings = facts.flatMap(({ question, alsoAsked }) => [question, ...alsoAsked]).map((wording) => wording.toLowerCase());
    expect(facts.length).toBeGreaterThan(50);
    expect(wordings.filter((wording, index) => wording === "" || wordings.indexOf(wording) !== index)).toEqual([]);
  });

  test("facts.md gives each question an id of its own that fits behind a button, and a question that fits on one", () => {
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
    expect(facts.filter(({ id }) => !/^[a-z0-9-]+$/.test(id) || `/why ${id}`.length > 100)).toEqual([]);
    expect(facts.filter(({ question }) => question.length > 75)).toEqual([]);
  });

  test("facts.md leaves no id in its answers and cites only known sources", () => {
    expect(facts.filter(({ answer }) => /[[\]]|\s\.|\s{2}/.test(answer)).map(({ question }) => question)).toEqual([]);
    expect(facts.flatMap((fact) => fact.sources).filter((id) => !Object.hasOwn(sources, id))).toEqual([]);
  });

  test("facts.md marks what was read at second hand", () => {
    const marked = files["facts.md"].split(/^## /m).filter((section) => /\[[^\]]*\breported\b/.test(section));
    expect(facts.filter(({ reported }) => reported.length > 0).map(({ question }) => question)).toEqual(
      marked.map((section) => section.split("\n")[0]),
    );
    expect(marked.length).toBeGreaterThan(0);
  });
});
