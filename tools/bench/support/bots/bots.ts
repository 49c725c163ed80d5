/** Measures bots: response time of `/log`, and memory. Each bot is its own process, on its own fake server in this process. */

import { type Costs, medianOf, quantile, ratioOf, runPaired, spreadOf } from "../measure.ts";
import type { Launched } from "../process.ts";
import type { Durability } from "../raw.ts";
import { atMost, type Line } from "../table.ts";

/** Numbers of rounds. */
export const rounds = { warmUp: 2, timed: 7 } as const;
/** `/log` commands in a round: one after the other, and in parallel, `atOnce` at a time. */
export const size = { alone: 60, together: 240, atOnce: 20, people: 1000 } as const;

/**
 * The measures of a round in milliseconds. "alone": median of a `/log`. "together": time an answer when many run in parallel. "effort":
 * processor time of the bot for each of these, without the fake server and other load.
 */
export type Measure = "alone" | "together" | "effort";

/** A bot. */
export type Bot = {
  readonly name: string;
  /** Milliseconds of each of `count` round trips, `atOnce` in parallel, each by the next person. */
  trips(count: number, atOnce: number): Promise<readonly number[]>;
  memory(): Promise<number>;
  /** Milliseconds of processor time so far. */
  effort(): number;
  end(): Promise<void>;
};

/** The parts of a bot. */
export type BotOptions = {
  readonly name: string;
  readonly child: Launched;
  /** Milliseconds of one `/log` of a person, from 0 up to `size.people`. */
  readonly trip: (person: number) => Promise<number>;
  /** Closes its fake server, and returns what the server refused. */
  readonly close: () => Promise<readonly string[]>;
};

/** Creates a bot. */
export function createBot({ name, child, trip, close }: BotOptions): Bot {
  let next = 0;
  return {
    name,
    async trips(count, atOnce) {
      const milliseconds: number[] = [];
      const turns = Array.from({ length: count }, () => (next += 1) % size.people).values();
      const lane = async (): Promise<void> => {
        for (const person of turns) milliseconds.push(await trip(person));
      };
      await Promise.all(Array.from({ length: atOnce }, lane));
      return milliseconds;
    },
    memory: child.memory,
    effort: child.effort,
    async end() {
      await child.end();
      const problems = await close();
      if (problems.length > 0) throw new Error(`Measure ${name}: it must send nothing wrong, and did: ${problems.join("; ")}`);
    },
  };
}

/** Settings of a measurement. */
export type Measuring = {
  /** The platform in words, such as "on Discord". */
  readonly where: string;
  /** Commands at the start, so that the bots know their people. */
  readonly first: number;
  /** Further commands at the end, to see what stays in memory. */
  readonly many: number;
  say(words: string): void;
};

/** The costs, and sentences about them. */
export type Measured = { readonly costs: Costs<Measure>; readonly notes: readonly string[] };

/** Measures `bots` in paired rounds. */
export async function measureBots(bots: readonly Bot[], { where, first, many, say }: Measuring): Promise<Measured> {
  const atRest = await memories(bots);
  for (const bot of bots) await bot.trips(first, size.atOnce);
  const all = new Map<string, number[]>(bots.map(({ name }) => [name, []]));
  const contenders = bots.map((bot) => ({ name: bot.name, run: async () => await roundOf(bot, all.get(bot.name) ?? []) }));
  const onRound = (number: number): void => say(`/log ${where}: round ${number + 1} of ${rounds.warmUp + rounds.timed}`);
  const costs = await runPaired(contenders, { ...rounds, onRound });
  say(`/log ${where}: ${many.toLocaleString("en")} more for each bot`);
  for (const bot of bots) await bot.trips(many, size.atOnce);
  const afterMany = await memories(bots);
  const notes = bots.map(({ name }) => noteOf(where, name, costs, all.get(name) ?? []));
  return { costs, notes: [...notes, memoryNote({ where, many }, atRest, afterMany)] };
}

async function roundOf(bot: Bot, all: number[]): Promise<Readonly<Record<Measure, number>>> {
  const alone = await bot.trips(size.alone, 1);
  all.push(...alone);
  const [began, before] = [performance.now(), bot.effort()];
  await bot.trips(size.together, size.atOnce);
  const [took, kept] = [performance.now() - began, bot.effort() - before];
  return { alone: spreadOf(alone).median, together: took / size.together, effort: kept / size.together };
}

type Megabytes = ReadonlyMap<string, number>;

async function memories(bots: readonly Bot[]): Promise<Megabytes> {
  const found = new Map<string, number>();
  for (const bot of bots) found.set(bot.name, await bot.memory());
  return found;
}

/** A note with the times, which hold for this machine only. */
function noteOf(where: string, name: string, costs: Costs<Measure>, all: readonly number[]): string {
  const at = (part: number): string => quantile(all, part).toFixed(1);
  const rate = Math.round(1000 / medianOf(costs, "together", name));
  const effort = medianOf(costs, "effort", name).toFixed(2);
  return `/log ${where}, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms one after the other; ${rate} a second with ${size.atOnce} at once, each for ${effort} ms of its processor.`;
}

function memoryNote({ where, many }: Pick<Measuring, "where" | "many">, atRest: Megabytes, afterMany: Megabytes): string {
  const each = Array.from(atRest, ([name, rest]) => `${name} ${Math.round(rest)} and ${Math.round(afterMany.get(name) ?? Number.NaN)}`);
  return `Memory of the bots ${where} in MB at rest, and after ${many.toLocaleString("en")} more: ${each.join("; ")}.`;
}

/** A comparison in the table: the coach at a durability against another bot, by a measure. */
export type Compared = { readonly durability: Durability; readonly measure: Measure; readonly base: string; readonly target?: number };

/** The measures in words. */
const words: Readonly<Record<Measure, string>> = {
  alone: "one after the other",
  together: `${size.atOnce} at once`,
  effort: `${size.atOnce} at once, processor time`,
};

/** The platform, and the SDK of the bots that the coach is compared with. */
export type About = { readonly where: string; readonly sdk: string };

/** The lines about these comparisons. Measures that the system does not report are left out. */
export function linesOf({ where, sdk }: About, compared: readonly Compared[], costs: Costs<Measure>): readonly Line[] {
  const lines = compared.map(({ durability, measure, base, target }) => ({
    name: `/log ${where}, ${durability}, ${words[measure]}`,
    against: `a bot of ${sdk} that ${base === "idle" ? "does nothing" : "writes one row"}`,
    figure: ratioOf(costs, measure, `coach ${durability}`, base),
    unit: "×",
    ...(target === undefined ? {} : { target: atMost(target) }),
  }));
  return lines.filter(({ figure }) => !Number.isNaN(figure.median));
}
