/** Everything that the coach says, at its largest, and anything that people may type, against the rules of Slack. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { commands } from "#core/commands/index.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { bold, type Choice, inlineCode, link, type Reply, text, textOf } from "#core/model/reply.ts";
import { settings } from "#core/commands/settings/parse-settings.ts";
import { clean } from "#core/lib/text.ts";
import { renderForm, renderHome, renderReply } from "../../../adapters/slack/render/index.ts";
import { readPress } from "../../../adapters/shared/render.ts";
import { createCommandRewriter } from "../../../adapters/slack/command-names.ts";
import { createTestCoach } from "../../support/coach.ts";
import { list, messageProblems, runsOf, viewProblems } from "../../support/fake-slack/rules.ts";
import type { Loose } from "../../support/fake-slack/types.ts";

const spell = createCommandRewriter("fit-");

function choicesOf({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
}

function loose(value: object): Loose {
  return { ...value };
}

/** What stands behind every button and option. */
function pressesIn(blocks: readonly Loose[]): readonly unknown[] {
  const elements = blocks.filter(({ type }) => type === "actions").flatMap((block) => list(block["elements"]));
  return elements.flatMap((element) =>
    element["type"] === "button" ? [element["value"]] : list(element["options"]).map(({ value }) => value),
  );
}

function check(reply: Reply): void {
  const spelled = spell(reply);
  const files = new Map(reply.blocks.flatMap((block) => (block.kind === "picture" ? [[block.svg, "F1"] as const] : [])));
  const messages = renderReply(spelled, files);
  expect(messages.flatMap((message) => messageProblems(loose(message)))).toEqual([]);
  expect(viewProblems(loose(renderHome(spelled, files)))).toEqual([]);
  const presses = messages.flatMap(({ blocks }) => pressesIn(blocks.map(loose)));
  const meant = choicesOf(reply).map(({ says, field }) => ({ kind: field ? "ask" : "say", says }));
  expect(presses.map((value) => readPress(String(value)))).toEqual(meant);
  const forms = choicesOf(reply).filter(({ field }) => field !== undefined);
  expect(forms.flatMap((choice) => viewProblems(loose(renderForm(choice, "x"))))).toEqual([]);
}

const note = "*_`~|<@1>[a](https://b.c)&lt;:smile:".repeat(5);

test("every command, setting and week, at its largest", async () => {
  const coach = createTestCoach();
  const say = async (said: string): Promise<void> => {
    const reply = await coach.reply(said);
    if (reply) check(reply);
  };
  const today = Temporal.PlainDate.from("2026-11-25");
  for (let ago = 39; ago >= 0; ago -= 1)
    await say(`/log ${ago % 3 === 0 ? "90 yoga" : "35 strength"} hard ${today.subtract({ days: ago }).toString()} "${note}"`);
  for (const { name, examples, isListed } of commands)
    for (const said of [`/${name}`, ...(isListed ? [`/help ${name}`] : []), ...examples]) await say(said);
  for (const { name, example } of settings) for (const said of [example, `/settings ${name}`, `/settings ${name} ${note}`]) await say(said);
  for (const { id } of evidence.facts) await say(`/why ${id}`);
  for (const said of ["/ask is it", "chest pain and pregnant, 14 yo, had surgery, suicidal", '20 strength "fainted"']) await say(said);
  for (const said of ["20 flurb", "20 circuit", "600 strength", "20 sick", `/plan ${note}`, "x".repeat(600), `/${"<!channel>".repeat(30)}`])
    await say(said);
  expect(coach.logged).toEqual([]);
});

test("all that is sent unasked", async () => {
  const coach = createTestCoach();
  for (const said of ["/plan 7x600 mon tue wed thu fri sat sun", "/settings training nudges on", "20 strength"]) await coach.reply(said);
  await coach.travelTo("2026-12-14T12:00:00+01:00");
  expect(coach.sent.length).toBeGreaterThan(2);
  for (const { reply } of coach.sent) check(reply);
});

test("a link is a run of its own, which leads to its address", () => {
  const [message] = renderReply(spell({ blocks: [text("See ", link("Lee 2022", "https://b.c/d"), ".")] }), new Map());
  expect(runsOf(loose(message?.blocks[0] ?? {}))).toEqual([
    { type: "text", text: "See " },
    { type: "link", url: "https://b.c/d", text: "Lee 2022" },
    { type: "text", text: "." },
  ]);
  expect(message?.text).toBe("See Lee 2022 (https://b.c/d).");
});

const hostile = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "<!channel>",
    "<@U1>",
    "<http://evil|bank>",
    "*x*",
    "`x`",
    "&lt;",
    ":smile:",
    "http://a.b",
    "@here",
    "\u202ex",
    "\u200b",
    "\ud800",
  ),
);

test("nothing that people type can mention, link or break out: it is shown as it is, in its own style", () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (typed) => {
      const said = typed.join(" ");
      const reply: Reply = { blocks: [text(bold(said), " and ", inlineCode(said), said)] };
      const [message] = renderReply(reply, new Map());
      const runs = runsOf(loose(message?.blocks[0] ?? {}));
      expect(runs.map(({ type }) => type)).toEqual(runs.map(() => "text"));
      const shown = runs.map((run) => String(run["text"])).join("");
      const plainly = (one: string): string => clean(one.toWellFormed()).replaceAll(/[^\P{Cc}\n]+/gu, " ");
      expect(shown).toBe(
        reply.blocks.flatMap((block) => (block.kind === "text" ? block.text.map((part) => plainly(textOf([part]))) : [])).join(""),
      );
      expect(runs.filter(({ style }) => style !== undefined).length).toBeLessThanOrEqual(2);
      expect(messageProblems(loose(message ?? {}))).toEqual([]);
    }),
  );
});
