/** A run: people to whom a lot is due, processes that are killed over it, and a last one that comes to its own end. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type ProcessOptions, runProcess } from "./process.ts";
import { examineCrash, type ChildRun, startProcess, type Stop, type Crash } from "./processes.ts";
import { monday, type Person, prepare } from "./people.ts";
import type { Fault } from "./faults.ts";
import type { PassCrashPoint } from "./crash-points.ts";

/** A database in which everything is due, for runs to begin with. */
export type Template = { readonly folder: string; readonly path: string; readonly people: readonly Person[] };

/** Makes one for so many people. */
export async function createTemplate(folder: string, count: number): Promise<Template> {
  const path = join(folder, "template.db");
  return { folder, path, people: await prepare(path, count) };
}

/** What differs between runs. */
export type Variant = { readonly recognisesFor: string; readonly fault?: Fault };

/** A platform that knows every key again, and one that knows none. */
export const variants = { recognised: { recognisesFor: "PT12H" }, unrecognised: { recognisesFor: "PT0S" } } as const satisfies Record<
  string,
  Variant
>;

/** One run. */
export type Run = Template & {
  readonly variant: Variant;
  readonly mailbox: string;
  /** What each killed process left, in their order. */
  readonly crashes: Crash[];
  /** Starts the next process, so long after the one before that its leases have passed. */
  next(stop?: Stop): ChildRun;
  /** Looks at what the last process left, which was killed. */
  bury(): Crash;
  /** Goes on in this process to the end, and gives what went wrong. */
  finish(pass?: PassCrashPoint): Promise<readonly string[]>;
  /** What the clock of the last process showed when it started. */
  at(): Temporal.Instant;
};

/** Longer than a lease. */
const between = { minutes: 2 };

/** A run on a copy of `template`. */
export function createRun(template: Template, name: string, variant: Variant): Run {
  const [database, mailbox] = [join(template.folder, `${name}.db`), join(template.folder, `${name}.txt`)];
  copyFileSync(template.path, database);
  const crashes: Crash[] = [];
  let count = 0;
  let at = Temporal.Instant.from(monday);
  let last: ProcessOptions | undefined;
  const begin = (): ProcessOptions => {
    count += 1;
    if (count > 1) at = at.add(between);
    last = { name: `process ${count}`, database, mailbox, at: at.toString(), ...variant };
    return last;
  };
  return {
    ...template,
    path: database,
    variant,
    mailbox,
    crashes,
    at: () => at,
    next: (stop) => startProcess(begin(), stop),
    bury() {
      if (!last) throw new Error("Record a crash: none was started");
      const crash = examineCrash(last);
      crashes.push(crash);
      return crash;
    },
    async finish(pass = () => {}) {
      const trouble: string[] = [];
      await runProcess(begin(), { pass, trouble: (event) => void trouble.push(event) });
      return trouble;
    },
  };
}

/** Runs one process that kills itself at `stop`, and looks at what it left. Throws where it ended in another way. */
export async function killAt(run: Run, stop: Stop): Promise<Crash> {
  const { signal, said, stderr } = await run.next(stop).ended;
  if (signal !== stop.signal || stderr !== "")
    throw new Error(`Kill a process at ${stop.crashPoint} ${stop.passage}: it said ${said}${stderr}`);
  return run.bury();
}
