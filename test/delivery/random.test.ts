/** The process is killed at random, again and again, while it works through a few hundred deliveries: nothing is lost, and nothing comes twice. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { scaled } from "../support/counts.ts";
import { faultsIn } from "./check.ts";
import type { Crash } from "./processes.ts";
import { createTemplate, createRun, type Run, variants } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** When a process is killed: so many milliseconds after it was started, or while it works. */
type Moment = { readonly after: "start" | "work"; readonly wait: number };

const moments: fc.Arbitrary<Moment> = fc.oneof(
  { weight: 15, arbitrary: fc.record({ after: fc.constant("work" as const), wait: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ after: fc.constant("start" as const), wait: fc.nat(500) }) },
);

const seed = Number(process.env["CRASH_SEED"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const kills = scaled(200);
/** So many processes are killed while they look at what is due; those after them while they deliver. */
const looking = 4;
/** More processes than this would last into the hour in which something else is due. */
const mostLives = 25;

test(`kill -9 at ${kills} random moments loses nothing, and doubles nothing`, { timeout: 600_000 }, async ({ annotate }) => {
  const template = await createTemplate(folder, 240);
  const left = fc.sample(moments, { seed, numRuns: kills });
  const crashes: Crash["kind"][] = [];
  const faults: string[] = [];
  let count = 0;
  // Two at a time, so that two processors are busy.
  const lane = async (): Promise<void> => {
    while (left.length > 0 && faults.length === 0) {
      count += 1;
      const name = `${count} (${count % 2 === 0 ? "recognised" : "unrecognised"})`;
      const run = createRun(template, name, count % 2 === 0 ? variants.recognised : variants.unrecognised);
      await killOften(run, left);
      crashes.push(...run.crashes.map(({ kind }) => kind));
      faults.push(...[...(await run.finish()), ...(await faultsIn(run))].map((fault) => `database ${name}: ${fault}`));
    }
  };
  await Promise.all([lane(), lane()]);
  const tally = [...Map.groupBy(crashes, (kind) => kind)].map(([kind, { length }]) => `${kind} ${length}`);
  await annotate(`${count} databases; what the kills left behind: ${tally.join(", ")}`);
  expect(faults, `CRASH_SEED=${seed}`).toEqual([]);
  expect(crashes).toHaveLength(kills);
});

/** Kills processes over `run` at the moments of `left`, until one has ended before it was killed. */
async function killOften(run: Run, left: Moment[]): Promise<void> {
  for (let children = 0; children < mostLives; children += 1) {
    const moment = left.shift();
    if (!moment) return;
    const child = run.next();
    if (moment.after === "work") await child.began[children < looking ? "looking" : "delivering"];
    // The process is to be caught unawares: nothing that it says marks the moment.
    await setTimeout(moment.wait);
    child.signal("SIGKILL");
    const { signal, stderr } = await child.ended;
    expect(stderr).toBe("");
    if (signal !== "SIGKILL") {
      left.push(moment);
      return;
    }
    run.bury();
  }
}
