/** How what happens on Slack reaches the adapter: over a socket that it opens itself, or by requests of Slack's. */

import type { Receiver } from "@slack/bolt";
import type { Tokens } from "./http/bot-tokens.ts";

/** A line to Slack. */
export type Line = {
  readonly receiver: Receiver;
  /** With which token the bot speaks where. */
  readonly tokens: Tokens;
  /** Resolves when it stands for the first time, or has failed for the first time. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What whoever runs the coach should read, where it ended by itself; undefined after a stop. */
  readonly ended: Promise<string | undefined>;
};
