/** Parses the environment to a configuration, or to a list of all problems. */

import { z } from "zod";
import { retentionDaysRange, defaultRetentionDays } from "#core/data/retention.ts";
import { parseTimeZone, type TimeZone } from "#core/lib/time.ts";
import { type LogLevel, logLevels } from "#src/ports/runtime.ts";
import { type SlackConfig, readSlackConfig, slackProblems, slackSecrets, slackSchema } from "./slack.ts";

/** The configuration. */
export type Config = {
  /** Path of the database file. */
  readonly database: string;
  /** Whether it is the default path, whose folder is created if missing. */
  readonly isDefaultDatabase: boolean;
  /** The default time zone of users who have not set one. */
  readonly timeZone: TimeZone;
  readonly logLevel: LogLevel;
  /** Retention in days for expired rows. */
  readonly retentionDays: number;
  /** Undefined if Discord is not configured. */
  readonly discord: DiscordConfig | undefined;
  /** Undefined if Slack is not configured. */
  readonly slack: SlackConfig | undefined;
};

/** The settings of Discord. */
export type DiscordConfig = {
  readonly token: string;
  /** The REST API's URL without the version; undefined for Discord's own. */
  readonly apiUrl: string | undefined;
};

const keepWords = `must be a whole number of days from ${retentionDaysRange.min} to ${retentionDaysRange.max}`;
const defaultDatabase = "data/sweetspot.db";

const databaseSchema = z
  .string()
  .transform((url) => /^file:(?:\/\/)?(.+)$/.exec(url)?.[1])
  .refine((path) => path !== undefined && !path.startsWith(":"), "must be file: and the path of a file, such as file:data/sweetspot.db");

/** Three parts, the first of which is the bot's id. This tells a token from a client secret, which people paste by mistake. */
const discordToken = z
  .string()
  .transform((token) => token.replace(/^Bot\s+/i, ""))
  .refine(
    (token) => /^[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}$/.test(token),
    "must be the bot's token: developer portal, your app, Bot, Reset Token",
  );

const apiUrl = z
  .string()
  .transform((url) => url.replace(/\/+(?:v\d+\/*)?$/, ""))
  .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""), "must be an http or https address, such as https://discord.com/api");

const retentionDays = z.coerce
  .number(keepWords)
  .refine((days) => Number.isInteger(days) && days >= retentionDaysRange.min && days <= retentionDaysRange.max, keepWords);

const variableSchema = z.object({
  DATABASE_URL: databaseSchema.optional(),
  TIME_ZONE: z
    .string()
    .transform(parseTimeZone)
    .refine((timeZone) => timeZone !== undefined, "must be an IANA time zone, such as Europe/Berlin")
    .optional(),
  KEEP_DAYS: retentionDays.optional(),
  DISCORD_TOKEN: discordToken.optional(),
  DISCORD_API_URL: apiUrl.optional(),
  ...slackSchema,
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`).optional(),
});

const configSchema = variableSchema.superRefine((read, { addIssue }) => {
  for (const [name, message] of slackProblems(read)) addIssue({ code: "custom", path: [name], message });
});

/** Names of all variables. */
export const variables: readonly string[] = Object.keys(variableSchema.shape);

/** The configuration of `environment`, where an empty variable counts as unset; or one line for each problem. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config | readonly string[] {
  const given = Object.fromEntries(variables.map((name) => [name, environment[name]?.trim() || undefined]));
  const read = configSchema.safeParse(given);
  if (!read.success) return read.error.issues.map(({ path, message }) => explain(String(path[0]), message, given));
  const { DATABASE_URL: database, TIME_ZONE: timeZone, LOG_LEVEL: logLevel, DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl } = read.data;
  return {
    database: database ?? defaultDatabase,
    isDefaultDatabase: database === undefined,
    timeZone: timeZone ?? (Temporal.Now.timeZoneId() as TimeZone),
    logLevel: logLevel ?? "warn",
    retentionDays: read.data.KEEP_DAYS ?? defaultRetentionDays,
    discord: token === undefined ? undefined : { token, apiUrl },
    slack: readSlackConfig(read.data),
  };
}

/** Values that may hold a password are not repeated in messages. */
const secrets: readonly string[] = ["DATABASE_URL", "DISCORD_TOKEN", ...slackSecrets];

function explain(name: string, message: string, given: Readonly<Record<string, string | undefined>>): string {
  return secrets.includes(name) ? `${name} ${message}` : `${name} ${message}; it is "${given[name]}"`;
}
