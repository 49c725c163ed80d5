/** The cost of a `/log`: against bare SQL, in statements, and next to other libraries. */

import { join } from "node:path";
import { createSqliteStore, openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { createListener } from "../support/coach.ts";
import {
  type Costs,
  medianOf,
  microsecondsOf,
  ratioOf,
  runPaired,
  shuffled,
  type Spread,
  spreadOf,
  type Timing,
} from "../support/measure.ts";
import { fill, type Size } from "../support/people.ts";
import { type Durability, openFloor } from "../support/raw.ts";
import type { Findings, Run } from "../support/run.ts";
import { atLeast, atMost, type Line } from "../support/table.ts";

const size: Size = { people: 1000, weeks: 20 };

/** Messages a round, each from another person. Fewer if each commit waits for the disk. */
const messages = { NORMAL: size.people, FULL: 300 } as const;

/** Each round has its own week, so that each message finds exactly two sessions in its week. */
const rounds = { warmUp: 4, timed: 15 };

/**
 * How many times the floor other pipelines cost for the same work. These figures were recorded earlier, not in this run: on one machine,
 * without network, against the same floor at synchronous=NORMAL.
 */
const recorded = [
  { name: "Chat SDK's message path", ratio: 6.9, target: 4 },
  { name: "koishi", ratio: 46, target: 25 },
] as const;

type Times = Costs<keyof Timing>;

/** The lines about the path of a `/log`. */
export async function benchLog({ folder, say }: Run): Promise<Findings> {
  say("recording a session, code alone (synchronous=NORMAL)");
  const normal = await compare(folder, "NORMAL");
  say("recording a session, with the disk (synchronous=FULL)");
  const full = await compare(folder, "FULL");
  say("counting statements");
  const statements = await countStatements(folder);
  const ourRatio = ratioOf(normal, "typical", "coach", "floor");
  return {
    lines: [
      line("NORMAL", normal, 1.6),
      line("FULL", full, 1.2),
      averageLine("NORMAL", normal),
      averageLine("FULL", full),
      {
        name: "SQL statements of a /log",
        against: "counted; begin and commit apart",
        figure: spreadOf([statements.length]),
        unit: "",
        target: atMost(5),
      },
      ...recorded.map((other) => fasterLine(other, ourRatio)),
    ],
    notes: [
      `The statements of a /log: ${statements.join(", ")}.`,
      `In this run the /log in the middle took ${microseconds(normal, "coach")} and its floor ${microseconds(normal, "floor")} at NORMAL, ${microseconds(full, "coach")} and ${microseconds(full, "floor")} at FULL.`,
    ],
  };
}

function line(synchronous: Durability, costs: Times, target: number): Line {
  return {
    name: `/log 20 strength, synchronous=${synchronous}`,
    against: "bare SQL: person, insert, week",
    figure: ratioOf(costs, "typical", "coach", "floor"),
    unit: "×",
    target: atMost(target),
  };
}

/** For information only: the targets and the recorded figures are medians. */
function averageLine(synchronous: Durability, costs: Times): Line {
  const figure = ratioOf(costs, "average", "coach", "floor");
  return { name: `  on average, with garbage and checkpoints, ${synchronous}`, against: "the same, on average", figure, unit: "×" };
}

function fasterLine({ name, ratio, target }: (typeof recorded)[number], ours: Spread): Line {
  return {
    name: `Faster than ${name}`,
    against: `${ratio}× the floor, recorded elsewhere`,
    figure: { median: ratio / ours.median, low: ratio / ours.high, high: ratio / ours.low },
    unit: "×",
    target: atLeast(target),
  };
}

function microseconds(costs: Times, name: string): string {
  return `${Math.round(medianOf(costs, "typical", name))} µs`;
}

/** The coach and the floor, each on its own copy of the same database. */
async function compare(folder: string, synchronous: Durability): Promise<Times> {
  const [ours, bare] = [join(folder, `coach-${synchronous}.db`), join(folder, `floor-${synchronous}.db`)];
  for (const path of [ours, bare]) await fill(path, size, () => {});
  const listener = createListener(openSqlite({ path: ours, synchronous }).store);
  const floor = openFloor(bare, synchronous);
  const everybody = Array.from({ length: size.people }, (_, person) => person);
  const pick = (): readonly number[] => shuffled(everybody).slice(0, messages[synchronous]);
  const coach = async (round: number): Promise<Timing> => {
    listener.turnTo(round);
    const said = pick().map(listener.messageOf);
    return await microsecondsOf(said.length, (index) => said[index] && listener.hear(said[index]));
  };
  const raw = async (round: number): Promise<Timing> => {
    const people = pick();
    return await microsecondsOf(people.length, (index) => floor.record(people[index] ?? 0, round));
  };
  try {
    return await runPaired(
      [
        { name: "coach", run: coach },
        { name: "floor", run: raw },
      ],
      rounds,
    );
  } finally {
    await listener.close();
    floor.close();
  }
}

/** Each statement that a `/log` of a known user runs: its verb and table. */
async function countStatements(folder: string): Promise<readonly string[]> {
  const path = join(folder, "counted.db");
  await fill(path, { people: 1, weeks: 1 }, () => {});
  const sent: string[] = [];
  const client = new Database(path, { verbose: (sql) => void sent.push(String(sql)) });
  const listener = createListener(createSqliteStore(client));
  try {
    listener.turnTo(0);
    sent.length = 0;
    await listener.hear(listener.messageOf(0));
    return sent.filter((sql) => !/^(begin|commit)\b/i.test(sql)).map(shortly);
  } finally {
    await listener.close();
  }
}

function shortly(sql: string): string {
  const [, verb = sql, table = ""] = /^(select|insert|update|delete)\b[^]*?\b(?:from|into|update)\s+"?(\w+)/i.exec(sql) ?? [];
  return `${verb} ${table}`.trim();
}
