/**
 * A Discord bot as its own process, for `discord.ts`. `coach` is the coach; `row` writes one row for each interaction; `idle` does nothing.
 * The last two follow the documentation of discord.js. Prints "ready" when connected, and ends when its input ends.
 */

import { env, stdout } from "node:process";
import { Client, type ClientApplication, Events, GatewayIntentBits, type Interaction, MessageFlags } from "discord.js";
import { logged, openCoach, runBot } from "./bot-parts.ts";

const token = env["DISCORD_TOKEN"] ?? "";
const apiUrl = env["DISCORD_API_URL"] ?? "";

await runBot({ coach: runCoach, bare: runBare });

async function runCoach(): Promise<() => Promise<void>> {
  const ready = Promise.withResolvers<void>();
  const { createDiscord } = await import("../../../../adapters/discord/index.ts");
  const { coach, store, shared } = await openCoach((event) => void (event === "discord-commands-registered" && ready.resolve()));
  const adapter = createDiscord({ token, apiUrl, ...shared, tell: () => {} });
  await adapter.start(coach);
  await ready.promise;
  stdout.write("ready\n");
  return async () => {
    await adapter.stop();
    await store.close();
  };
}

async function runBare(work: () => void): Promise<() => Promise<void>> {
  // The SDK's limit of 50 requests a second would make these bots look slow. The coach lifts it for answers, too.
  const rest = { api: apiUrl, globalRequestsPerSecond: 1000 };
  const client = new Client({ intents: [GatewayIntentBits.Guilds], allowedMentions: { parse: [] }, rest });
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction, work));
  client.once(Events.ClientReady, ({ application }) => void register(application));
  await client.login(token);
  return async () => await client.destroy();
}

async function answer(interaction: Interaction, work: () => void): Promise<void> {
  if (!interaction.isChatInputCommand()) return;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  work();
  await interaction.editReply({ content: logged, allowedMentions: { parse: [] } });
}

async function register(application: ClientApplication): Promise<void> {
  const sessions = { type: 3, name: "sessions", description: "what you did", required: true } as const;
  await application.commands.set([{ name: "log", description: "records a session", options: [sessions] }]);
  stdout.write("ready\n");
}
