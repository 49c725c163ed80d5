/** How long the program takes until it is ready on Discord, and what it holds in memory while nobody speaks. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDiscord } from "../test/support/discord/server.ts";
import { type Costs, differenceOf, medianOf, ratioOf, runPaired } from "./measure.ts";
import { fill } from "./people.ts";
import { type Command, launch, type Started, startUp } from "./process.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = { warmUp: 1, timed: 9 };
const longest = 60_000;

const libraries = ["discord.js", "better-sqlite3", "drizzle-orm/better-sqlite3", "drizzle-orm/sqlite-core", "zod"];
const wait = 'process.stdin.resume(); process.stdout.write("ready\\n");';

/** What is configured, imported as its documentation shows, and nothing done with it. */
const imports: Command = {
  args: ["--input-type=module", "--eval", libraries.map((name) => `import "${name}";`).join("") + wait],
  folder: root,
  environment: {},
  input: "",
};

/** The same by require, which is the leanest, and logged in as a bot that does nothing. */
const bare = `${libraries.map((name) => `require("${name}");`).join("")}
const { Client, GatewayIntentBits } = require("discord.js");
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.DISCORD_API_URL } });
process.stdin.resume().once("end", () => process.exit());
void client.login(process.env.DISCORD_TOKEN);`;

/** The lines about starting and resting on Discord. */
export async function benchDiscordStart({ folder, say }: Run): Promise<Findings> {
  const path = join(folder, "ready.db");
  await fill(path, { people: 10, weeks: 10 }, () => {});
  const settings = { DATABASE_URL: `file:${path}`, TIME_ZONE: "Europe/Berlin", LOG_LEVEL: "error" };
  const contenders = [
    {
      name: "program",
      run: async () => await untilReady({ args: [join(root, "src/start.ts")], folder, environment: settings, input: "" }),
    },
    {
      name: "bot",
      run: async () => await untilReady({ args: ["--input-type=commonjs", "--eval", bare], folder: root, environment: {}, input: "" }),
    },
    { name: "imports", run: async () => await startUp(imports) },
  ];
  const onRound = (round: number): void => say(`getting ready on Discord: round ${round + 1} of ${rounds.warmUp + rounds.timed}`);
  const costs = await runPaired(contenders, { ...rounds, onRound });
  return {
    lines: linesOf(costs),
    notes: [
      `On Discord, from start to ready: ${contenders.map(({ name }) => `${name} ${Math.round(medianOf(costs, "milliseconds", name))} ms and ${Math.round(medianOf(costs, "megabytes", name))} MB`).join(", ")}.`,
    ],
  };
}

function linesOf(costs: Costs<keyof Started>): readonly Line[] {
  return [
    {
      name: "Start to ready on Discord",
      against: "importing discord.js, drizzle, better-sqlite3 and zod plainly",
      figure: ratioOf(costs, "milliseconds", "program", "imports"),
      unit: "×",
      target: atMost(0.9),
    },
    {
      name: "Start to ready on Discord",
      against: "a bot that requires them, logs in and does nothing",
      figure: ratioOf(costs, "milliseconds", "program", "bot"),
      unit: "×",
    },
    {
      name: "Memory at rest on Discord, difference",
      against: "that bot",
      figure: differenceOf(costs, "megabytes", "program", "bot"),
      unit: " MB",
      target: atMost(15),
    },
    {
      name: "Memory at rest on Discord, difference",
      against: "importing them plainly",
      figure: differenceOf(costs, "megabytes", "program", "imports"),
      unit: " MB",
    },
  ];
}

/** Starts a bot on a stand-in for Discord, and waits until that has said that it is ready. */
async function untilReady(command: Command): Promise<Started> {
  const discord = await openDiscord();
  try {
    const began = performance.now();
    const environment = { ...command.environment, DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const child = launch({ ...command, environment }, longest);
    child.spoke.catch(() => undefined);
    await discord.gateway.ready();
    const milliseconds = performance.now() - began;
    const megabytes = await child.memory();
    await child.end(command.environment["DATABASE_URL"] ? "SIGTERM" : undefined);
    return { milliseconds, megabytes };
  } finally {
    await discord.close();
  }
}
