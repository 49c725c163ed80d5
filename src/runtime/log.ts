/** The operator's log: one JSON object a line on standard error, without message texts, names or tokens. */

import { type Log, type LogFields, type LogLevel, logLevels } from "#src/ports/runtime.ts";

/** Creates a log that passes each line, with its newline, to `write`. */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  const at =
    (of: LogLevel) =>
    (event: string, fields: LogFields = {}): void => {
      if (logLevels.indexOf(of) < logLevels.indexOf(level)) return;
      write(`${JSON.stringify({ ...fields, at: Temporal.Now.instant().toString({ smallestUnit: "millisecond" }), level: of, event })}\n`);
    };
  return { info: at("info"), warn: at("warn"), error: at("error") };
}
