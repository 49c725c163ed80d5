/** Floods by one person: how long others wait, the memory used, and how soon the program stops during a flood. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Chat, type Flood, openDiscordChat, openSlackChat, start } from "../support/chats.ts";
import { quantile, spreadOf } from "../support/measure.ts";
import type { Launched } from "../support/process.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost, type Line } from "../support/table.ts";

const wednesday = "2026-11-25T11:00:00Z";
/** How many people ask during a flood: each less than once a second. */
const others = 1000;
/** The number of the person who floods. */
const flooder = others;
/** How many `/log`, and as many `/week`, are timed without a flood. */
const quietTrips = 60;
/** Milliseconds of flood before the program is told to stop. */
const pouring = 1000;

/** A kind of flood, and its name in the table. */
type Poured = { readonly words: string; readonly flood: Flood };

/** Milliseconds of each answer. */
type Waits = { readonly log: readonly number[]; readonly week: readonly number[] };

/** Megabytes before a flood, at its peak, and after it. */
type Memory = { readonly before: number; readonly peak: number; readonly after: number };

type Found = { readonly quiet: Waits; readonly beset: Waits; readonly memory: Memory; readonly stop: number };

/** The lines about floods. */
export async function benchFlood(run: Run): Promise<Findings> {
  const scale = run.isQuick ? 0.1 : 1;
  const floods: readonly Poured[] = [
    { words: "/week at once", flood: { kind: "week", count: 2000 * scale } },
    { words: "messages", flood: { kind: "message", count: 50_000 * scale } },
  ];
  const found: Findings[] = [];
  for (const open of [openDiscordChat, openSlackChat]) for (const poured of floods) found.push(await benchOne(await open(), poured, run));
  return { lines: found.flatMap(({ lines }) => lines), notes: found.flatMap(({ notes }) => notes) };
}

async function benchOne(chat: Chat, { words, flood }: Poured, { folder, say }: Run): Promise<Findings> {
  const what = `${flood.count.toLocaleString("en")} ${words} of one person on ${chat.name}`;
  try {
    const database = `flood-${chat.name}-${flood.kind}.db`;
    const program = await start({ folder, database, clock: wednesday, chats: [chat] });
    say(`${quietTrips} /log and /week on ${chat.name}, with nothing else going on`);
    const quiet = await timed(chat, (trips) => trips < quietTrips);
    say(what);
    const { beset, memory } = await under(chat, flood, program);
    const stop = await stopped(chat, flood, program);
    return report(what, { quiet, beset, memory, stop });
  } finally {
    await chat.close();
  }
}

/** Times the commands of other people, one after the other, while `goesOn` says so. */
async function timed(chat: Chat, goesOn: (trips: number) => boolean): Promise<Waits> {
  const [log, week]: [number[], number[]] = [[], []];
  while (goesOn(log.length)) {
    log.push(await chat.trip(log.length % others));
    week.push(await chat.week(week.length % others));
  }
  return { log, week };
}

async function under(chat: Chat, flood: Flood, program: Launched): Promise<Pick<Found, "beset" | "memory">> {
  const before = await program.memory();
  let isOver = false;
  const poured = chat.pour(flooder, flood, new AbortController().signal).finally(() => (isOver = true));
  // At least as many as without a flood. When the last message is sent, it is not yet handled.
  const beset = await timed(chat, (trips) => !isOver || trips < quietTrips);
  await poured;
  const peak = program.peak();
  return { beset, memory: { before, peak, after: await program.memory() } };
}

/** Milliseconds from SIGTERM to exit, during another flood. */
async function stopped(chat: Chat, flood: Flood, program: Launched): Promise<number> {
  const ending = new AbortController();
  const poured = chat.pour(flooder + 1, { ...flood, count: Infinity }, ending.signal);
  await sleep(pouring);
  const began = performance.now();
  await program.end("SIGTERM");
  const milliseconds = performance.now() - began;
  ending.abort();
  await poured;
  return milliseconds;
}

function report(what: string, { quiet, beset, memory, stop }: Found): Findings {
  const line = (name: string, figure: number, unit: string, target: number): Line => ({
    name: `${name} beside ${what}`,
    against: "",
    figure: spreadOf([figure]),
    unit,
    target: atMost(target),
  });
  const of = (waits: readonly number[]): string => `${quantile(waits, 0.5).toFixed(1)} and ${quantile(waits, 0.99).toFixed(1)}`;
  return {
    lines: [
      { ...line("p99 of another's /log", quantile(beset.log, 0.99), " ms", 300), against: "a third of a second" },
      { ...line("p99 of another's /week", quantile(beset.week, 0.99), " ms", 1000), against: "a second" },
      { ...line("Memory at the worst", memory.peak - memory.before, " MB", 150), against: "before it" },
      { ...line("From SIGTERM to the end", stop, " ms", 10_000), against: "the time that a stop may take" },
    ],
    notes: [
      `Beside ${what}: milliseconds, p50 and p99, of another's /log ${of(beset.log)} (${of(quiet.log)} when it was quiet), of /week ${of(beset.week)} (${of(quiet.week)}), of ${beset.log.length} each; ` +
        `memory ${memory.before.toFixed(0)} MB before, ${memory.peak.toFixed(0)} at the worst, ${memory.after.toFixed(0)} after; ${stop.toFixed(0)} ms from SIGTERM to the end.`,
    ],
  };
}
