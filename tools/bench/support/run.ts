/** The input and output of every benchmark. */

import type { Line } from "./table.ts";

/** The input of a benchmark. */
export type Run = {
  /** A new, empty folder on the disk of the coach's database. It is deleted at the end. */
  readonly folder: string;
  /** Smaller and faster, for use while changing code. */
  readonly isQuick: boolean;
  /** Whether to measure ten million sessions as well. */
  readonly hasTenMillion: boolean;
  /** Reports progress. */
  say(words: string): void;
};

/** The result of a benchmark: lines for the table, and sentences below it. */
export type Findings = { readonly lines: readonly Line[]; readonly notes: readonly string[] };

/** One benchmark. */
export type Benchmark = (run: Run) => Promise<Findings>;
