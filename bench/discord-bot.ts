/**
 * A bot as a process of its own, for `discord.ts`: `coach` is the coach on Discord; `row` writes one row for each interaction, and `idle`
 * does nothing, both as the documentation of discord.js shows. Says "ready" once it is, and ends when its input ends.
 */

import { randomUUIDv7 } from "node:crypto";
import { argv, env, exit, stdin, stdout } from "node:process";
import { Client, type ClientApplication, Events, GatewayIntentBits, type Interaction, MessageFlags } from "discord.js";
import type { TimeZone } from "#core/time.ts";
import { createCoach } from "#src/coach.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { createDiscord } from "../adapters/discord/index.ts";
import { type Durability, openBare } from "./raw.ts";

const [, , kind = "idle", synchronous = "FULL", path = ""] = argv;
const token = env["DISCORD_TOKEN"] ?? "";
const apiUrl = env["DISCORD_API_URL"] ?? "";

const end = kind === "coach" ? await runCoach() : await runBare(kind === "row" ? writeRows() : () => {});
stdin.resume().once("end", () => void end().finally(() => exit()));

async function runCoach(): Promise<() => Promise<void>> {
  const { store } = openSqlite({ path, synchronous: synchronous as Durability });
  const clock = { now: () => Temporal.Now.instant() };
  const ready = Promise.withResolvers<void>();
  const info = (event: string): void => void (event === "discord-registered" && ready.resolve());
  const fail = (event: string, fields?: unknown): never => {
    throw new Error(`Measure the coach: "${event}" ${JSON.stringify(fields)}`);
  };
  const log = { info, warn: fail, error: fail };
  const coach = createCoach({ store, clock, log, freshId: () => randomUUIDv7(), timeZone: "Europe/Berlin" as TimeZone, spread: 0 });
  const paint = async (): Promise<Uint8Array> => fail("nothing is painted for a /log");
  const adapter = createDiscord({ token, apiUrl, clock, log, paint, tell: () => {} });
  await adapter.start(coach);
  await ready.promise;
  stdout.write("ready\n");
  return async () => {
    await adapter.stop();
    await store.close();
  };
}

async function runBare(work: () => void): Promise<() => Promise<void>> {
  // The SDK's own limit of 50 a second would make these bots look slow; the coach lifts it for answers, too.
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
  await interaction.editReply({ content: "20 min strength logged", allowedMentions: { parse: [] } });
}

async function register(application: ClientApplication): Promise<void> {
  const sessions = { type: 3, name: "sessions", description: "what you did", required: true } as const;
  await application.commands.set([{ name: "log", description: "records a session", options: [sessions] }]);
  stdout.write("ready\n");
}

function writeRows(): () => void {
  const client = openBare(path, synchronous as Durability);
  client.exec("create table session (id text primary key, minutes integer) strict");
  const insert = client.prepare("insert into session (id, minutes) values (?, 20)");
  return () => void insert.run(randomUUIDv7());
}
