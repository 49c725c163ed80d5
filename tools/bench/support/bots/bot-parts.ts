/**
 * The common parts of the bots for round trips: what each kind does, and how it ends. A bot loads only what its kind needs, so that an idle
 * bot holds nothing of the coach in memory.
 */

import { randomUUIDv7 } from "node:crypto";
import { argv, exit, stdin } from "node:process";
import type { TimeZone } from "#core/lib/time.ts";
import type { Durability } from "../raw.ts";

const [, , kind = "idle", durability = "FULL", path = ""] = argv;
const synchronous = durability as Durability;

/** The answer of an idle bot, and the text expected in the coach's answer. */
export const logged = "20 min strength logged";

/**
 * Creates a platform's bots: the coach, and a bare one that runs `work` between acknowledgement and answer. Each returns a function that
 * ends it.
 */
export type Kinds = {
  coach(): Promise<() => Promise<void>>;
  bare(work: () => void): Promise<() => Promise<void>>;
};

/** Runs the requested kind until the input ends. */
export async function runBot({ coach, bare }: Kinds): Promise<void> {
  const end = kind === "coach" ? await coach() : await bare(kind === "row" ? await writeRows() : () => {});
  stdin.resume().once("end", () => void end().finally(() => exit()));
}

/**
 * The coach without a platform. Any warning ends the process, since a run with errors is not measured; `hear` receives all other events.
 */
export async function openCoach(hear: (event: string) => void) {
  const [{ createCoach }, { openSqlite }] = await Promise.all([import("#src/app/coach.ts"), import("#src/store/sqlite/open.ts")]);
  const { store } = openSqlite({ path, synchronous });
  const clock = { now: () => Temporal.Now.instant() };
  const fail = (event: string, fields?: unknown): never => {
    throw new Error(`Measure the coach: "${event}" ${JSON.stringify(fields)}`);
  };
  const log = { info: hear, warn: fail, error: fail };
  const coach = createCoach({ store, clock, log, freshId: () => randomUUIDv7(), timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });
  const renderPng = async (): Promise<Uint8Array> => fail("nothing is painted for a /log");
  return { coach, store, shared: { clock, log, renderPng } };
}

async function writeRows(): Promise<() => void> {
  const { openBare } = await import("../raw.ts");
  const client = openBare(path, synchronous);
  client.exec("create table session (id text primary key, minutes integer) strict");
  const insert = client.prepare("insert into session (id, minutes) values (?, 20)");
  return () => void insert.run(randomUUIDv7());
}
