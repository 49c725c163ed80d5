/** What a file costs other people: refused, imported, undone, exported and erased. */

import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Phase } from "../support/import-child.ts";
import { type FileKind, fileKinds } from "../support/import-files.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost, type Line, type Target } from "../support/table.ts";

const child = fileURLToPath(new URL("../support/import-child.ts", import.meta.url));
const large: readonly FileKind[] = ["100,000 sessions as JSON", "100,000 sessions as CSV"];
const megabyte = 1024 * 1024;

/** The lines about incoming files. */
export async function benchImports(run: Run): Promise<Findings> {
  const found: Findings[] = [];
  for (const [at, kind] of fileKinds.filter((one) => !large.includes(one)).entries()) {
    const [quiet, read] = await measure(run, `refused-${at}`, kind);
    if (quiet && read) found.push(findingsOf(kind, quiet, [read]));
  }
  for (const [at, kind] of large.entries()) found.push(await benchLarge(run, `large-${at}`, kind));
  return merged(found);
}

/** The lines about an export of 100,000 sessions. */
export async function benchExport(run: Run): Promise<Findings> {
  const [quiet, ...phases] = await measure(run, "export", "100,000 sessions as JSON");
  const exported = phases.filter(({ name }) => name === "export");
  return quiet ? findingsOf("100,000 sessions", quiet, exported) : { lines: [], notes: [] };
}

async function benchLarge(run: Run, name: string, kind: FileKind): Promise<Findings> {
  const [quiet, ...phases] = await measure(run, name, kind);
  return quiet ? findingsOf(kind, quiet, phases) : { lines: [], notes: [] };
}

/** Runs in its own process, so that memory is that of this file alone. */
async function measure({ folder, isQuick, say }: Run, name: string, kind: FileKind): Promise<readonly Phase[]> {
  say(`sending a file: ${kind}`);
  const home = join(folder, name);
  mkdirSync(home);
  const size = (isQuick ? 8 : 30) * megabyte;
  const { stdout } = await promisify(execFile)(process.execPath, [child, join(home, "coach.db"), kind, String(size)], {
    maxBuffer: megabyte,
  });
  return JSON.parse(stdout) as readonly Phase[];
}

function findingsOf(kind: string, quiet: Phase, phases: readonly Phase[]): Findings {
  return {
    lines: phases.flatMap((phase) => linesOf(`${kind}, ${phase.name}`, quiet, phase)),
    notes: phases.map(
      ({ name, seconds, said }) =>
        `${kind}, ${name}: ${seconds.toFixed(1)} s, and it was said: ${said.replaceAll("\n", " ").slice(0, 120)}`,
    ),
  };
}

function linesOf(name: string, quiet: Phase, { longest, loopP99, memory, logP99 }: Phase): readonly Line[] {
  const line = (what: string, value: number, against: string, rest: Pick<Line, "unit"> & { readonly target?: Target }): Line => {
    return { name: `${name}: ${what}`, against, figure: { median: value, low: value, high: value }, ...rest };
  };
  const ms = (most: number) => ({ unit: " ms", target: atMost(most) });
  return [
    line("longest hold", longest, `quiet ${quiet.longest.toFixed(0)} ms`, ms(50)),
    line("loop p99", loopP99, `quiet ${quiet.loopP99.toFixed(1)} ms`, ms(20)),
    line("memory", memory, "before it", { unit: " MB", target: atMost(name.endsWith("export") ? 150 : 200) }),
    line("others' /log p99", logP99 / quiet.logP99, `quiet ${quiet.logP99.toFixed(0)} ms`, { unit: "×" }),
  ];
}

function merged(found: readonly Findings[]): Findings {
  return { lines: found.flatMap(({ lines }) => lines), notes: found.flatMap(({ notes }) => notes) };
}
