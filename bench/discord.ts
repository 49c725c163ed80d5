/** How long people wait on Discord for the answer to a `/log`, and what the bot holds in memory, against bots that do nothing. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDiscord, type Person } from "../test/support/discord/server.ts";
import { type Costs, medianOf, quantile, ratioOf, runPaired, spreadOf } from "./measure.ts";
import { launch } from "./process.ts";
import type { Durability } from "./raw.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

const rounds = { warmUp: 2, timed: 7 };
/** One after the other, and so many at once. */
const size = { alone: 60, together: 240, atOnce: 20, people: 1000 } as const;
const longest = 600_000;

/** A bot in its process, with a stand-in for Discord of its own in this one. */
type Bot = {
  readonly name: string;
  /** The milliseconds of each of `count` round trips, `atOnce` of them at a time. */
  trips(count: number, atOnce: number): Promise<readonly number[]>;
  memory(): Promise<number>;
  end(): Promise<void>;
};

type Measure = "alone" | "together";

/** The lines about Discord. */
export async function benchDiscord({ folder, isQuick, say }: Run): Promise<Findings> {
  const open = async (kind: string, synchronous: Durability): Promise<Bot> => await openBot(kind, synchronous, folder);
  const bots = [await open("idle", "FULL"), await open("coach", "NORMAL"), await open("coach", "FULL"), await open("row", "FULL")];
  try {
    const atRest = await memories(bots);
    const all = new Map<string, number[]>(bots.map(({ name }) => [name, []]));
    const contenders = bots.map((bot) => ({ name: bot.name, run: async () => await round(bot, all.get(bot.name) ?? []) }));
    const onRound = (number: number): void => say(`/log on Discord: round ${number + 1} of ${rounds.warmUp + rounds.timed}`);
    const costs = await runPaired(contenders, { ...rounds, onRound });
    const many = isQuick ? 800 : 8000;
    say(`/log on Discord: ${many.toLocaleString("en")} more for each bot`);
    for (const bot of bots) await bot.trips(many, size.atOnce);
    const afterMany = await memories(bots);
    return {
      lines: linesOf(costs),
      notes: [...bots.map(({ name }) => noteOf(name, costs, all.get(name) ?? [])), memoryNote(many, atRest, afterMany)],
    };
  } finally {
    await Promise.all(bots.map((bot) => bot.end()));
  }
}

async function round(bot: Bot, all: number[]): Promise<Readonly<Record<Measure, number>>> {
  const alone = await bot.trips(size.alone, 1);
  all.push(...alone);
  const began = performance.now();
  await bot.trips(size.together, size.atOnce);
  return { alone: spreadOf(alone).median, together: (performance.now() - began) / size.together };
}

async function openBot(kind: string, synchronous: Durability, folder: string): Promise<Bot> {
  const discord = await openDiscord({ patience: longest });
  const name = kind === "idle" ? kind : `${kind} ${synchronous}`;
  const path = join(folder, `discord-${name.replace(" ", "-")}.db`);
  const child = launch(
    {
      args: [fileURLToPath(new URL("discord-bot.ts", import.meta.url)), kind, synchronous, path],
      folder,
      environment: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
      input: "",
    },
    longest,
  );
  await child.spoke;
  const people = Array.from({ length: size.people }, (_, index) => discord.person(`person ${index}`));
  let next = 0;
  return {
    name,
    async trips(count, atOnce) {
      const milliseconds: number[] = [];
      const turns = Array.from({ length: count }, () => people[(next += 1) % people.length]).values();
      const lane = async (): Promise<void> => {
        for (const person of turns) if (person) milliseconds.push(await trip(person));
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      return milliseconds;
    },
    memory: child.memory,
    async end() {
      await child.end();
      await discord.close();
      if (discord.problems.length > 0) throw new Error(`Measure ${name}: Discord refused ${discord.problems.join("; ")}`);
    },
  };
}

/** The milliseconds that one `/log` takes until its person sees the answer. Throws when it is another. */
export async function trip(person: Person): Promise<number> {
  const began = performance.now();
  const answer = await person.slash("log", { sessions: "20 strength" });
  const milliseconds = performance.now() - began;
  const words = answer.kind === "message" ? answer.message.text : answer.kind;
  if (!words.includes("20 min strength logged")) throw new Error(`Measure a /log on Discord: it must be recorded, and said "${words}"`);
  return milliseconds;
}

async function memories(bots: readonly Bot[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const bot of bots) found.set(bot.name, await bot.memory());
  return found;
}

function linesOf(costs: Costs<Measure>): readonly Line[] {
  const line = (name: string, measure: Measure, base: string, target?: number): Line => ({
    name: `/log on Discord, ${name}, ${measure === "alone" ? "one after the other" : `${size.atOnce} at once`}`,
    against: base === "idle" ? "a discord.js bot that does nothing" : "a discord.js bot that writes one row",
    figure: ratioOf(costs, measure, `coach ${name}`, base),
    unit: "×",
    ...(target === undefined ? {} : { target: atMost(target) }),
  });
  return [
    line("NORMAL", "alone", "idle", 2.8),
    line("NORMAL", "together", "idle", 2.8),
    line("FULL", "alone", "row FULL", 1.5),
    line("FULL", "together", "row FULL", 1.5),
    line("FULL", "alone", "idle"),
  ];
}

function noteOf(name: string, costs: Costs<Measure>, all: readonly number[]): string {
  const at = (part: number): string => quantile(all, part).toFixed(1);
  const rate = Math.round(1000 / medianOf(costs, "together", name));
  return `/log on Discord, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms one after the other; ${rate} a second with ${size.atOnce} at once.`;
}

function memoryNote(many: number, atRest: ReadonlyMap<string, number>, afterMany: ReadonlyMap<string, number>): string {
  const each = Array.from(atRest, ([name, rest]) => `${name} ${Math.round(rest)} and ${Math.round(afterMany.get(name) ?? Number.NaN)}`);
  return `Memory of these bots in MB at rest, and after ${many.toLocaleString("en")} more: ${each.join("; ")}.`;
}
