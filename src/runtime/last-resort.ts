/** What no part of the program dealt with: it is told, the part has failed, and the rest goes on, unless the state cannot be trusted any more. */

import { describeError } from "#src/ports/describe-error.ts";
import type { Log, LogFields } from "#src/ports/runtime.ts";

/** Exit codes of the program, as docs/guide/running.md lists them. */
export const exitCodes = {
  /** It was stopped, or its input came to its end. */
  stopped: 0,
  /** It could not start, or every platform refused it. */
  refused: 1,
  /** It was stopped after one of its platforms had refused it for good. */
  platformGone: 69,
  /** Its state could not be trusted any more. */
  untrusted: 70,
} as const;

/** What the last resort works with. */
export type LastResort = {
  readonly log: Log;
  /** Tells whoever runs the program something that they should read. */
  readonly tell: (line: string) => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
};

/** More failures than that within a minute that no part dealt with, and nobody knows what still holds. */
const mostFailures = 20;
const minute = 60_000;
/** By these the database says that its file is broken, or is none. */
const corrupt = /^SQLITE_(?:CORRUPT|NOTADB)/;

/** Hears of every error that nobody caught, for as long as the process lives. Gives the log by which all parts tell of theirs. */
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
