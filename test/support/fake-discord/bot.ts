/** A bare bot of discord.js on a fake server, for tests of the fake server itself. */

import { once } from "node:events";
import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction, Partials } from "discord.js";
import { onTestFinished } from "vitest";
import { openDiscord } from "./server.ts";
import type { Answer, Discord, DiscordOptions, Seen } from "./types.ts";

/** The bot's commands. */
export const commands = [
  {
    name: "log",
    description: "Note a session",
    description_localizations: { de: "Eine Einheit notieren" },
    contexts: [0, 1, 2],
    integration_types: [0, 1],
    options: [
      { type: 4, name: "minutes", description: "How long", required: true, min_value: 1, max_value: 600 },
      { type: 3, name: "activity", description: "What", autocomplete: true },
    ],
  },
  { name: "week", description: "This week", contexts: [0, 1], integration_types: [0] },
] as const;

/** Opens a fake server, and closes it after the test. */
export async function aDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const discord = await openDiscord(options);
  onTestFinished(discord.close);
  return discord;
}

/** Creates a client that is not logged in, and destroys it after the test. */
export function aClient(discord: Discord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    rest: { api: discord.apiUrl },
    ...options,
  });
  onTestFinished(async () => {
    // The client waits for an answer to its close frame, which a frozen connection never gives.
    discord.gateway.cut();
    await client.destroy();
  });
  return client;
}

/** Starts a bot that has registered its commands and answers with `answer`. */
export async function aBot(
  discord: Discord,
  answer: (interaction: Interaction) => Promise<unknown> = async () => undefined,
): Promise<Client> {
  const client = aClient(discord);
  client.on(
    Events.InteractionCreate,
    (interaction) => void answer(interaction).catch((error: unknown) => client.emit("error", wrap(error))),
  );
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  await client.application?.commands.set(commands);
  return client;
}

function wrap(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** The message of an answer. Throws if it is something else. */
export function message(answer: Answer): Seen {
  if (answer.kind !== "message") throw new Error(`Read the answer: it must be a message, and is ${JSON.stringify(answer)}`);
  return answer.message;
}
