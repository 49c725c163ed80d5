/** Lets simulated people live with the coach on a real file, event by event. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type Agenda, createAgenda, type Planned } from "./agenda.ts";
import { type Chronicle, readRows, storiesOf } from "./chronicle.ts";
import { createMachine, type Faults, type Machine } from "./machine.ts";
import { createPeople, type Crowd } from "./people.ts";
import { createPlatform } from "./platform.ts";
import { minute } from "./wall.ts";
import { troublesOf } from "./weather.ts";

/** What is simulated. */
export type WorldOptions = {
  readonly seed: string;
  readonly people: Crowd;
  /** First days in UTC. */
  readonly from: string;
  readonly until: string;
  /** Minutes over which those are spread who ask for the same wall time. */
  readonly jitter: number;
  /** For how many minutes the platform recognises a key again. */
  readonly recognisesFor: number;
  readonly faults?: Faults;
};

/** Lives through it, and tells what happened. */
export async function live(options: WorldOptions): Promise<Chronicle> {
  const folder = mkdtempSync(join(tmpdir(), "sweetspot-year-"));
  try {
    return await liveIn(join(folder, "year.db"), options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function liveIn(path: string, { seed, jitter, recognisesFor, faults = {}, ...options }: WorldOptions): Promise<Chronicle> {
  const year = { from: startOf(options.from), until: startOf(options.until) };
  const troubles = troublesOf(seed, year);
  const simulated = createPeople(seed, options.people, year);
  const people = new Map(simulated.map(({ person }) => [person.name, person]));
  const time = { now: year.from };
  const now = (): number => time.now;
  const { adapter, attempts } = createPlatform({ seed, troubles, recognisesFor, people, now });
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const machine = createMachine({ store, adapter, now, jitter, faults });
  const stuck = await pass({ store, machine, agenda: createAgenda(simulated), time, until: year.until });
  await store.close();
  const journals = simulated.map(({ person }) => person.journal);
  return {
    seed,
    ...year,
    jitter: jitter * minute,
    stories: storiesOf(journals, attempts, readRows(path)),
    troubles,
    stuck,
    errors: machine.errors,
  };
}

function startOf(day: string): number {
  return Temporal.Instant.from(`${day}T00:00:00Z`).epochMilliseconds;
}

type Passage = {
  readonly store: Store;
  readonly machine: Machine;
  readonly agenda: Agenda;
  readonly time: { now: number };
  readonly until: number;
};

/** Lets time pass from event to event: what people do comes at any moment, and what is due is done at the next whole minute. */
async function pass({ store, machine, agenda, time, until }: Passage): Promise<readonly number[]> {
  const stuck: number[] = [];
  let tickAt = Number.POSITIVE_INFINITY;
  const turnTo = (at: number): void => {
    // oxlint-disable-next-line no-param-reassign -- This is the hand on the clock.
    time.now = at;
  };
  for (;;) {
    const step = agenda.peek();
    const isStep = step !== undefined && step.at <= tickAt;
    turnTo(isStep ? step.at : tickAt);
    if (time.now >= until) return stuck;
    if (isStep) await act(machine, agenda, step);
    else await machine.tick();
    const dueAt = (await store.nextAt())?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    const isLeft = !isStep && dueAt <= time.now;
    if (isLeft) stuck.push(time.now);
    tickAt = Math.max(Math.ceil(dueAt / minute) * minute, isLeft ? time.now + minute : Math.ceil(time.now / minute) * minute);
  }
}

async function act(machine: Machine, agenda: Agenda, step: Planned): Promise<void> {
  const said = step.act(step.at);
  if (said) await machine.hear(step.one.person, said);
  agenda.advance();
}
