/** The whole program as a process on a fake Slack, by socket or HTTP. Slack's clock follows the program's. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished } from "vitest";
import { type Program, startProgram, temporaryFolder } from "../program.ts";
import { root } from "../project.ts";
import { openSlack } from "./server.ts";
import type { Modal, Person, Seen, Slack } from "./types.ts";

const turnedClock = pathToFileURL(join(root, "test/support/turned-clock.ts")).href;

/** A Slack, its connection to the program, and the folder of the program's database. */
export type ProgramOnSlack = { readonly slack: Slack; readonly folder: string; readonly way: Way; turnTo(instant: Temporal.Instant): void };
type Way = { readonly variables: Readonly<Record<string, string>>; readonly ready: string; connect(program: Program): Promise<void> };
/** The two transports from Slack to the program. */
export type Mode = "in Socket Mode" | "over HTTP";

/** Opens a Slack whose clock follows the program's, so that its signatures are fresh. */
export async function openProgramOnSlack(mode: Mode = "in Socket Mode"): Promise<ProgramOnSlack> {
  let ahead = Temporal.Duration.from({ seconds: 0 });
  const now = (): Temporal.Instant => Temporal.Now.instant().add(ahead);
  const slack = await openSlack(mode === "over HTTP" ? { workspaces: 2, now } : {});
  onTestFinished(slack.close);
  const way = mode === "over HTTP" ? overHttp(slack) : inSocketMode(slack);
  return { slack, folder: temporaryFolder(), way, turnTo: (instant) => void (ahead = Temporal.Now.instant().until(instant)) };
}

function inSocketMode({ botToken, appToken }: Slack): Way {
  const variables = { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken };
  return { variables, ready: '"event":"slack-connected"', connect: async () => {} };
}

function overHttp(slack: Slack): Way {
  const { clientId, clientSecret, token } = slack.oauth;
  const variables = {
    SLACK_SIGNING_SECRET: slack.http.signingSecret,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: "any-random-words",
    SLACK_TOKEN_KEYS: Buffer.alloc(32, 7).toString("base64"),
    PORT: "0",
  };
  return {
    variables,
    ready: '"event":"slack-listening"',
    async connect(program) {
      await slack.http.aim(await program.found(/http:\/\/127\.0\.0\.1:\d+/u));
      if (token(slack.teamId) === undefined) expect((await slack.browser().install(slack.teamId)).status).toBe(200);
    },
  };
}

/** The program's environment variables for that Slack. */
export function variablesOf({ slack: { apiUrl }, way }: ProgramOnSlack): Readonly<Record<string, string>> {
  return { TIME_ZONE: "UTC", SLACK_API_URL: apiUrl, LOG_LEVEL: "info", ...way.variables };
}

/** Starts the program on that Slack. Its clock starts at `at`: Wednesday noon in Berlin by default. */
export async function startOn(onSlack: ProgramOnSlack, at = "2026-11-25T12:00:00+01:00", more = {}): Promise<Program> {
  const instant = Temporal.Instant.from(at);
  const clock = { CLOCK_AT: instant.toString(), NODE_OPTIONS: `--import=${turnedClock}` };
  onSlack.turnTo(instant);
  const program = startProgram({ folder: onSlack.folder, variables: { ...variablesOf(onSlack), ...clock, ...more } });
  await program.said(onSlack.way.ready);
  await onSlack.way.connect(program);
  return program;
}

/** The bot's next message in `place` after `act`. */
export async function after(person: Person, place: string, act: () => Promise<void>): Promise<Seen> {
  const fromBot = (): readonly Seen[] => person.screen(place).filter(({ isFromBot }) => isFromBot);
  const before = fromBot().length;
  await act();
  await expect.poll(() => fromBot().length, { timeout: 8000, interval: 10 }).toBeGreaterThan(before);
  const said = fromBot()[before];
  if (!said) throw new Error("Wait for an answer: it must come");
  return said;
}

/** The form that opened for somebody. */
export async function form(person: Person): Promise<Modal> {
  await expect.poll(person.modal, { timeout: 8000, interval: 10 }).toBeDefined();
  const modal = person.modal();
  if (!modal) throw new Error("Wait for a form: it must open");
  return modal;
}
