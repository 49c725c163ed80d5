/** Start time of the program on the configured platforms, and its memory while idle. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Chat, openDiscordChat, openSlackChat, variablesOf } from "./chats.ts";
import { type Costs, differenceOf, medianOf, ratioOf, runPaired } from "./measure.ts";
import { fill } from "./people.ts";
import { type Command, launch, type Started, startUp } from "./process.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const rounds = { warmUp: 1, timed: 9 };
const longest = 60_000;

const storage = ["better-sqlite3", "drizzle-orm/better-sqlite3", "drizzle-orm/sqlite-core", "zod"];
const wait = 'process.stdin.resume(); process.stdout.write("ready\\n");';

/** A platform: its SDK, as the program loads it, and a bot of it that logs in and does nothing. */
type Platform = { readonly sdk: readonly string[]; readonly bot: string; open(): Promise<Chat> };

const discord: Platform = {
  sdk: ["discord.js"],
  bot: `const { Client, GatewayIntentBits } = require("discord.js");
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.DISCORD_API_URL } });
void client.login(process.env.DISCORD_TOKEN);`,
  open: openDiscordChat,
};

/** Slack in Socket Mode. */
const slack: Platform = {
  sdk: ["@slack/bolt", "@slack/web-api"],
  bot: `const { App, LogLevel, SocketModeReceiver } = require("@slack/bolt");
const clientOptions = { slackApiUrl: process.env.SLACK_API_URL };
const receiver = new SocketModeReceiver({ appToken: process.env.SLACK_APP_TOKEN, logLevel: LogLevel.ERROR, installerOptions: { clientOptions } });
void new App({ token: process.env.SLACK_BOT_TOKEN, receiver, logLevel: LogLevel.ERROR, clientOptions }).start();`,
  open: openSlackChat,
};

/** The lines about starting and idling, on each platform and on both. */
export async function benchChatStart(run: Run): Promise<Findings> {
  const path = join(run.folder, "ready.db");
  await fill(path, { people: 10, weeks: 10 }, () => {});
  const found = [
    await benchStart("on Discord", [discord], run),
    await benchStart("on Slack", [slack], run),
    await benchStart("on Discord and Slack", [discord, slack], run),
  ];
  return { lines: found.flatMap(({ lines }) => lines), notes: found.flatMap(({ notes }) => notes) };
}

async function benchStart(where: string, platforms: readonly Platform[], { folder, say }: Run): Promise<Findings> {
  const environment = { DATABASE_URL: `file:${join(folder, "ready.db")}`, TIME_ZONE: "Europe/Berlin", LOG_LEVEL: "error" };
  const libraries = [...platforms.flatMap(({ sdk }) => sdk), ...storage];
  const program: Command = { args: [join(root, "src/main.ts")], folder, environment, input: "" };
  const contenders = [
    { name: "program", run: async () => await untilReady(program, platforms, "SIGTERM") },
    { name: "bot", run: async () => await untilReady(botOf(platforms, libraries), platforms) },
    { name: "imports", run: async () => await startUp(importsOf(libraries)) },
  ];
  const onRound = (round: number): void => say(`getting ready ${where}: round ${round + 1} of ${rounds.warmUp + rounds.timed}`);
  const costs = await runPaired(contenders, { ...rounds, onRound });
  const each = contenders.map(
    ({ name }) =>
      `${name} ${Math.round(medianOf(costs, "milliseconds", name))} ms and ${Math.round(medianOf(costs, "megabytes", name))} MB`,
  );
  return { lines: linesOf(where, costs), notes: [`From start to ready ${where}: ${each.join(", ")}.`] };
}

/** Imports the configured libraries as their documentation shows, and does nothing with them. */
function importsOf(libraries: readonly string[]): Command {
  const script = libraries.map((name) => `import "${name}";`).join("") + wait;
  return { args: ["--input-type=module", "--eval", script], folder: root, environment: {}, input: "" };
}

/** Loads the libraries with `require`, which is the leanest, and logs in as bots that do nothing. */
function botOf(platforms: readonly Platform[], libraries: readonly string[]): Command {
  const bots = platforms.map(({ bot }) => `{ ${bot} }`).join("\n");
  const script = `${libraries.map((name) => `require("${name}");`).join("")}\n${bots}
process.stdin.resume().once("end", () => process.exit());`;
  return { args: ["--input-type=commonjs", "--eval", script], folder: root, environment: {}, input: "" };
}

function linesOf(where: string, costs: Costs<keyof Started>): readonly Line[] {
  const plainly = "importing its SDKs, drizzle, better-sqlite3 and zod plainly";
  const bot = "bots that require them, log in and do nothing";
  const time = { name: `Start to ready ${where}`, unit: "×" } as const;
  const memory = { name: `Memory at rest ${where}, difference`, unit: " MB" } as const;
  return [
    { ...time, against: plainly, figure: ratioOf(costs, "milliseconds", "program", "imports"), target: atMost(0.9) },
    { ...time, against: bot, figure: ratioOf(costs, "milliseconds", "program", "bot") },
    { ...memory, against: bot, figure: differenceOf(costs, "megabytes", "program", "bot"), target: atMost(15) },
    { ...memory, against: plainly, figure: differenceOf(costs, "megabytes", "program", "imports") },
  ];
}

/** Starts a process on fake servers of those platforms, and waits until each has accepted its connection. */
async function untilReady(command: Command, platforms: readonly Platform[], signal?: NodeJS.Signals): Promise<Started> {
  const chats = await Promise.all(platforms.map(({ open }) => open()));
  try {
    const connected = Promise.all(chats.map((chat) => chat.awaited()));
    const began = performance.now();
    const environment = { ...command.environment, ...variablesOf(chats) };
    const child = launch({ ...command, environment }, longest);
    child.spoke.catch(() => undefined);
    await connected;
    const milliseconds = performance.now() - began;
    const megabytes = await child.memory();
    await child.end(signal);
    return { milliseconds, megabytes };
  } finally {
    await Promise.all(chats.map((chat) => chat.close()));
  }
}
