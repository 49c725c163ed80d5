/** The cost of a tick with nothing due, and whether it grows with the number of people who wait. */

import { join } from "node:path";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { fillCrowd } from "../support/crowd.ts";
import { type Costs, costOf, medianOf, microsecondsOf, ratioOf, runPaired, type Timing } from "../support/measure.ts";
import { openRawPrompts } from "../support/raw-prompts.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost, type Line } from "../support/table.ts";
import { createSpeaker } from "./unasked.ts";

const rounds = { warmUp: 3, timed: 15 };
const ticks = 500;
const smallest = 10_000;

type Times = Costs<keyof Timing>;

/** The lines about ticks with nothing due. */
export async function benchTick({ folder, isQuick, hasTenMillion, say }: Run): Promise<Findings> {
  const sizes = [smallest, isQuick ? 200_000 : 1_000_000, ...(hasTenMillion ? [10_000_000] : [])];
  for (const people of sizes) {
    await fillCrowd(pathOf(folder, people), people, (sofar) => say(`filling a database: ${inWords(sofar)} people who wait`));
  }
  say("ticking in each of them, in turn, with nothing due");
  const opened = sizes.map((people) => openOne(folder, people));
  try {
    const costs = await runPaired(
      opened.flatMap(({ contenders }) => contenders),
      rounds,
    );
    const times = sizes.map((people) => `${medianOf(costs, "typical", ours(people)).toFixed(1)} µs with ${inWords(people)} people`);
    return {
      lines: sizes.flatMap((people) => linesOf(costs, people)),
      notes: [
        `With nothing due the tick in the middle took ${times.join(", ")}; in use it comes once a minute, to caches that have cooled.`,
      ],
    };
  } finally {
    for (const { close } of opened) await close();
  }
}

/** The time has its own target. Two ratios are shown too: to bare SQL, and to a small number of people. */
function linesOf(costs: Times, people: number): readonly Line[] {
  const name = `with ${inWords(people)} people`;
  const grown: Line = {
    name: `  ${name}`,
    against: `with ${inWords(smallest)} people`,
    figure: ratioOf(costs, "typical", ours(people), ours(smallest)),
    unit: "×",
    target: atMost(2),
  };
  return [
    {
      name: `A tick with nothing due, ${inWords(people)} people`,
      against: "its time alone",
      figure: costOf(costs, "typical", ours(people)),
      unit: " µs",
      target: atMost(50),
    },
    {
      name: `  ${name}`,
      against: "bare SQL: what is due, and is anything to be sent",
      figure: ratioOf(costs, "typical", ours(people), raw(people)),
      unit: "×",
    },
    ...(people === smallest ? [] : [grown]),
  ];
}

/** The coach with its outbox, and bare SQL, on one file. Neither writes to it. */
function openOne(folder: string, people: number) {
  const path = pathOf(folder, people);
  const speaker = createSpeaker(openSqlite({ path }).store);
  const bare = openRawPrompts(path, "FULL");
  const tick = async (): Promise<void> => {
    await speaker.tick();
    await speaker.deliver();
  };
  return {
    contenders: [
      { name: ours(people), run: () => microsecondsOf(ticks, tick) },
      { name: raw(people), run: () => microsecondsOf(ticks, bare.idle) },
    ],
    async close() {
      bare.close();
      await speaker.close();
    },
  };
}

function ours(people: number): string {
  return `ours ${people}`;
}

function raw(people: number): string {
  return `raw ${people}`;
}

function pathOf(folder: string, people: number): string {
  return join(folder, `crowd-${people}.db`);
}

function inWords(people: number): string {
  return people.toLocaleString("en");
}
