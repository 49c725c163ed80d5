/** The environment, read once: a configuration, or all of its problems at once. */

import { z } from "zod";
import { parseTimeZone, type TimeZone } from "#core/time.ts";
import { type LogLevel, logLevels } from "#src/log.ts";

/** What the environment sets. */
export type Config = {
  /** The file of the database. */
  readonly database: string;
  /** Whether it is the default one, whose folder is made when it is not there. */
  readonly isDefaultDatabase: boolean;
  /** Of people who have not set theirs. */
  readonly timeZone: TimeZone;
  readonly logLevel: LogLevel;
};

const defaultDatabase = "data/sweetspot.db";

const databaseShape = z
  .string()
  .transform((url) => /^file:(?:\/\/)?(.+)$/.exec(url)?.[1])
  .refine((path) => path !== undefined && !path.startsWith(":"), "must be file: and the path of a file, such as file:data/sweetspot.db");

const shape = z.object({
  DATABASE_URL: databaseShape.optional(),
  TIME_ZONE: z
    .string()
    .transform(parseTimeZone)
    .refine((timeZone) => timeZone !== undefined, "must be an IANA time zone, such as Europe/Berlin")
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).optional(),
});

/** Every variable that is read. */
export const variables: readonly string[] = Object.keys(shape.shape);

/** The configuration in `environment`, where an empty variable is as good as none; or a line for each problem. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | readonly string[] {
  const given = Object.fromEntries(variables.map((name) => [name, environment[name]?.trim() || undefined]));
  const read = shape.safeParse(given);
  if (!read.success) return read.error.issues.map(({ path, message }) => explain(String(path[0]), message, given));
  const { DATABASE_URL: database, TIME_ZONE: timeZone, LOG_LEVEL: logLevel } = read.data;
  return {
    database: database ?? defaultDatabase,
    isDefaultDatabase: database === undefined,
    timeZone: timeZone ?? (Temporal.Now.timeZoneId() as TimeZone),
    logLevel: logLevel ?? "warn",
  };
}

/** An address of a database may hold a password, and is not repeated. */
function explain(name: string, message: string, given: Readonly<Record<string, string | undefined>>): string {
  return name === "DATABASE_URL" ? `${name} ${message}` : `${name} ${message}; it is "${given[name]}"`;
}
