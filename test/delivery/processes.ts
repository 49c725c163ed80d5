/** Processes of the operating system: they are started, killed, stopped and waited for, and what each left is looked at. */

import { spawn } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import Database from "better-sqlite3";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { compileCache, root } from "../support/project.ts";
import type { ProcessOptions, Phase } from "./process.ts";
import { type Line, linesIn } from "./mailbox.ts";
import type { CrashPoint } from "./crash-points.ts";

/** Where a process ends itself. */
export type Stop = { readonly crashPoint: CrashPoint; readonly passage: number; readonly signal: "SIGKILL" | "SIGSTOP" };

/** How a process came out. */
export type Ended = {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly said: string;
  readonly stderr: string;
};

/** A running life. It is killed when the test is over, if it still runs. */
export type ChildRun = {
  /** When each phase begins, or when it ends before. */
  readonly began: Readonly<Record<Phase, Promise<void>>>;
  /** When it says that it is at its crash point; undefined when it ends before. */
  readonly atCrashPoint: Promise<string | undefined>;
  readonly ended: Promise<Ended>;
  signal(signal: NodeJS.Signals): void;
};

const childPath = join(root, "test/delivery/child.ts");
const env = { NODE_COMPILE_CACHE: compileCache };

/** Starts a process. */
export function startProcess(child: ProcessOptions, stop?: Stop): ChildRun {
  const running = spawn(execPath, [childPath, JSON.stringify({ child, stop })], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void running.kill("SIGKILL"));
  let [said, stderr] = ["", ""];
  const [looking, delivering] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const atCrashPoint = Promise.withResolvers<string | undefined>();
  running.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  running.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (said.includes("looking\n")) looking.resolve();
    if (said.includes("delivering\n")) delivering.resolve();
    const [at] = /^at .*$/mu.exec(said) ?? [];
    if (at !== undefined) atCrashPoint.resolve(at);
  });
  const ended = new Promise<Ended>((resolve) => {
    running.once("close", (code, signal) => {
      looking.resolve();
      delivering.resolve();
      atCrashPoint.resolve(undefined);
      resolve({ code, signal, said, stderr });
    });
  });
  const began = { looking: looking.promise, delivering: delivering.promise };
  return { began, atCrashPoint: atCrashPoint.promise, ended, signal: (signal) => void running.kill(signal) };
}

const rowShape = z.object({ key: z.string(), state: z.string(), fence: z.int(), nextAt: z.int().nullable() });

/** What a killed process left behind: what was on its way, and how far it had come. */
export type Crash = {
  /** The keys of what may have arrived or not. */
  readonly inDoubt: readonly string[];
  readonly kind: "looking" | "waiting" | "claimed" | "marked" | "arrived" | "over";
};

/** Looks at a copy, so that the next process finds the files as they were left. */
export function examineCrash({ database, mailbox, at }: ProcessOptions): Crash {
  const copy = `${database}-copy`;
  copyFileSync(database, copy);
  if (existsSync(`${database}-wal`)) copyFileSync(`${database}-wal`, `${copy}-wal`);
  const client = new Database(copy);
  try {
    const rows = z.array(rowShape).parse(client.prepare("select key, state, fence, next_at as nextAt from delivery").all());
    const due = client.prepare("select count(*) from prompt where due_at <= ?").pluck().get(Temporal.Instant.from(at).epochMilliseconds);
    const inDoubt = rows.filter(({ state }) => state === "sending").map(({ key }) => key);
    return { inDoubt, kind: kindOf(inDoubt, linesIn(mailbox), { isDue: due !== 0, rows }) };
  } finally {
    client.close();
  }
}

function kindOf(
  inDoubt: readonly string[],
  lines: readonly Line[],
  { isDue, rows }: { readonly isDue: boolean; readonly rows: readonly z.infer<typeof rowShape>[] },
): Crash["kind"] {
  if (isDue) return "looking";
  if (inDoubt.some((key) => lines.some((line) => line.key === key))) return "arrived";
  if (inDoubt.length > 0) return "marked";
  const waiting = rows.filter(({ nextAt }) => nextAt !== null);
  if (waiting.some(({ fence }) => fence > 0)) return "claimed";
  return waiting.length > 0 ? "waiting" : "over";
}
