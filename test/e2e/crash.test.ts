/** The program is killed at random moments. Whatever it had confirmed is there when it is opened again, once. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { scaled } from "../support/counts.ts";
import { type Ended, startProgram, temporaryFolder } from "../support/program.ts";

/** One run of the program, and how it ends. */
type ProgramRun = {
  /** It is killed after its start, after its file appeared, or after so many answers, and then the wait. */
  readonly after: "start" | "file" | number;
  /** In milliseconds, so that it is hit at any step. */
  readonly wait: number;
  readonly isOnFreshFile: boolean;
};

const runs: fc.Arbitrary<ProgramRun> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({ after: fc.integer({ min: 1, max: 40 }), wait: fc.nat(6), isOnFreshFile: fc.nat(9).map((die) => die === 0) }),
  },
  { weight: 1, arbitrary: fc.record({ after: fc.constant("start" as const), wait: fc.nat(400), isOnFreshFile: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ after: fc.constant("file" as const), wait: fc.nat(30), isOnFreshFile: fc.constant(true) }) },
);

const seed = Number(process.env["CRASH_SEED"] ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const kills = scaled(50, 8);
const lines = 80;
const noteOf = (run: number, line: number): string => `run ${run} line ${line}`;

test(`kill -9 at ${kills} random moments loses nothing that was confirmed, and doubles nothing`, { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  let [path, confirmed]: [string, readonly number[]] = ["", []];
  for (const [number, run] of fc.sample(runs, { seed, numRuns: kills }).entries()) {
    const where = `CRASH_SEED=${seed}, run ${number}: ${JSON.stringify(run)}`;
    if (path === "" || run.isOnFreshFile) [path, confirmed] = [join(folder, `coach-${number}.db`), Array.from({ length: number }, () => 0)];
    const { stdout, stderr, code } = await live(path, number, run);
    expect(stderr.replace(/^Created [^\n]*\n/u, ""), where).toBe("");
    expect(code, `${where}: it ended before it was killed`).toBeNull();
    confirmed = [
      ...confirmed,
      stdout
        .split("\n\n")
        .slice(0, -1)
        .filter((answer) => answer.includes("1 min strength")).length,
    ];
    expect(confirmed[number], where).toBeGreaterThanOrEqual(typeof run.after === "number" ? run.after : 0);
    expect(await faultsIn(path, confirmed), where).toEqual([]);
  }
});

/** Runs the program over lines that each log one minute with a note of its own, and kills it. */
async function live(path: string, number: number, { after, wait }: ProgramRun): Promise<Ended> {
  const program = startProgram({ folder: join(path, ".."), variables: { DATABASE_URL: `file:${path}` } });
  const day = Temporal.Now.plainDateISO("UTC").subtract({ days: number + 1 });
  program.type(Array.from({ length: lines }, (_, line) => `1 strength ${day.toString()} "${noteOf(number, line)}"\n`).join(""));
  if (after === "file") await appearance(path, program.ended);
  if (typeof after === "number") await program.answered(after);
  // The program is to be caught unawares: nothing that it says marks the moment.
  await setTimeout(wait);
  return await program.kill("SIGKILL");
}

async function appearance(path: string, ended: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  while (!over.signal.aborted && !existsSync(path)) await setImmediate();
}

/** What is wrong with the file at `path`, in which the runs had so many sessions confirmed. */
async function faultsIn(path: string, confirmed: readonly number[]): Promise<readonly string[]> {
  const { store } = openSqlite({ path });
  const found = await store.findUser({ platform: "console" as PlatformName, id: "me", name: "me" });
  const days = { from: Temporal.PlainDate.from("2000-01-01"), until: Temporal.PlainDate.from("2100-01-01") };
  const notes = found ? (await store.sessions(found.user.id, days)).map(({ note }) => note ?? "") : [];
  await store.close();
  return [...integrityFaults(path), ...confirmed.flatMap((count, run) => noteFaults(notes, run, count))];
}

function integrityFaults(path: string): readonly string[] {
  const client = new Database(path, { readonly: true });
  const found = String(client.pragma("integrity_check", { simple: true }));
  client.close();
  return found === "ok" ? [] : [found];
}

/** The notes of one run must be its first lines, in a row, each once, and at least those that were confirmed. */
function noteFaults(all: readonly string[], run: number, confirmed: number): readonly string[] {
  const kept = all.filter((note) => note.startsWith(`run ${run} `));
  const first = kept.map((_, line) => noteOf(run, line));
  return [
    ...(kept.length < confirmed ? [`run ${run}: ${confirmed} confirmed and ${kept.length} kept`] : []),
    ...(kept.join() === first.join() ? [] : [`run ${run} kept ${kept.join(", ")}`]),
  ];
}
