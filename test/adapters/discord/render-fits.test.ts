/** Everything that the coach says, at its largest, against the rules of the fake Discord server. */

import {
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  ModalInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import type { RESTPatchAPIWebhookWithTokenMessageJSONBody, RESTPostAPIChannelMessageJSONBody } from "discord.js";
import { describe, expect, test } from "vitest";
import { commands } from "#core/commands/index.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Choice, Reply } from "#core/model/reply.ts";
import { settings } from "#core/commands/settings/parse-settings.ts";
import { maxTextLength } from "#core/lib/text.ts";
import { sayClosed, sayInPrivate } from "#core/voice/help.ts";
import { sayTrouble } from "#core/voice/trouble.ts";
import { type Drawn, renderForm, renderReply } from "../../../adapters/discord/render/index.ts";
import { readPress } from "../../../adapters/shared/render.ts";
import { createTestCoach, type TestCoach } from "../../support/coach.ts";
import { modalProblems } from "../../support/fake-discord/component-rules.ts";
import { emptyContent, merge, partsOf } from "../../support/fake-discord/message-content.ts";
import { messageProblems } from "../../support/fake-discord/message-rules.ts";
import { shapeProblems } from "../../support/fake-discord/schema.ts";

const shelf = { channelId: "1", freshId: () => "2" };

function problemsOf({ body, pictures }: Drawn): readonly string[] {
  const posted: RESTPostAPIChannelMessageJSONBody = body;
  const patched: RESTPatchAPIWebhookWithTokenMessageJSONBody = body;
  const uploads = pictures.map(({ name }, index) => ({ index: String(index), name, bytes: new Uint8Array(1) }));
  const seen = body as Parameters<typeof merge>[0];
  return [
    ...shapeProblems(MessageCreateRequestSchema, posted),
    ...shapeProblems(IncomingWebhookUpdateRequestPartialSchema, patched),
    ...messageProblems({ body: seen, uploads, after: merge(seen, uploads, emptyContent, shelf), isAnswer: false }),
  ];
}

function choicesOf({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
}

function fieldChoices(reply: Reply | undefined): readonly Choice[] {
  return reply ? choicesOf(reply).filter(({ field }) => field !== undefined) : [];
}

/** What can be pressed and picked. */
function pressesIn(drawn: readonly Drawn[]): readonly string[] {
  const parts = drawn.flatMap(({ body }) => partsOf(body.components));
  return parts.flatMap((part) => {
    if (Array.isArray(part["options"])) return part["options"].map(({ value }: { readonly value: string }) => value);
    return typeof part["custom_id"] === "string" ? [part["custom_id"]] : [];
  });
}

function check(reply: Reply): void {
  const drawn = renderReply(reply);
  expect(drawn.flatMap(problemsOf)).toEqual([]);
  const meant = choicesOf(reply).map(({ says, field }) => ({ kind: field ? "ask" : "say", says }));
  const unique = [...new Map(meant.map((press) => [`${press.kind} ${press.says}`, press])).values()];
  expect(pressesIn(drawn).map(readPress)).toEqual(unique);
  for (const choice of fieldChoices(reply)) {
    const form = renderForm(choice);
    expect(shapeProblems(ModalInteractionCallbackRequestSchema, { type: 9, data: form })).toEqual([]);
    expect(modalProblems(form)).toEqual([]);
    expect(`${form.custom_id} `.length + 400).toBeLessThanOrEqual(maxTextLength);
    expect(partsOf(form.components).at(-1)).toMatchObject({ value: choice.field?.value });
  }
}

/** Checks what the coach said, and that it offers each form again when the words of its choice are said alone. */
async function examine(coach: TestCoach, reply: Reply): Promise<void> {
  check(reply);
  for (const { says } of fieldChoices(reply)) {
    const again = fieldChoices(await coach.reply(says)).some((choice) => choice.says === says);
    expect(again, says).toBe(true);
  }
}

async function say(coach: TestCoach, text: string): Promise<Reply> {
  const reply = await coach.reply(text);
  if (!reply) throw new Error(`Say ${text}: there must be an answer`);
  await examine(coach, reply);
  return reply;
}

const note = "*_`~|<@1>[a](https://b.c)".repeat(8);
const widest = "A̐é".repeat(3);

/** Forty sessions over six weeks, each with as long a note as there may be. */
async function logged(): Promise<TestCoach> {
  const coach = createTestCoach();
  const today = Temporal.PlainDate.from("2026-11-25");
  for (let ago = 39; ago >= 0; ago -= 1)
    await say(coach, `/log ${ago % 3 === 0 ? "90 yoga" : "35 strength"} hard ${today.subtract({ days: ago }).toString()} "${note}"`);
  return coach;
}

describe("fits Discord:", () => {
  test("every command with its examples and its help", async () => {
    const coach = await logged();
    for (const { name, examples, isListed } of commands) {
      await say(coach, `/${name}`);
      if (isListed) await say(coach, `/help ${name}`);
      for (const example of examples) await say(coach, example);
    }
    expect(coach.logged).toEqual([]);
  });

  test("every session, corrected, counted and removed", async () => {
    const coach = await logged();
    for (const page of [1, 2, 3, 4, 5]) {
      const picks = choicesOf(await say(coach, `/history page ${page}`)).filter(({ says }) => says.startsWith("/session"));
      for (const { says } of picks) await say(coach, says);
      const id = picks[0]?.says.split(" ")[1] ?? "none";
      for (const text of [`/count ${id} cardio`, `/correct ${id} 600 strength "${note}"`, `/remove ${id}`, "/undo", "/undo"])
        await say(coach, text);
      for (const text of ["/week", "/week last"]) await say(coach, text);
    }
    expect(coach.logged).toEqual([]);
  });

  test("every fact, beside a person's own minutes, and every warning", async () => {
    const coach = await logged();
    for (const { id } of evidence.facts) await say(coach, `/why ${id}`);
    for (const text of [
      "chest pain and pregnant, 14 yo, had surgery, suicidal",
      `20 strength "fainted ${note.slice(0, 150)}"`,
      "/ask is it",
    ])
      await say(coach, text);
    expect(coach.logged).toEqual([]);
  });

  test("every setting, at its longest", async () => {
    const coach = createTestCoach();
    const values = ["America/Argentina/ComodRivadavia", "wednesday", "wednesday 22:59", "22:00-07:59", "1000-10080", "yes", "on", "off"];
    for (const { name, example } of settings) {
      for (const value of values) await say(coach, `/settings ${name} ${value}`);
      for (const text of [example, `/settings ${name}`, "/settings", "/undo"]) await say(coach, text);
    }
    expect(coach.logged).toEqual([]);
  });

  test("the first answer, with as much in it as one message can log", async () => {
    const most = Array.from({ length: 45 }, (_, index) => `${1 + (index % 9)} kettlebells`).join(", ");
    const reply = await say(createTestCoach(), most.slice(0, most.lastIndexOf(",", maxTextLength)));
    expect(choicesOf(reply).map(({ label }) => label)).toContain("Another time");
  });

  test.each([
    "",
    "20",
    "20 \u0000",
    "x".repeat(600),
    `20 ${"*".repeat(400)}`,
    `20 ${widest} ${note.slice(0, 300)}`,
    `/${"@everyone".repeat(40)}`,
    "20 strenght",
    "20 flurb",
    `20 ${"_".repeat(30)}flurb`,
    "20 circuit",
    "600 strength",
    "20 sauna",
    "20 sick",
    `/plan ${note}`,
    `/pause ${note}`,
    `/settings feedback ${note}`,
    `/settings ${note}`,
    `/history ${note}`,
    `/move ${widest} ${widest}`,
    "/skip mon",
    `/log 20 strength "${"a".repeat(201)}"`,
    `/log 20 strength, 20 ${"`".repeat(40)}`,
  ])("what is not understood or asked back: %j", async (text) => {
    const coach = createTestCoach();
    const reply = await say(coach, text);
    for (const { says } of choicesOf(reply)) await say(coach, says);
    expect(coach.logged).toEqual([]);
  });

  test("all that is sent unasked, with what is said to it", async () => {
    const coach = await logged();
    for (const text of ["/plan 7x600 mon tue wed thu fri sat sun", "/settings nudges on", "/settings training nudges on"])
      await say(coach, text);
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    await say(coach, `/log 600 strength 2026-11-28 "${note}"`);
    await coach.press("Yes, record it");
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    await say(coach, "/settings over 65 yes");
    coach.answerWith(() => ({ kind: "unknown" }));
    await coach.travelTo("2026-12-14T12:00:00+01:00");
    await say(coach, "/schedule");
    await say(coach, "/why");
    await coach.travelTo("2027-02-01T12:00:00+01:00");
    const words = coach.sent.map((one) => one.words).join("\n");
    for (const part of ["where I had said", "Eight weeks at about", "I will be quiet now"]) expect(words).toContain(part);
    for (const { reply } of coach.sent) {
      await examine(coach, reply);
      for (const { says } of choicesOf(reply)) await say(coach, says);
    }
    expect(coach.logged).toEqual([]);
  });

  test("weekly feedback with a plan and a caveat, which a correction brings", async () => {
    const coach = createTestCoach();
    for (const text of ["/plan 7x600 mon tue wed thu fri sat sun", "20 strength"]) await say(coach, text);
    const [pick] = choicesOf(await say(coach, "/history"));
    await say(coach, `/correct ${pick?.says.split(" ")[1]} 600 strength hard "${note}"`);
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    const weekly = coach.sent.find(({ words }) => words.includes("Few people in the studies"));
    expect(weekly?.words).toContain("This week: ");
    for (const { reply } of coach.sent) await examine(coach, reply);
  });

  test("what is said when something is amiss", () => {
    const said = [sayTrouble("id-0001"), sayClosed(), sayInPrivate()];
    expect(said.flatMap((block) => renderReply({ blocks: [block] })).flatMap(problemsOf)).toEqual([]);
  });
});
