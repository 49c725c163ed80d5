/** The commands as Discord is told of them. */

import { REST } from "discord.js";
import { describe, expect, test } from "vitest";
import type { Command } from "#core/command.ts";
import { commands } from "#core/commands/index.ts";
import { register, registrationOf } from "../../../adapters/discord/commands.ts";
import { aDiscord } from "../../support/fake-discord/bot.ts";

const listed = commands.filter(({ isListed }) => isListed);
const log = listed.find(({ name }) => name === "log");

async function aRegistration() {
  const discord = await aDiscord();
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  return { discord, put: async (table: readonly Command[]) => await register(rest, discord.applicationId, table) };
}

/** The table with its `/log` changed. */
function withLog(change: Partial<Command>): readonly Command[] {
  return commands.map((command) => (command === log ? { ...command, ...change } : command));
}

describe("the commands", () => {
  test("are all put, and nothing that only buttons say", async () => {
    const { discord, put } = await aRegistration();
    expect(await put(commands)).toBe(true);
    expect(discord.problems).toEqual([]);
    const names = discord.commands.map((command) => (command as { readonly name: string }).name);
    expect(names).toEqual(listed.map(({ name }) => name));
  });

  test("are in servers, in direct messages and wherever people take the bot along, and ask for no rights", () => {
    for (const command of registrationOf(commands)) {
      expect(command).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
      expect(command).not.toHaveProperty("default_member_permissions");
    }
  });

  test("let /log 20 strength be typed as it stands", () => {
    const option = registrationOf(commands).find(({ name }) => name === "log")?.options;
    expect(option).toEqual([expect.objectContaining({ name: "sessions", type: 3, required: true, autocomplete: true })]);
  });

  test("have names and summaries of their own where people speak otherwise", async () => {
    const { discord, put } = await aRegistration();
    const localized = { de: { name: "notiere", summary: "notiert eine Einheit" } };
    expect(await put(withLog({ localized }))).toBe(true);
    expect(discord.problems).toEqual([]);
    expect(discord.commands).toContainEqual(
      expect.objectContaining({
        name: "log",
        name_localizations: { de: "notiere" },
        description_localizations: { de: "notiert eine Einheit" },
      }),
    );
    expect(await put(withLog({ localized }))).toBe(false);
    expect(await put(commands)).toBe(true);
  });
});

describe("a second start", () => {
  test("puts nothing where nothing has changed, in whatever order Discord gives them", async () => {
    const { discord, put } = await aRegistration();
    await put(commands.toReversed());
    expect(await put(commands)).toBe(false);
    expect(discord.requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
  });

  test.each<readonly [string, readonly Command[]]>([
    ["a summary", withLog({ summary: "writes a session down" })],
    ["an argument", withLog({ args: {} })],
    [
      "what an argument is",
      withLog({ args: { sessions: { ...log?.args["sessions"], about: "what you did" } as Command["args"][string] } }),
    ],
    ["the values of an argument", withLog({ args: { sessions: { ...log?.args["sessions"], values: ["a"] } as Command["args"][string] } })],
    ["a command less", commands.filter((command) => command !== log)],
  ])("puts them all where %s is another", async (_, table) => {
    const { discord, put } = await aRegistration();
    await put(commands);
    expect(await put(table)).toBe(true);
    expect(await put(table)).toBe(false);
    expect(discord.problems).toEqual([]);
  });
});
