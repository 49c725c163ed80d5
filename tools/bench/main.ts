/** `npm run bench`: measures the coach against the least possible cost, and prints one table. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchApart } from "./support/apart.ts";
import { benchCrowd } from "./support/chat-crowd.ts";
import { benchChatStart } from "./support/chat-start.ts";
import { benchDiscord } from "./cases/discord.ts";
import { benchDue } from "./cases/due.ts";
import { benchFlood } from "./cases/flood.ts";
import { benchGroups } from "./cases/groups.ts";
import { benchExport, benchImports } from "./cases/imports.ts";
import { benchLog } from "./cases/log.ts";
import { benchMessages } from "./support/messages.ts";
import { benchOutbox } from "./cases/outbox.ts";
import { benchPicture } from "./cases/painting.ts";
import type { Benchmark, Findings, Run } from "./support/run.ts";
import { benchSize } from "./support/size.ts";
import { benchSlack } from "./cases/slack.ts";
import { benchStart } from "./cases/start.ts";
import { renderTable } from "./support/table.ts";
import { benchTick } from "./cases/tick.ts";
import { benchWeekly } from "./cases/weekly.ts";

/** All benchmarks, in the order of the table. A new benchmark is a file in `cases/` and a line here. */
const benchmarks: Readonly<Record<string, Benchmark>> = {
  log: benchLog,
  size: benchSize,
  tick: benchTick,
  due: benchDue,
  outbox: benchOutbox,
  weekly: benchWeekly,
  groups: benchGroups,
  messages: benchMessages,
  picture: benchPicture,
  start: benchStart,
  discord: benchDiscord,
  slack: benchSlack,
  crowd: benchCrowd,
  ready: benchChatStart,
  apart: benchApart,
  flood: benchFlood,
  imports: benchImports,
  export: benchExport,
};

const usage = `npm run bench -- [--quick] [--ten-million] [${Object.keys(benchmarks).join("|")} ...]

--quick        200,000 sessions in place of a million: done in seconds
--ten-million  ten million sessions as well: takes minutes, and 5 GB of disk
Named benchmarks alone are run; all of them when none is named.`;

// Next to the coach's own database. A temporary folder may be in memory, where a commit does not wait for a disk.
const data = fileURLToPath(new URL("../../data", import.meta.url));

const began = performance.now();

await main();

async function main(): Promise<void> {
  const asked = readArguments();
  if (!asked) return void process.stdout.write(`${usage}\n`);
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(join(data, "bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process
    .once("SIGINT", () => process.exit(130))
    .once("SIGTERM", () => process.exit(143))
    .once("exit", remove);
  const run: Run = { folder, isQuick: asked.isQuick, hasTenMillion: asked.hasTenMillion, say };
  const found: Findings[] = [];
  for (const benchmark of asked.benchmarks) found.push(await benchmark(run));
  report(found);
}

type Asked = Pick<Run, "isQuick" | "hasTenMillion"> & { readonly benchmarks: readonly Benchmark[] };

/** Parses the arguments; undefined if they are not understood, or ask for help. */
function readArguments(): Asked | undefined {
  const words = process.argv.slice(2);
  const flags = words.filter((word) => word.startsWith("-"));
  const names = words.filter((word) => !word.startsWith("-"));
  const isKnown =
    flags.every((flag) => flag === "--quick" || flag === "--ten-million") && names.every((name) => Object.hasOwn(benchmarks, name));
  const chosen = Object.entries(benchmarks).filter(([name]) => names.length === 0 || names.includes(name));
  if (!isKnown) return undefined;
  return { isQuick: flags.includes("--quick"), hasTenMillion: flags.includes("--ten-million"), benchmarks: chosen.map(([, run]) => run) };
}

/** Writes to standard error, so that standard output holds only the table. */
function say(words: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0).padStart(4);
  process.stderr.write(`${seconds} s  ${words}\n`);
}

function report(found: readonly Findings[]): void {
  const lines = found.flatMap((findings) => findings.lines);
  const notes = found.flatMap((findings) => findings.notes);
  process.stdout.write(`\n${renderTable(lines)}\n\n`);
  process.stdout.write(
    "Ratios are medians of paired rounds in shuffled order within this run, but for what is said to be recorded elsewhere.\nTimes hold for this machine alone:\n",
  );
  process.stdout.write(`${notes.map((note) => `- ${note}`).join("\n")}\n`);
}
