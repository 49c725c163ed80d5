/** Reads Slack's variables: one workspace in Socket Mode, or many over HTTP. */

import { z } from "zod";

/** The settings that both modes need. */
export type SlackConfig = {
  /** The Web API's URL; undefined for Slack's own. */
  readonly apiUrl: string | undefined;
  /** Prefix of the slash commands; may be empty. */
  readonly prefix: string;
} & (SlackSocketConfig | SlackHttpConfig);

/** The settings of one workspace in Socket Mode. */
export type SlackSocketConfig = { readonly botToken: string; readonly appToken: string };

/** The settings of many workspaces over HTTP. */
export type SlackHttpConfig = {
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** Keys for stored tokens: the first one encrypts, all of them decrypt. */
  readonly tokenKeys: readonly Uint8Array[];
  readonly host: string;
  readonly port: number;
};

const token = (kind: "xoxb" | "xapp", where: string) =>
  z.string().regex(new RegExp(String.raw`^${kind}-[\w-]{10,}$`), `must start with ${kind}-: on api.slack.com, your app, ${where}`);

/** With a slash at the end, as the SDK requires. */
const apiUrl = z
  .string()
  .transform((url) => `${url.replace(/\/+$/, "")}/`)
  .refine((url) => /^https?:$/.test(URL.parse(url)?.protocol ?? ""), "must be an http or https address, such as https://slack.com/api/");

/** A slash command has at most 32 characters. */
const prefix = z.string().regex(/^[a-z0-9_-]{1,20}$/, "must be at most 20 small letters, digits, - and _, such as fit-");

const secret = (what: string) => z.string().regex(/^\S{16,}$/, `must be ${what}, of at least 16 characters`);
const fromSlack = (name: string) => secret(`the ${name}: on api.slack.com, your app, Basic Information, App Credentials`);

const bytesOfKey = 32;
const keys = z
  .string()
  .transform((words) => words.split(/[\s,]+/).map((word) => new Uint8Array(Buffer.from(word, "base64"))))
  .refine(
    (all) => all.every(({ length }) => length === bytesOfKey),
    `must be ${bytesOfKey} bytes in base64, as "openssl rand -base64 ${bytesOfKey}" prints them; older ones may follow behind a comma`,
  );

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port, such as 3000")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a port, such as 3000");

/** The variables of Slack. */
export const slackSchema = {
  SLACK_BOT_TOKEN: token("xoxb", "OAuth & Permissions, Bot User OAuth Token").optional(),
  SLACK_APP_TOKEN: token("xapp", "Basic Information, App-Level Tokens").optional(),
  SLACK_SIGNING_SECRET: fromSlack("Signing Secret").optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, "must be two numbers with a dot between: on api.slack.com, your app, Basic Information")
    .optional(),
  SLACK_CLIENT_SECRET: fromSlack("Client Secret").optional(),
  SLACK_STATE_SECRET: secret("any random words").optional(),
  SLACK_TOKEN_KEYS: keys.optional(),
  SLACK_API_URL: apiUrl.optional(),
  SLACK_COMMAND_PREFIX: prefix.optional(),
  HOST: z.string().optional(),
  PORT: port.optional(),
};

/** Variables whose values must not appear in error messages. */
export const slackSecrets = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
  "SLACK_TOKEN_KEYS",
] as const;

const whole = z.object(slackSchema);
/** The parsed variables of Slack. */
export type SlackRead = z.infer<typeof whole>;

const socketNames = ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"] as const;
const httpNames = ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_STATE_SECRET", "SLACK_TOKEN_KEYS"] as const;

/** Conflicts: each mode needs all of its variables, and only one mode can be set. */
export function slackProblems(read: SlackRead): readonly (readonly [name: keyof SlackRead, message: string])[] {
  const [socket, http] = [socketNames, httpNames].map((names) => names.find((name) => read[name] !== undefined));
  if (socket && http)
    return [
      [
        http,
        `is set along with ${socket}: one workspace in Socket Mode has ${listed(socketNames)}; many over HTTP have ${listed(httpNames)}`,
      ],
    ];
  const [given, names] = socket ? [socket, socketNames] : [http, httpNames];
  if (given === undefined) return [];
  const missing = names.filter((name) => read[name] === undefined);
  return missing.map((name) => [name, `is missing: ${given} is set, and Slack needs ${listed(names)}`]);
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** The configuration; undefined if Slack is not configured. */
export function readSlackConfig(read: SlackRead): SlackConfig | undefined {
  const shared = { apiUrl: read.SLACK_API_URL, prefix: read.SLACK_COMMAND_PREFIX ?? "" };
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = read;
  if (botToken !== undefined && appToken !== undefined) return { ...shared, botToken, appToken };
  const http = httpIn(read);
  return http && { ...shared, ...http };
}

/** Defaults to loopback; put a TLS proxy in front. */
const usual = { host: "127.0.0.1", port: 3000 } as const;

function httpIn(read: SlackRead): SlackHttpConfig | undefined {
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = read;
  const { SLACK_STATE_SECRET: stateSecret, SLACK_TOKEN_KEYS: tokenKeys, HOST: host = usual.host, PORT: port = usual.port } = read;
  if (signingSecret === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  if (stateSecret === undefined || tokenKeys === undefined) return undefined;
  return { signingSecret, clientId, clientSecret, stateSecret, tokenKeys, host, port };
}
