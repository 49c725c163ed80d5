/** What every benchmark is given, and what it gives. */

import type { Line } from "./table.ts";

/** What a benchmark is given. */
export type Run = {
  /** A new and empty folder, on the disk on which the coach keeps its database; it is taken away at the end. */
  readonly folder: string;
  /** Smaller and sooner done, for somebody who is changing code. */
  readonly isQuick: boolean;
  /** Whether ten million sessions are measured as well. */
  readonly hasTenMillion: boolean;
  /** Tells whoever waits what is being done. */
  say(words: string): void;
};

/** What a benchmark found: lines for the table, and sentences below it. */
export type Findings = { readonly lines: readonly Line[]; readonly notes: readonly string[] };

/** One benchmark. */
export type Benchmark = (run: Run) => Promise<Findings>;
