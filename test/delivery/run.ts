/** A trial: people to whom a lot is due, lives that are killed over it, and a last one that comes to its own end. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type LifeOptions, live } from "./process.ts";
import { examine, type Life, startLife, type Stop, type Wreck } from "./processes.ts";
import { monday, type Person, prepare } from "./people.ts";
import type { Fault } from "./faults.ts";
import type { Passing } from "./crash-points.ts";

/** A database in which everything is due, for trials to begin with. */
export type Template = { readonly folder: string; readonly path: string; readonly people: readonly Person[] };

/** Makes one for so many people. */
export async function createTemplate(folder: string, count: number): Promise<Template> {
  const path = join(folder, "template.db");
  return { folder, path, people: await prepare(path, count) };
}

/** What differs between trials. */
export type Variant = { readonly recognisesFor: string; readonly fault?: Fault };

/** A platform that knows every key again, and one that knows none. */
export const variants = { recognised: { recognisesFor: "PT12H" }, unrecognised: { recognisesFor: "PT0S" } } as const satisfies Record<
  string,
  Variant
>;

/** One trial. */
export type Trial = Template & {
  readonly variant: Variant;
  readonly mailbox: string;
  /** What each killed life left, in their order. */
  readonly wrecks: Wreck[];
  /** Starts the next life, so long after the one before that its leases have passed. */
  next(stop?: Stop): Life;
  /** Looks at what the last life left, which was killed. */
  bury(): Wreck;
  /** Lives on in this process to the end, and gives what went wrong. */
  finish(pass?: Passing): Promise<readonly string[]>;
  /** What the clock of the last life showed when it started. */
  at(): Temporal.Instant;
};

/** Longer than a lease. */
const between = { minutes: 2 };

/** A trial on a copy of `template`. */
export function createTrial(template: Template, name: string, variant: Variant): Trial {
  const [database, mailbox] = [join(template.folder, `${name}.db`), join(template.folder, `${name}.txt`)];
  copyFileSync(template.path, database);
  const wrecks: Wreck[] = [];
  let count = 0;
  let at = Temporal.Instant.from(monday);
  let last: LifeOptions | undefined;
  const begin = (): LifeOptions => {
    count += 1;
    if (count > 1) at = at.add(between);
    last = { name: `life ${count}`, database, mailbox, at: at.toString(), ...variant };
    return last;
  };
  return {
    ...template,
    path: database,
    variant,
    mailbox,
    wrecks,
    at: () => at,
    next: (stop) => startLife(begin(), stop),
    bury() {
      if (!last) throw new Error("Bury a life: none was started");
      const wreck = examine(last);
      wrecks.push(wreck);
      return wreck;
    },
    async finish(pass = () => {}) {
      const trouble: string[] = [];
      await live(begin(), { pass, trouble: (event) => void trouble.push(event) });
      return trouble;
    },
  };
}

/** Runs one life that kills itself at `stop`, and looks at what it left. Throws where it ended in another way. */
export async function killAt(trial: Trial, stop: Stop): Promise<Wreck> {
  const { signal, said, stderr } = await trial.next(stop).ended;
  if (signal !== stop.signal || stderr !== "") throw new Error(`Kill a life at ${stop.seam} ${stop.passage}: it said ${said}${stderr}`);
  return trial.bury();
}
