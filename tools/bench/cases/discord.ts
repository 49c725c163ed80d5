/** Discord: response time of `/log` and memory of the bot, against bots that do nothing. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDiscord } from "../../../test/support/fake-discord/server.ts";
import { type Bot, createBot, linesOf, measureBots } from "../support/bots/bots.ts";
import { discordTrip } from "../support/chats.ts";
import { launch } from "../support/process.ts";
import type { Durability } from "../support/raw.ts";
import type { Findings, Run } from "../support/run.ts";

const longest = 600_000;
const about = { where: "on Discord", sdk: "discord.js" } as const;

/** The lines about Discord. */
export async function benchDiscord({ folder, isQuick, say }: Run): Promise<Findings> {
  const open = async (kind: string, synchronous: Durability): Promise<Bot> => await openBot(kind, synchronous, folder);
  const bots = [await open("idle", "FULL"), await open("coach", "NORMAL"), await open("coach", "FULL"), await open("row", "FULL")];
  try {
    const { costs, notes } = await measureBots(bots, { ...about, first: 0, many: isQuick ? 800 : 8000, say });
    const compared = [
      { durability: "NORMAL", measure: "alone", base: "idle", target: 2.8 },
      { durability: "NORMAL", measure: "together", base: "idle", target: 2.8 },
      { durability: "FULL", measure: "alone", base: "row FULL", target: 1.5 },
      { durability: "FULL", measure: "together", base: "row FULL", target: 1.5 },
      { durability: "FULL", measure: "alone", base: "idle" },
      { durability: "NORMAL", measure: "effort", base: "idle" },
      { durability: "FULL", measure: "effort", base: "row FULL" },
    ] as const;
    return { lines: linesOf(about, compared, costs), notes };
  } finally {
    await Promise.all(bots.map((bot) => bot.end()));
  }
}

async function openBot(kind: string, synchronous: Durability, folder: string): Promise<Bot> {
  const discord = await openDiscord({ patience: longest });
  const name = kind === "idle" ? kind : `${kind} ${synchronous}`;
  const path = join(folder, `discord-${name.replace(" ", "-")}.db`);
  const child = launch(
    {
      args: [fileURLToPath(new URL("../support/bots/discord-bot.ts", import.meta.url)), kind, synchronous, path],
      folder,
      environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
      input: "",
    },
    longest,
  );
  await child.spoke;
  return createBot({
    name,
    child,
    trip: async (person) => await discordTrip(discord.person(`person ${person}`)),
    async close() {
      await discord.close();
      return discord.problems;
    },
  });
}
