/** Creates the adapters of the configured platforms, or the console adapter if none is configured. */

import { stderr, stdin, stdout } from "node:process";
import { type PlatformName, platformNameOf } from "#core/lib/ids.ts";
import { createInstallations, renewInstallations } from "#src/app/installations.ts";
import type { Config } from "#src/config/config.ts";
import type { SlackConfig } from "#src/config/slack.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import type { TurnableClock } from "#src/runtime/clock.ts";
import { createTokenCipher } from "#src/runtime/token-cipher.ts";
import { platforms } from "../adapters/index.ts";

/** Dependencies of the adapters. */
export type Parts = {
  readonly config: Config;
  readonly store: Store;
  readonly clock: TurnableClock;
  readonly log: Log;
  /** Aborted when the program is to end. */
  readonly stopping: AbortSignal;
  /** Renders SVG text as PNG bytes. `turn` names the user or channel that the picture is for, for fair queueing. */
  readonly renderPng: (svg: string, turn?: string) => Promise<Uint8Array>;
  /** Moves the clock forward to `instant` and runs everything that falls due on the way. */
  readonly travelTo: (instant: Temporal.Instant) => Promise<boolean>;
  /** Sends all due messages. */
  readonly deliver: () => Promise<void>;
};

type Made = readonly [name: string, adapter: Adapter];

/** The adapters by platform. */
export async function createAdapters(parts: Parts): Promise<ReadonlyMap<PlatformName, Adapter>> {
  const { discord, slack } = parts.config;
  const made = discord || slack ? await chatAdapters(parts) : [await consoleAdapter(parts)];
  return new Map(made.map(([name, adapter]) => [platformNameOf(name), adapter]));
}

async function consoleAdapter({ config, clock, renderPng, travelTo, deliver }: Parts): Promise<Made> {
  const createConsole = await platforms.console();
  const adapter = createConsole({
    input: stdin,
    output: stdout,
    hasColour: stdout.isTTY && stdout.hasColors(),
    clock,
    travelTo,
    deliver,
    timeZone: config.timeZone,
    renderPng,
    pictures: config.database.replace(/\.[^./\\]*$/, ""),
  });
  return ["console", adapter];
}

async function chatAdapters({ config, store, clock, log, renderPng, stopping }: Parts): Promise<readonly Made[]> {
  const { discord, slack } = config;
  const shared = { clock, log, renderPng, tell };
  return [
    ...(discord ? [["discord", (await platforms.discord())({ ...discord, ...shared })] as const] : []),
    ...(slack
      ? [["slack", (await platforms.slack())({ ...(await withInstallations(slack, { store, clock, stopping })), ...shared })] as const]
      : []),
  ];
}

function tell(line: string): void {
  stderr.write(`${line}\n`);
}

/** Adds the installations if Slack runs in many workspaces, and encrypts their tokens again with the newest key. */
async function withInstallations(slack: SlackConfig, { store, clock, stopping }: Pick<Parts, "store" | "clock" | "stopping">) {
  if (!("tokenKeys" in slack)) return slack;
  const { tokenKeys, ...http } = slack;
  const deps = { store, clock, cipher: createTokenCipher(tokenKeys), platform: platformNameOf("slack") };
  const { renewed, lost } = await renewInstallations(deps, stopping);
  if (renewed > 0) tell(`The tokens of ${countWorkspaces(renewed)} are kept under the first of SLACK_TOKEN_KEYS now.`);
  if (lost > 0)
    tell(
      `The tokens of ${countWorkspaces(lost)} are kept under another key: name it in SLACK_TOKEN_KEYS, too, or the bot has to be installed there again.`,
    );
  return { ...http, installations: createInstallations(deps) };
}

function countWorkspaces(workspaces: number): string {
  return workspaces === 1 ? "1 workspace" : `${workspaces} workspaces`;
}
