/** The fake Discord server with bodies that Discord refuses, and with others that it takes. */

import { describe, expect, test } from "vitest";
import { ask, button, gallery, type Json, many, menu, quiet, rich, row, text, words } from "../../support/fake-discord/bodies.ts";
import { aDiscord } from "../../support/fake-discord/bot.ts";

const wrongMessages: readonly (readonly [string, Json, RegExp])[] = [
  ["too many words", { ...quiet, content: words(2001) }, /content: at most 2000/],
  ["nothing at all", quiet, /content: a message must hold something/],
  ["no word on mentions", { content: "a" }, /allowed_mentions: parse must be given/],
  ["mentions of everybody", { content: "a", allowed_mentions: { parse: ["everyone"] } }, /parse must be given, and be empty/],
  ["a field that nobody knows", { ...quiet, content: "a", colour: 1 }, /colour: no such field/],
  ["a content that is no text", { ...quiet, content: 1 }, /content: Invalid input: expected string/],
  ["a long nonce", { ...quiet, content: "a", nonce: words(26) }, /nonce/],
  ["an ephemeral flag", { ...quiet, content: "a", flags: 64 }, /only an answer to an interaction can be ephemeral/],
  ["a flag that is not its own", { ...quiet, content: "a", flags: 2 }, /flags that a bot cannot set/],
  ["six rows", { ...quiet, components: many(6, (index) => row(button({ custom_id: `${index}` }))) }, /at most 5 action rows/],
  ["six buttons in a row", { ...quiet, components: [row(...many(6, (index) => button({ custom_id: `${index}` })))] }, /<=5 items/],
  ["one id twice", { ...quiet, components: [row(button(), button())] }, /custom_id go stands twice/],
  ["a button and a menu in one row", { ...quiet, components: [row(button(), menu(["a"]))] }, /do not stand in one row/],
  ["a long label", { ...quiet, components: [row(button({ label: words(81) }))] }, /label: Too big.*80/],
  ["a button without words", { ...quiet, components: [row(button({ label: undefined }))] }, /label: a button must have one/],
  ["a button without an id", { ...quiet, components: [row(button({ custom_id: undefined }))] }, /custom_id: a button has one/],
  ["a link with an id", { ...quiet, components: [row(button({ style: 5, url: "https://example.org" }))] }, /url: a link has one/],
  [
    "a long id",
    { ...quiet, components: [row(button({ custom_id: words(101) }))] },
    /components\[0\]\.components\[0\]\.custom_id: Too big.*100/,
  ],
  ["an empty menu", { ...quiet, components: [row(menu([]))] }, /options: Too small/],
  ["a menu of 26", { ...quiet, components: [row(menu(many(26, String)))] }, /options: Too big/],
  ["a menu with one value twice", { ...quiet, components: [row(menu(["a", "a"]))] }, /value a stands twice/],
  ["a menu that wants more than it has", { ...quiet, components: [row(menu(["a"], { max_values: 2 }))] }, /max_values/],
  ["a component of no known type", { ...quiet, components: [row({ type: 99 })] }, /no such type may stand here/],
  ["Components V2 without the flag", { ...quiet, components: [text("a")] }, /want the flag IS_COMPONENTS_V2/],
  ["Components V2 with content", { ...rich, content: "a", components: [text("a")] }, /content: not with IS_COMPONENTS_V2/],
  ["Components V2 with embeds", { ...rich, embeds: [{ title: "a" }], components: [text("a")] }, /embeds: not with IS_COMPONENTS_V2/],
  ["too many components", { ...rich, components: many(5, () => ({ type: 17, components: many(8, () => text("a")) })) }, /at most 40/],
  ["too many words over all texts", { ...rich, components: [text(words(2001)), text(words(2000))] }, /at most 4000 characters/],
  ["an attachment that did not come", { ...rich, components: [gallery("week.png")] }, /attachment:\/\/week.png was not uploaded/],
  ["an attachment of no file", { ...quiet, content: "a", attachments: [{ id: "0", description: "Bars" }] }, /no file came with the id 0/],
  ["a long embed title", { ...quiet, embeds: [{ title: words(257) }] }, /embeds\[0\]\.title: Too big.*256/],
  ["a long embed field", { ...quiet, embeds: [{ fields: [{ name: "a", value: words(1025) }] }] }, /fields\[0\]\.value: Too big.*1024/],
  ["too many embed fields", { ...quiet, embeds: [{ fields: many(26, () => ({ name: "a", value: "b" })) }] }, /fields: Too big/],
  ["too many words over all embeds", { ...quiet, embeds: many(2, () => ({ description: words(3001) })) }, /6000 characters over all/],
  ["an embed of nothing", { ...quiet, embeds: [{}] }, /an embed must hold something/],
];

describe("a message with", () => {
  test.each(wrongMessages)("%s is refused", async (_, json, expected) => {
    const discord = await aDiscord();
    const ann = discord.person("Ann");
    expect(await ask(discord, `/channels/${ann.dm.channelId}/messages`, { json })).toMatchObject({ status: 400, code: 50_035 });
    expect(discord.problems).toEqual([expect.stringMatching(expected)]);
    expect(discord.problems[0]).toMatch(/^POST \/channels\/\d+\/messages: /u);
    expect(ann.screen(ann.dm)).toEqual([]);
  });

  const bars = { name: "week.png", description: "Bars" };
  test.each<readonly [string, Json, readonly object[]]>([
    ["2000 characters", { ...quiet, content: words(2000) }, []],
    ["a long nonce in digits", { ...quiet, content: "a", nonce: "1".repeat(25), enforce_nonce: true }, []],
    ["two rows of buttons and a menu", { ...quiet, components: [row(button()), row(menu(["a"]))] }, []],
    ["a picture alone", { ...quiet, attachments: [{ id: "0", description: "Bars" }] }, [bars]],
    ["Components V2", { ...rich, components: [{ type: 17, components: [text("a"), gallery("week.png")] }, row(button())] }, [bars]],
    ["an embed with its picture", { ...quiet, embeds: [{ title: "a", image: { url: "attachment://week.png" } }] }, [{ name: "week.png" }]],
  ])("%s is taken", async (_, json, pictures) => {
    const discord = await aDiscord();
    const { dm, screen } = discord.person("Ann");
    const files = pictures.map(() => "week.png");
    expect(await ask(discord, `/channels/${dm.channelId}/messages`, { json, files })).toMatchObject({ status: 200 });
    expect(discord.problems).toEqual([]);
    expect(screen(dm)).toMatchObject([{ isFromBot: true, pictures }]);
  });

  test("a picture that Components V2 do not name shows none", async () => {
    const discord = await aDiscord();
    const { dm, screen } = discord.person("Ann");
    await ask(discord, `/channels/${dm.channelId}/messages`, { json: { ...rich, components: [text("a")] }, files: ["week.png"] });
    expect(screen(dm)).toMatchObject([{ text: "a", isRich: true, pictures: [] }]);
  });
});

const log = { name: "log", description: "Note a session" };
const inner = (over: Json = {}): Json => ({ type: 3, name: "what", description: "What it was", ...over });
const choices = (names: readonly string[]): readonly Json[] => names.map((name) => ({ name, value: name }));

describe("commands with", () => {
  test.each<readonly [string, readonly Json[], RegExp]>([
    ["a name in capitals", [{ ...log, name: "Log" }], /name: "Log" must be lower case/],
    ["a name of two words", [{ ...log, name: "log it" }], /must be 1 to 32 letters/],
    ["a translated name in capitals", [{ ...log, name_localizations: { de: "Notiz" } }], /name: "Notiz" must be lower case/],
    ["a language that is none", [{ ...log, name_localizations: { xx: "log" } }], /no such language is known: xx/],
    ["no description", [{ name: "log" }], /description: 1 to 100/],
    ["a long description", [{ ...log, description: words(101) }], /\[0\]\.description: Too big.*100/],
    ["one name twice", [log, log], /name: log of type 1 stands twice/],
    ["one option twice", [{ ...log, options: [inner(), inner()] }], /options: name what stands twice/],
    [
      "a required option at the end",
      [{ ...log, options: [inner(), inner({ name: "how", required: true })] }],
      /required ones stand before/,
    ],
    ["too many options", [{ ...log, options: many(26, (index) => inner({ name: `o${index}` })) }], /options: Too big/],
    ["too many choices", [{ ...log, options: [inner({ choices: choices(many(26, String)) })] }], /choices: Too big/],
    ["a long choice", [{ ...log, options: [inner({ choices: choices([words(101)]) })] }], /name: Too big.*100/],
    ["one choice twice", [{ ...log, options: [inner({ choices: choices(["a", "a"]) })] }], /choices: name a stands twice/],
    [
      "choices and offers",
      [{ ...log, options: [inner({ autocomplete: true, choices: choices(["a"]) })] }],
      /autocomplete: not with choices/,
    ],
    ["an option of no known type", [{ ...log, options: [inner({ type: 77 })] }], /options\[0\]: no such type/],
    ["a field that nobody knows", [{ ...log, hidden: true }], /hidden: no such field/],
    ["101 of them", many(101, (index) => ({ ...log, name: `log${index}` })), /at most 100 commands/],
  ])("%s are refused", async (_, json, expected) => {
    const discord = await aDiscord();
    const path = `/applications/${discord.applicationId}/commands`;
    expect(await ask(discord, path, { method: "PUT", json })).toMatchObject({ status: 400, code: 50_035 });
    expect(discord.problems.join("\n")).toMatch(expected);
    expect(discord.commands).toEqual([]);
  });

  test("one scope more are refused", async () => {
    const discord = await aDiscord();
    const path = `/applications/${discord.applicationId}/guilds/${discord.server.id}/commands`;
    expect(await ask(discord, path, { method: "PUT", json: [log] })).toMatchObject({ status: 400 });
    expect(discord.problems.join()).toContain("one scope only");
  });

  test("a route that nobody knows are refused", async () => {
    const discord = await aDiscord();
    expect(await ask(discord, "/lobbies", { json: {} })).toMatchObject({ status: 404, code: 0 });
    expect(discord.problems).toEqual(["POST /lobbies: no such route is modelled"]);
  });
});
