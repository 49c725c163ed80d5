/** The year that everything is held against, and what may be set from outside to look at another one. */

import { scaled } from "../support/counts.ts";
import type { WorldOptions } from "./world.ts";

/** How long a test may take that lives through a year, in milliseconds. */
export const patience = 300_000;

/** `SIMULATION_SEED=other npx vitest run test/simulation` is another year; the same seed is the same year. */
export const seed = process.env["SIMULATION_SEED"] ?? "sweetspot";

/** Of how many people: `SIMULATION_PEOPLE=300` is another crowd. */
const peopleCount = Number(process.env["SIMULATION_PEOPLE"] ?? scaled(1000));

/** One half of the people, since two processes do it in half of the time. From them on everything is the same but the platform. */
export function halfOfTheYear(half: 0 | 1): WorldOptions {
  const size = Math.ceil(peopleCount / 2);
  return {
    seed,
    people: { first: half * size, until: (half + 1) * size },
    // Long enough for every zone to change its clocks both ways after the people have come.
    from: "2026-11-01",
    until: "2027-11-17",
    jitter: 60,
    // One platform never knows a message again, as most do; the other does for a while.
    recognisesFor: half === 0 ? 0 : 5,
  };
}

/** A few weeks of a few people, to plant faults in. */
export const fewWeeks: WorldOptions = {
  seed: "faults 5",
  people: { first: 0, until: 60 },
  from: "2026-11-01",
  until: "2027-02-01",
  jitter: 60,
  recognisesFor: 0,
};
