import { describe, expect, test } from "vitest";
import { type Block, bold, buttons, type Choice, inlineCode, type Meter, text } from "#core/model/reply.ts";
import { type Drawn, renderForm, renderReply } from "../../../adapters/discord/render/index.ts";
import { readPress } from "../../../adapters/shared/render.ts";
import { partsOf } from "../../support/fake-discord/message-content.ts";

const meter: Meter = { kind: "meter", minutes: 40, min: 60, max: 80, until: 120 };
const picture: Block = { kind: "picture", name: "week-2026-11-23", svg: "<svg/>" };
const week = { label: "This week", says: "/week" };
const undo = { label: "Undo", says: "/undo" };
const correct = { label: "Correct", says: "/correct 7", field: { label: "As it was", value: "20 strength" } };

function only(...blocks: readonly Block[]): Drawn["body"] {
  const drawn = renderReply({ blocks });
  expect(drawn).toHaveLength(1);
  return drawn[0]?.body ?? {};
}

function list(...choices: readonly Choice[]): Block {
  return { kind: "choices", layout: "list", choices };
}

function many(count: number): readonly Choice[] {
  return Array.from({ length: count }, (_, index) => ({ label: `Go ${index}`, says: `/go ${index}` }));
}

describe("words", () => {
  test("are one content, a line for each block and fact", () => {
    const facts = { kind: "facts", facts: [{ label: "Strength", value: "20 of 40–60 min" }] } as const;
    expect(only(text(bold("Building."), " Try ", inlineCode("/week last"), "_"), meter, facts)).toEqual({
      content: "**Building.** Try `/week last`\\_\n`0 ████████····▒▒▒▒········ 120`\n**Strength:** 20 of 40–60 min",
      flags: 4,
      allowed_mentions: { parse: [] },
    });
  });

  test("that are none leave a sign", () => {
    expect(only(text(" ")).content).toBe("…");
    expect(only().content).toBe("…");
    expect(only(buttons(week)).content).toBe("");
  });

  test("are parted between blocks, then between lines, and buttons stand on the last", () => {
    const facts = Array.from({ length: 3 }, () => ({ label: "a", value: "b".repeat(893) }));
    const drawn = renderReply({ blocks: [text("a".repeat(1500)), text("b".repeat(600)), { kind: "facts", facts }, buttons(week)] });
    const starts = drawn.map(({ body }) => `${body.content?.slice(0, 2)} ${body.content?.length}`);
    expect(starts).toEqual(["aa 1500", "bb 1501", "** 1801"]);
    expect(drawn.map(({ body }) => body.components?.length)).toEqual([undefined, undefined, 1]);
  });
});

describe("a card", () => {
  test("has the words, the picture with what it shows, and the buttons below", () => {
    const [drawn, ...others] = renderReply({ blocks: [text(bold("Building.")), picture, text("More"), buttons(week)] });
    const [name, description] = ["week-2026-11-23.png", "Building. More"];
    expect(others).toEqual([]);
    expect(drawn).toEqual({
      pictures: [{ name, svg: "<svg/>", description }],
      body: {
        flags: 32_768,
        allowed_mentions: { parse: [] },
        attachments: [{ id: "0", filename: name, description }],
        components: [
          {
            type: 17,
            accent_color: expect.any(Number),
            components: [
              { type: 10, content: "**Building.**" },
              { type: 12, items: [{ media: { url: `attachment://${name}` }, description }] },
              { type: 10, content: "More" },
            ],
          },
          { type: 1, components: [{ type: 2, style: 1, label: "This week", custom_id: "/week" }] },
        ],
      },
    });
  });

  test.each<readonly [string, readonly Block[]]>([
    ["words", [text("a".repeat(1990)), text("b".repeat(1990)), text("c".repeat(21))]],
    ["components", Array.from({ length: 39 }, () => text("a"))],
    ["buttons", [buttons(...many(33))]],
  ])("of too many %s is drawn plainly, with the picture on the last of its words", (_, blocks) => {
    const drawn = renderReply({ blocks: [picture, ...blocks] });
    const withPicture = drawn.filter(({ pictures }) => pictures.length > 0);
    expect(new Set(drawn.map(({ body }) => body.flags))).toEqual(new Set([4]));
    expect(withPicture).toHaveLength(1);
    expect(withPicture[0]?.body.attachments).toMatchObject([{ id: "0", filename: "week-2026-11-23.png" }]);
  });

  test("without words is described by its name", () => {
    expect(renderReply({ blocks: [picture] })).toMatchObject([{ pictures: [{ description: "week-2026-11-23.png" }] }]);
  });

  test("says at most 1,024 characters of what the picture shows", () => {
    const [drawn] = renderReply({ blocks: [text("a".repeat(2000)), picture] });
    expect(drawn?.pictures[0]?.description).toBe(`${"a".repeat(1023)}…`);
  });
});

describe("choices", () => {
  test("in a row are buttons, five beside each other", () => {
    const { components = [] } = only(buttons(...many(7), correct));
    expect(components.map((row) => partsOf(row).length - 1)).toEqual([5, 3]);
    expect(partsOf(components).at(-1)).toEqual({ type: 2, style: 2, label: "Correct", custom_id: "ask /correct 7" });
  });

  test("in a list are options to pick from", () => {
    expect(only(list(week, correct), list(undo)).components).toEqual([
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: "list0",
            placeholder: "Choose…",
            options: [
              { label: "This week", value: "/week" },
              { label: "Correct", value: "ask /correct 7" },
            ],
          },
        ],
      },
      { type: 1, components: [{ type: 2, style: 1, label: "Undo", custom_id: "/undo" }] },
    ]);
  });

  test("of more than 25 are two lists", () => {
    expect(partsOf(only(list(...many(30))).components).map((part) => part["custom_id"])).toEqual([undefined, "list0", undefined, "list1"]);
  });

  test("that say the same are offered once", () => {
    const ids = partsOf(only(buttons(week, undo), buttons({ ...week, label: "Week" })).components).map((part) => part["label"]);
    expect(ids).toEqual([undefined, "This week", "Undo"]);
  });

  test("that need more than five rows go on in a further message", () => {
    const drawn = renderReply({ blocks: [text("Pick."), buttons(...many(27))] });
    expect(drawn.map(({ body }) => [body.content, body.components?.length])).toEqual([
      ["Pick.", 5],
      ["…", 1],
    ]);
  });

  test("have labels that are cut where no character is", () => {
    const label = "👩‍👩‍👧".repeat(20);
    const shown = (body: Drawn["body"]): unknown => partsOf(body.components).at(1)?.["label"];
    expect(shown(only(buttons({ ...week, label })))).toBe(`${"👩‍👩‍👧".repeat(9)}…`);
    expect(shown(only(buttons({ ...week, label: "\u202e\n" })))).toBe("…");
  });
});

describe("a press", () => {
  test.each([
    ["/week last", { kind: "say", says: "/week last" }],
    ["ask /plan", { kind: "ask", says: "/plan" }],
  ])("of %j", (id, press) => {
    expect(readPress(id)).toEqual(press);
  });
});

describe("a form", () => {
  test("asks for the words of a choice, with what they are now", () => {
    expect(renderForm(correct)).toEqual({
      title: "As it was",
      custom_id: "/correct 7",
      components: [
        {
          type: 18,
          label: "As it was",
          component: { type: 4, custom_id: "words", style: 1, required: true, max_length: 400, value: "20 strength" },
        },
      ],
    });
  });

  test("cuts what is too long, and leaves out what is not there", () => {
    const form = renderForm({ ...correct, field: { label: "a".repeat(50), value: "b".repeat(500) } });
    expect(form.title).toBe(`${"a".repeat(44)}…`);
    expect(partsOf(form.components).at(-1)).toMatchObject({ value: `${"b".repeat(399)}…` });
    expect(partsOf(renderForm(week).components)).toMatchObject([{ label: "This week" }, { max_length: 400 }]);
    expect(partsOf(renderForm(week).components).at(-1)).not.toHaveProperty("value");
  });
});
