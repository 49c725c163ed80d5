/** The fake Discord server with answers to interactions: those that are refused, and what becomes of the others. */

import { describe, expect, test } from "vitest";
import { ask, button, field, gallery, type Json, many, menu, quiet, rich, row, text, words } from "../../support/fake-discord/bodies.ts";
import { aBot, aDiscord, message } from "../../support/fake-discord/bot.ts";
import type { Answer, Discord, Person } from "../../support/fake-discord/server.ts";

type Opened = {
  readonly discord: Discord;
  readonly ann: Person;
  readonly callback: string;
  readonly webhook: string;
  readonly answer: Promise<Answer>;
};

/** A command of Ann's that is not answered yet. */
async function open(): Promise<Opened> {
  const discord = await aDiscord();
  const opened = Promise.withResolvers<{ readonly id: string; readonly token: string }>();
  await aBot(discord, async ({ id, token }) => opened.resolve({ id, token }));
  const ann = discord.person("Ann");
  const answer = ann.slash("week");
  const { id, token } = await opened.promise;
  const webhook = `/webhooks/${discord.applicationId}/${token}`;
  return { discord, ann, callback: `/interactions/${id}/${token}/callback`, webhook, answer };
}

const form = (over: Json): Json => ({ type: 9, data: { custom_id: "f", title: "Correct", components: [field()], ...over } });

describe("an answer with", () => {
  test.each<readonly [string, Json, RegExp]>([
    ["a type that is none", { type: 99 }, /type: 99 is no answer/],
    ["no word on mentions", { type: 4, data: { content: "a" } }, /allowed_mentions/],
    ["too many words", { type: 4, data: { ...quiet, content: words(2001) } }, /content/],
    ["nothing", { type: 4, data: quiet }, /must hold something/],
    ["offers for a command", { type: 8, data: { choices: [] } }, /offers answer typing/],
    ["an update of no message", { type: 7, data: { ...quiet, content: "a" } }, /no message to update/],
    ["a long title of a form", form({ title: words(46) }), /title: Too big.*45/],
    ["an empty form", form({ components: [] }), /components: Too small/],
    ["six fields", form({ components: many(6, (index) => field({ custom_id: `${index}` })) }), /1 to 5 in a form/],
    ["a field twice", form({ components: [field(), field()] }), /custom_id what stands twice/],
    ["a long value", form({ components: [field({ value: "abc", max_length: 2 })] }), /value: at most 2/],
    ["a short value", form({ components: [field({ value: "abc", min_length: 4 })] }), /value: at least 4/],
    ["a field without a label", form({ components: [row({ type: 4, custom_id: "a", style: 1 })] }), /must have one/],
    ["a long label", form({ components: [{ ...field(), label: words(46) }] }), /label: Too big.*45/],
    ["a picture that did not come", { type: 4, data: { ...rich, components: [gallery("a.png")] } }, /not uploaded/],
  ])("%s is refused, and another may follow", async (_, json, expected) => {
    const { discord, callback, answer } = await open();
    expect(await ask(discord, callback, { json })).toMatchObject({ status: 400, code: 50_035 });
    expect(discord.problems).toEqual([expect.stringMatching(expected)]);
    expect(await ask(discord, callback, { json: { type: 4, data: { ...quiet, content: "Better" } } })).toMatchObject({ status: 204 });
    expect(message(await answer).text).toBe("Better");
  });

  test.each<readonly [string, Json, readonly string[]]>([
    ["words", { ...quiet, content: "Your week" }, []],
    ["a picture", { ...rich, components: [text("Your week"), gallery("week.png")] }, ["week.png"]],
  ])("%s is taken", async (_, data, files) => {
    const { discord, callback, answer } = await open();
    const json = { type: 4, data };
    const { json: told } = await ask(discord, `${callback}?with_response=true`, { json, files });
    const seen = message(await answer);
    expect(seen).toMatchObject({ text: "Your week", pictures: files.map((name) => ({ name })) });
    expect(told).toMatchObject({ interaction: { response_message_id: seen.id }, resource: { type: 4, message: { id: seen.id } } });
    expect(await ask(discord, callback, { json })).toMatchObject({ status: 400, code: 40_060 });
  });
});

describe("an answer", () => {
  test("that was promised comes with the first follow-up, and stays for one person", async () => {
    const { discord, ann, callback, webhook, answer } = await open();
    await ask(discord, callback, { json: { type: 5, data: { flags: 64 } } });
    expect(ann.screen(discord.server.channel)).toMatchObject([{ text: "is thinking…", isPrivate: true }]);
    await ask(discord, webhook, { json: { ...quiet, content: "Here" } });
    expect(message(await answer)).toMatchObject({ text: "Here", isPrivate: true, edits: 1 });
    expect(ann.screen(discord.server.channel)).toHaveLength(1);
  });

  test("that was promised may be taken back", async () => {
    const { discord, ann, callback, webhook, answer } = await open();
    await ask(discord, callback, { json: { type: 5 } });
    expect(await ask(discord, `${webhook}/messages/@original`, { method: "DELETE", json: {} })).toMatchObject({ status: 204 });
    expect(await answer).toEqual({ kind: "nothing" });
    expect(ann.screen(discord.server.channel)).toEqual([]);
    expect(await ask(discord, `${webhook}/messages/@original`, { method: "GET", json: {} })).toMatchObject({ status: 404, code: 10_008 });
  });

  test("keeps what an edit does not name, and loses what it takes away", async () => {
    const { discord, ann, callback, webhook, answer } = await open();
    const data = { ...quiet, content: "Your week", components: [row(button()), row(menu(["a"]))] };
    await ask(discord, callback, { json: { type: 4, data }, files: ["week.png"] });
    const { id } = message(await answer);
    const original = `${webhook}/messages/@original`;
    await ask(discord, original, { method: "PATCH", json: { ...quiet, content: "Your weeks" } });
    const [edited] = ann.screen(discord.server.channel);
    expect(edited).toMatchObject({ id, text: "Your weeks", buttons: ["Go"], menu: [{ label: "a" }], pictures: [{ name: "week.png" }] });
    await ask(discord, original, { method: "PATCH", json: { ...quiet, components: [], attachments: [] } });
    expect(ann.screen(discord.server.channel)).toMatchObject([{ text: "Your weeks", buttons: [], menu: [], pictures: [], edits: 2 }]);
    expect(await ask(discord, original, { method: "PATCH", json: { ...quiet, content: "" } })).toMatchObject({ status: 400 });
  });

  test("comes once where the command came twice", async () => {
    const discord = await aDiscord();
    const codes: unknown[] = [];
    await aBot(discord, async (interaction) => {
      const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
      codes.push((await ask(discord, path, { json: { type: 4, data: { ...quiet, content: "Here" } } })).code);
    });
    discord.deliverTwice();
    const ann = discord.person("Ann");
    expect(message(await ann.slash("week")).text).toBe("Here");
    await expect.poll(() => codes).toEqual([undefined, 40_060]);
    expect(ann.screen(discord.server.channel)).toHaveLength(1);
  });

  test("to a press is the first message that follows, and another is the next", async () => {
    const discord = await aDiscord();
    await aBot(discord, async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      for (const content of ["one", "two"]) await interaction.followUp(content);
    });
    const ann = discord.person("Ann");
    await ask(discord, `/channels/${ann.dm.channelId}/messages`, { json: { ...quiet, components: [row(button())] } });
    expect(message(await ann.press(await ann.next(ann.dm), "Go")).text).toBe("one");
    expect((await ann.next(ann.dm)).text).toBe("two");
  });

  test("to a press that is only acknowledged is nothing", async () => {
    const discord = await aDiscord({ patience: 100 });
    await aBot(discord, async (interaction) => (interaction.isButton() ? await interaction.deferUpdate() : undefined));
    const ann = discord.person("Ann");
    await ask(discord, `/channels/${ann.dm.channelId}/messages`, { json: { ...quiet, components: [row(button())] } });
    const seen = await ann.next(ann.dm);
    expect(await ann.press(seen, "Go")).toEqual({ kind: "nothing" });
  });
});

describe("a message of the bot", () => {
  test("stands once under one nonce, for a while and in all channels", async () => {
    let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
    const discord = await aDiscord({ now: () => now });
    const [ann, ben] = [discord.person("Ann"), discord.person("Ben")];
    const send = async ({ dm }: Person, content: string): Promise<unknown> =>
      (await ask(discord, `/channels/${dm.channelId}/messages`, { json: { ...quiet, content, nonce: "n1", enforce_nonce: true } })).json;
    const first = await send(ann, "one");
    now = now.add({ seconds: 179 });
    expect(await send(ben, "two")).toEqual(first);
    now = now.add({ seconds: 1 });
    await send(ben, "three");
    expect([ann, ben].flatMap(({ screen, dm }) => screen(dm).map((seen) => seen.text))).toEqual(["one", "three"]);
    const path = `/channels/${ben.dm.channelId}/messages`;
    await ask(discord, `${path}/${ben.screen(ben.dm)[0]?.id ?? ""}`, { method: "DELETE", json: {} });
    expect(await send(ben, "four")).toMatchObject({ code: 10_008 });
  });

  test("goes only where it may", async () => {
    const discord = await aDiscord();
    const send = async (channelId: string): Promise<unknown> =>
      (await ask(discord, `/channels/${channelId}/messages`, { json: { ...quiet, content: "a" } })).code;
    const { channel } = discord.openServer("Library", { isReadOnly: true });
    const codes = [await send("12345"), await send(channel.channelId), await send(discord.person("Ann").privately.channelId)];
    expect(codes).toEqual([10_003, 50_013, 50_001]);
  });
});
