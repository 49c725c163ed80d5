/** Due prompts: how fast they are evaluated, how fast their messages are claimed, and how long others wait meanwhile. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { watch, type Watched } from "../support/loop.ts";
import { type Contender, type Costs, costOf, medianOf, ratioOf, runPaired } from "../support/measure.ts";
import type { Durability } from "../support/raw.ts";
import { openRawPrompts } from "../support/raw-prompts.ts";
import type { Findings, Run } from "../support/run.ts";
import { atLeast, atMost, type Line } from "../support/table.ts";
import { createSpeaker } from "./unasked.ts";
import type { PlatformName } from "#core/lib/ids.ts";
import { platform } from "../support/people.ts";
import { dueIn, fillWaiting } from "../support/waiting.ts";

const rounds = { warmUp: 2, timed: 9 };

/** How many messages the outbox claims at once, and how many claims a round has. */
const claimed = 48;
const claims = 20;

const durabilities = ["NORMAL", "FULL"] as const;

type Measure = keyof Watched;

/** Our code or bare SQL, on a database of its own. A round is a week: the same people are due in each. */
type Side = {
  readonly name: string;
  look(week: number): Promise<void>;
  claim(): Promise<number>;
  close(): Promise<void>;
};

/** The lines about due prompts. */
export async function benchDue({ folder, isQuick, say }: Run): Promise<Findings> {
  const people = isQuick ? 2000 : 20_000;
  const inWords = people.toLocaleString("en");
  say(`filling a database: ${inWords} people who are due`);
  const path = join(folder, "due.db");
  await fillWaiting(path, { people, past: 1, ahead: rounds.warmUp + rounds.timed, told: 0 });
  const sides = durabilities.flatMap((synchronous) => openBoth(path, synchronous));
  try {
    say(`looking at ${inWords} people who are due, ours and bare, without the disk and with it`);
    const looks = await runPaired(sides.map(looking), rounds);
    say("claiming what was queued for them");
    const takes = await runPaired(sides.map(claiming), rounds);
    return { lines: [...lookLines(looks), ...claimLines(takes)], notes: notesOf(looks, takes, people) };
  } finally {
    for (const { close } of sides) await close();
  }
}

function openBoth(filled: string, synchronous: Durability): readonly Side[] {
  const [path, bare] = [`${filled}-${synchronous}`, `${filled}-${synchronous}-raw`];
  for (const copy of [path, bare]) copyFileSync(filled, copy);
  const { store } = openSqlite({ path, synchronous });
  const speaker = createSpeaker(store);
  const raw = openRawPrompts(bare, synchronous);
  return [
    {
      name: `ours ${synchronous}`,
      look(week) {
        speaker.setTo(dueIn(week));
        return speaker.tick();
      },
      claim: async () => (await store.claim(dueIn(100), dueIn(200), claimed, platform as PlatformName)).length,
      close: speaker.close,
    },
    { name: `raw ${synchronous}`, look: raw.look, claim: async () => raw.claim(claimed), close: async () => raw.close() },
  ];
}

function looking({ name, look }: Side): Contender<Measure> {
  return { name, run: (round) => watch(() => look(round)) };
}

function claiming({ name, claim }: Side): Contender<Measure> {
  const work = async (): Promise<void> => {
    for (let count = 0; count < claims; count += 1) {
      const found = await claim();
      if (found !== claimed) throw new Error(`Claim ${claimed} deliveries: so many must be queued, and ${found} were`);
      await setImmediate();
    }
  };
  return { name, run: () => watch(work) };
}

function lookLines(costs: Costs<Measure>): readonly Line[] {
  return [
    ...durabilities.map((synchronous) =>
      rateLine(costs, `People looked at and queued a second, ${synchronous}`, {
        against: "bare SQL in the same transactions",
        synchronous,
      }),
    ),
    ...sliceLines(costs, "Longest slice of the event loop while looking"),
  ];
}

function claimLines(costs: Costs<Measure>): readonly Line[] {
  return [
    ...durabilities.map((synchronous) =>
      rateLine(costs, `Deliveries claimed a second, ${synchronous}`, { against: "bare SQL: select, update … returning", synchronous }),
    ),
    ...sliceLines(costs, "Longest slice of the event loop while claiming"),
  ];
}

function rateLine(
  costs: Costs<Measure>,
  name: string,
  { against, synchronous }: { readonly against: string; readonly synchronous: Durability },
): Line {
  const figure = ratioOf(costs, "microseconds", `raw ${synchronous}`, `ours ${synchronous}`);
  return { name, against, figure, unit: "×", target: atLeast(0.6) };
}

/** Durable, as in production. The time of bare SQL is shown as the lower bound. */
function sliceLines(costs: Costs<Measure>, name: string): readonly Line[] {
  return [
    { name, against: "each round's longest, FULL", figure: costOf(costs, "longest", "ours FULL"), unit: " ms", target: atMost(10) },
    { name: "  bare SQL alone", against: "the same", figure: costOf(costs, "longest", "raw FULL"), unit: " ms" },
  ];
}

function notesOf(looks: Costs<Measure>, takes: Costs<Measure>, people: number): readonly string[] {
  const rate = (costs: Costs<Measure>, count: number) => (name: string) =>
    Math.round((count * 1e6) / medianOf(costs, "microseconds", name)).toLocaleString("en");
  const [looked, took] = [rate(looks, people), rate(takes, claims * claimed)];
  return [
    `People looked at and queued a second: ${looked("ours NORMAL")} at NORMAL, bare ${looked("raw NORMAL")}; ${looked("ours FULL")} at FULL, bare ${looked("raw FULL")}.`,
    `Deliveries claimed a second: ${took("ours NORMAL")} at NORMAL, bare ${took("raw NORMAL")}; ${took("ours FULL")} at FULL, bare ${took("raw FULL")}.`,
  ];
}
