/**
 * What the bots of round trips have in common, on whichever platform: what each kind does, and how it ends. A bot loads what its kind needs
 * and no more, so that one that does nothing holds nothing of the coach in memory.
 */

import { randomUUIDv7 } from "node:crypto";
import { argv, exit, stdin } from "node:process";
import type { TimeZone } from "#core/lib/time.ts";
import type { Durability } from "../raw.ts";

const [, , kind = "idle", durability = "FULL", path = ""] = argv;
const synchronous = durability as Durability;

/** What a bot answers that does nothing, and what is looked for in the answer of the coach. */
export const logged = "20 min strength logged";

/** How a platform's bots are made: the coach, and a bare one that does `work` between its acknowledgement and its answer. Each gives its end. */
export type Kinds = {
  coach(): Promise<() => Promise<void>>;
  bare(work: () => void): Promise<() => Promise<void>>;
};

/** Runs the kind that was asked for, until the input ends. */
export async function runBot({ coach, bare }: Kinds): Promise<void> {
  const end = kind === "coach" ? await coach() : await bare(kind === "row" ? await writeRows() : () => {});
  stdin.resume().once("end", () => void end().finally(() => exit()));
}

/** The coach without a platform. Whatever it warns of ends it, as nothing may go wrong while it is measured; `hear` hears the rest. */
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
