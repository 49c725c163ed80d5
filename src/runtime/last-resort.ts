/** Handles uncaught errors: logs them and lets the program go on, unless its state can no longer be trusted. */

import { describeError } from "#src/ports/describe-error.ts";
import type { Log, LogFields } from "#src/ports/runtime.ts";

/** Exit codes of the program, as listed in docs/guide/running.md. */
export const exitCodes = {
  /** The program was stopped, or its input ended. */
  stopped: 0,
  /** The program could not start, or every platform refused the bot. */
  refused: 1,
  /** The program was stopped after a platform had refused the bot for good. */
  platformGone: 69,
  /** The state could no longer be trusted. */
  untrusted: 70,
} as const;

/** Dependencies of the last resort. */
export type LastResort = {
  readonly log: Log;
  /** Prints a line that the operator should read. */
  readonly tell: (line: string) => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
};

/** Uncaught errors within a minute; more than this many mean that the state cannot be trusted. */
const mostFailures = 20;
const minute = 60_000;
/** SQLite's codes for a damaged file and for a file that is no database. */
const corrupt = /^SQLITE_(?:CORRUPT|NOTADB)/;

/** Handles every uncaught error of the process. Returns the log that all parts use. */
export function createLastResort({ log, tell, exit, monotonic }: LastResort): Log {
  let failures: readonly number[] = [];
  const end = (why: string): void => {
    tell(
      `Sweetspot ends, as its state cannot be trusted any more: ${why}. What was confirmed is in its file. Exit code ${exitCodes.untrusted}.`,
    );
    exit(exitCodes.untrusted);
  };
  const look = ({ code }: LogFields): void => {
    if (corrupt.test(String(code))) end("the database file is damaged");
  };
  const hear = (error: unknown, origin: string): void => {
    const now = monotonic();
    failures = [...failures.filter((at) => now - at < minute), now];
    const fields = { origin, ...describeError(error) };
    log.error("uncaught", fields);
    look(fields);
    if (failures.length > mostFailures) end(`more than ${mostFailures} errors in a minute came from nowhere known`);
  };
  process.on("uncaughtException", (error, origin) => hear(error, origin));
  return {
    ...log,
    error(event, fields = {}) {
      log.error(event, fields);
      look(fields);
    },
  };
}
