import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { type Block, bold, buttons, inlineCode, link, type Meter, type Reply, text } from "#core/model/reply.ts";
import { type Canvas, choicesOf, renderReply } from "../../../adapters/console/render.ts";

const plain: Canvas = { hasColour: false, width: Number.POSITIVE_INFINITY };

function draw(...blocks: readonly Block[]): string {
  return renderReply({ blocks }, plain);
}

const meter: Meter = { kind: "meter", minutes: 20, min: 40, max: 60, until: 120 };

function cellsOf(over: Partial<Meter>): string {
  return (
    draw({ ...meter, ...over })
      .trim()
      .split(" ")[1] ?? ""
  );
}

test("a link stands with its address", () => {
  expect(draw(text("See ", link("Lee 2022", "https://b.c/d"), "."))).toBe("See Lee 2022 (https://b.c/d).");
});

describe("the meter", () => {
  test("fills by minutes, and marks the range in which it is to end", () => {
    expect(draw(meter)).toBe("  0 ███████······▒▒▒▒▒▒▒···················· 120");
  });

  test.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [60, 20],
    [119, 40],
    [120, 40],
    [5000, 40],
  ])("of %i minutes fills %i cells of 40", (minutes, filled) => {
    const drawn = cellsOf({ minutes });
    expect(drawn).toHaveLength(40);
    expect(drawn.lastIndexOf("█") + 1).toBe(filled);
  });

  test.each([
    [{ min: 40, max: 60 }, 7],
    [{ min: 90, max: 90 }, 1],
    [{ min: 100, max: 120 }, 7],
  ])("marks %j with %i cells", (range, marked) => {
    expect(cellsOf({ minutes: 0, ...range }).replaceAll("·", "")).toBe("▒".repeat(marked));
  });
});

describe("facts", () => {
  const facts = [
    { label: "Strength", value: "20 of 40–60 min" },
    { label: "Strength days", value: "Tue and Fri" },
  ];

  test("stand in two columns", () => {
    expect(draw({ kind: "facts", facts })).toBe("  Strength       20 of 40–60 min\n  Strength days  Tue and Fri");
  });

  test("go on in their own column where they are too long", () => {
    const drawn = renderReply({ blocks: [{ kind: "facts", facts }] }, { hasColour: false, width: 26 });
    expect(drawn).toBe("  Strength       20 of\n                 40–60 min\n  Strength days  Tue and\n                 Fri");
  });
});

describe("text", () => {
  const said = text(bold("In the sweet spot."), " Try ", inlineCode("/week last"), " now.");

  test("is one line where the width has no end", () => {
    expect(draw(said)).toBe("In the sweet spot. Try /week last now.");
  });

  test.each([1, 10, 18, 19, 25, 38])("is broken between words at a width of %i, and loses none", (width) => {
    const drawn = renderReply({ blocks: [said] }, { hasColour: false, width });
    expect(drawn.split(/\s/u)).toEqual("In the sweet spot. Try /week last now.".split(" "));
    for (const line of drawn.split("\n")) expect(line.length).toBeLessThanOrEqual(Math.max(width, "sweet".length));
  });

  test("is broken at the same places in colour", () => {
    const inColour = renderReply({ blocks: [said] }, { hasColour: true, width: 20 });
    expect(stripVTControlCharacters(inColour)).toBe(renderReply({ blocks: [said] }, { hasColour: false, width: 20 }));
  });
});

describe("choices", () => {
  const row = buttons({ label: "Undo", says: "/undo" }, { label: "This week", says: "/week" });
  const field = { label: "As it was", value: "20 strength" };
  const reply: Reply = {
    blocks: [
      {
        kind: "choices",
        layout: "list",
        choices: [
          { label: "Tue", says: "/session 1" },
          { label: "Fri", says: "/session 2", field },
        ],
      },
      text("or"),
      row,
    ],
  };

  test("are numbered from 1 through all blocks, and one that wants words shows it", () => {
    expect(renderReply(reply, plain)).toBe("[1] Tue\n[2] Fri…\nor\n[3] Undo  [4] This week");
  });

  test("are in the order of their numbers", () => {
    expect(choicesOf(reply).map(({ says }) => says)).toEqual(["/session 1", "/session 2", "/undo", "/week"]);
  });

  test("of a reply without any are none", () => {
    expect(choicesOf({ blocks: [text("hello")] })).toEqual([]);
    expect(draw(text("hello"))).toBe("hello");
  });
});

describe("colour", () => {
  const blocks = [
    text(bold("Good."), " ", inlineCode("/week")),
    meter,
    { kind: "facts", facts: [{ label: "a", value: "b" }] } as const,
    buttons({ label: "Undo", says: "/undo" }),
  ];

  test("is left out where it is not wanted", () => {
    expect(draw(...blocks)).not.toContain("\u001B");
  });

  test("changes no word where it is wanted", () => {
    const inColour = renderReply({ blocks }, { hasColour: true, width: 80 });
    expect(inColour).toContain("\u001B[1mGood.");
    expect(stripVTControlCharacters(inColour)).toBe(draw(...blocks));
  });
});
