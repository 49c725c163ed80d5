/** Whether a `/log` stays as fast when the database grows. */

import { join } from "node:path";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { createListener, type Listener } from "./coach.ts";
import { medianOf, microsecondsOf, ratioOf, runPaired, shuffled, type Timing } from "./measure.ts";
import { fill, sessionsIn } from "./people.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

/** Sessions a person are the same in every size: 10 weeks of two. Each round has its own week, so there must be as many weeks as rounds. */
const weeks = 10;
const rounds = { warmUp: 2, timed: 8 };

const smallest = { people: 500, weeks };

type Grown = { readonly people: number; readonly target: number };

/** The lines about growth. */
export async function benchSize({ folder, isQuick, hasTenMillion, say }: Run): Promise<Findings> {
  const grown: readonly Grown[] = [
    { people: isQuick ? 10_000 : 50_000, target: 1.2 },
    ...(hasTenMillion ? [{ people: 500_000, target: 1.6 }] : []),
  ];
  const opened: Opened[] = [];
  try {
    const sizes = [smallest, ...grown].map(({ people }) => people);
    for (const people of sizes) await fillOne({ folder, say }, people);
    // Opened after all are filled. Filling a large one evicts the others from memory, and opening reads each completely.
    for (const people of sizes) opened.push(openOne(folder, people));
    say("recording sessions in each of them, in turn");
    const costs = await runPaired(
      opened.map(({ name, people, listener }) => ({ name, run: (round) => record(listener, people, round) })),
      rounds,
    );
    const base = nameOf(smallest.people);
    const lines = grown.flatMap(({ people, target }): readonly Line[] => {
      const name = nameOf(people);
      const typical = ratioOf(costs, "typical", name, base);
      const average = ratioOf(costs, "average", name, base);
      return [
        { name: `/log at ${name} sessions`, against: `/log at ${base} sessions`, figure: typical, unit: "×", target: atMost(target) },
        { name: "  on average, with garbage and checkpoints", against: "the same, on average", figure: average, unit: "×" },
      ];
    });
    const each = opened.map(({ name }) => `${Math.round(medianOf(costs, "typical", name))} µs at ${name}`);
    return { lines, notes: [`By stored sessions the /log in the middle took ${each.join(", ")} (synchronous=NORMAL).`] };
  } finally {
    for (const { listener } of opened) await listener.close();
  }
}

function nameOf(people: number): string {
  return sessionsIn({ people, weeks }).toLocaleString("en");
}

type Opened = { readonly name: string; readonly people: number; readonly listener: Listener };

async function fillOne({ folder, say }: Pick<Run, "folder" | "say">, people: number): Promise<void> {
  const total = sessionsIn({ people, weeks });
  await fill(pathOf(folder, people), { people, weeks }, (sessions) => {
    // Reports progress at every fifth.
    if ((5 * sessions) % total === 0) say(`filling a database: ${sessions.toLocaleString("en")} of ${nameOf(people)} sessions`);
  });
}

function openOne(folder: string, people: number): Opened {
  const { store } = openSqlite({ path: pathOf(folder, people), synchronous: "NORMAL" });
  return { name: nameOf(people), people, listener: createListener(store) };
}

function pathOf(folder: string, people: number): string {
  return join(folder, `${people}-people.db`);
}

/** Uses as many people in a large database as a small one holds, spread evenly. Nobody logs twice in a round. */
async function record(listener: Listener, people: number, round: number): Promise<Timing> {
  listener.turnTo(round);
  const messages = pick(people, smallest.people).map(listener.messageOf);
  return await microsecondsOf(messages.length, (index) => messages[index] && listener.hear(messages[index]));
}

/** `count` different numbers below `limit`: one from each of `count` equal ranges, shuffled. */
function pick(limit: number, count: number): readonly number[] {
  const stretch = limit / count;
  return shuffled(Array.from({ length: count }, (_, index) => Math.floor((index + Math.random()) * stretch)));
}
