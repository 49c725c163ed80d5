/** How long people wait on Discord while many are sent their weekly message, pictures and all. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Discord, openDiscord, type Person } from "../test/support/discord/server.ts";
import { trip } from "./discord.ts";
import { quantile, spreadOf } from "./measure.ts";
import { launch } from "./process.ts";
import type { Findings, Run } from "./run.ts";
import { atMost } from "./table.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const atOnce = 50;
const longest = 300_000;
/** A week later all of the hour is over in which the weekly messages of a Monday fall due. */
const wednesday = "2026-11-25T11:00:00Z";
const monday = "2026-11-30T08:05:00Z";

/** The lines about answers while mail goes out. */
export async function benchCrowd({ folder, isQuick, say }: Run): Promise<Findings> {
  const discord = await openDiscord({ patience: longest });
  const everybody = Array.from({ length: isQuick ? 100 : 400 }, (_, index) => discord.person(`person ${index}`));
  const burst = async (from: number): Promise<readonly number[]> =>
    await Promise.all(Array.from({ length: atOnce }, (_, index) => trip(at(everybody, from + index))));
  try {
    say(`${everybody.length} people on Discord log a session`);
    const before = await start(discord, folder, wednesday);
    for (let from = 0; from < everybody.length; from += atOnce) await burst(from);
    await before.end("SIGTERM");
    const program = await start(discord, folder, monday);
    const bursts: (readonly number[])[] = [];
    say(`${atOnce} people on Discord at once, while ${everybody.length} are sent their weekly message`);
    while (mailed(everybody) < everybody.length - atOnce) bursts.push(await burst(bursts.length * atOnce));
    while (mailed(everybody) < everybody.length) await sleep(100);
    await program.end("SIGTERM");
    if (discord.problems.length > 0) throw new Error(`Measure a crowd: Discord refused ${discord.problems.join("; ")}`);
    return findings(bursts, everybody.length);
  } finally {
    await discord.close();
  }
}

function at(people: readonly Person[], index: number): Person {
  const person = people[index % people.length];
  if (!person) throw new Error("Measure a crowd: there must be people");
  return person;
}

async function start(discord: Discord, folder: string, clock: string): Promise<ReturnType<typeof launch>> {
  const environment = {
    DATABASE_URL: `file:${join(folder, "crowd.db")}`,
    TIME_ZONE: "Europe/Berlin",
    LOG_LEVEL: "error",
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    CLOCK_AT: clock,
    NODE_OPTIONS: `--import=${pathToFileURL(join(root, "test/support/turned-clock.ts")).href}`,
  };
  const program = launch({ args: [join(root, "src/start.ts")], folder, environment, input: "" }, longest);
  program.spoke.catch(() => undefined);
  await discord.gateway.ready();
  while (discord.commands.length === 0) await sleep(20);
  return program;
}

/** How many have their weekly message. */
function mailed(people: readonly Person[]): number {
  return people.filter(({ screen, dm }) => screen(dm).some(({ pictures }) => pictures.length > 0)).length;
}

/** Bursts are dealt into so many rounds, as a 99th part of fifty is nobody. */
const rounds = 7;

function findings(bursts: readonly (readonly number[])[], people: number): Findings {
  const dealt = Array.from({ length: rounds }, (_, round) => bursts.filter((__, index) => index % rounds === round).flat());
  const all = bursts.flat();
  const overall = (part: number): string => quantile(all, part).toFixed(0);
  return {
    lines: [
      {
        name: `/log on Discord, ${atOnce} at once while weekly messages go out`,
        against: "p99 of each round",
        figure: spreadOf(dealt.map((answers) => quantile(answers, 0.99))),
        unit: " ms",
        target: atMost(200),
      },
    ],
    notes: [
      `${bursts.length} bursts of ${atOnce} people at once while ${people} were sent their weekly message with its picture: p50 ${overall(0.5)} ms, p99 ${overall(0.99)} ms, longest ${overall(1)} ms.`,
    ],
  };
}
