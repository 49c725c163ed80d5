/** The process is killed at random, again and again, while it works through a few hundred deliveries: nothing is lost, and nothing comes twice. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { scaled } from "../support/counts.ts";
import { faultsIn } from "./check.ts";
import type { Wreck } from "./processes.ts";
import { createTemplate, createTrial, type Trial, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** When a life is killed: so many milliseconds after it was started, or while it works. */
type Moment = { readonly after: "start" | "work"; readonly wait: number };

const moments: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 15, arbitrary: fc.record({ after: fc.constant("work" as const), wait: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ after: fc.constant("start" as const), wait: fc.nat(500) }) },
);

const seed = Number(process.env["CRASH_SEED"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const kills = scaled(200);
/** So many lives are killed while they look at what is due; those after them while they deliver. */
const looking = 4;
/** More lives than this would last into the hour in which something else is due. */
const mostLives = 25;

test(`kill -9 at ${kills} random moments loses nothing, and doubles nothing`, { timeout: 600_000 }, async ({ annotate }) => {
  const template = await createTemplate(folder, 240);
  const left = fc.sample(moments, { seed, numRuns: kills });
  const wrecks: Wreck["kind"][] = [];
  const faults: string[] = [];
  let count = 0;
  // Two at a time, so that two processors are busy.
  const lane = async (): Promise<void> => {
    while (left.length > 0 && faults.length === 0) {
      count += 1;
      const name = `${count} (${count % 2 === 0 ? "recognised" : "unrecognised"})`;
      const trial = createTrial(template, name, count % 2 === 0 ? variants.recognised : variants.unrecognised);
      await killOften(trial, left);
      wrecks.push(...trial.wrecks.map(({ kind }) => kind));
      faults.push(...[...(await trial.finish()), ...(await faultsIn(trial))].map((fault) => `database ${name}: ${fault}`));
    }
  };
  await Promise.all([lane(), lane()]);
  const tally = [...Map.groupBy(wrecks, (kind) => kind)].map(([kind, { length }]) => `${kind} ${length}`);
  await annotate(`${count} databases; what the kills left behind: ${tally.join(", ")}`);
  expect(faults, `CRASH_SEED=${seed}`).toEqual([]);
  expect(wrecks).toHaveLength(kills);
});

/** Kills lives over `trial` at the moments of `left`, until one has ended before it was killed. */
async function killOften(trial: Trial, left: Moment[]): Promise<void> {
  for (let lives = 0; lives < mostLives; lives += 1) {
    const moment = left.shift();
    if (!moment) return;
    const life = trial.next();
    if (moment.after === "work") await life.began[lives < looking ? "looking" : "delivering"];
    // The life is to be caught unawares: nothing that it says marks the moment.
    await setTimeout(moment.wait);
    life.signal("SIGKILL");
    const { signal, stderr } = await life.ended;
    expect(stderr).toBe("");
    if (signal !== "SIGKILL") {
      left.push(moment);
      return;
    }
    trial.bury();
  }
}
