/** How what happens on Slack reaches the adapter: over a socket that it opens itself, or by requests of Slack's. */

import type { Receiver } from "@slack/bolt";
import type { BotTokens } from "./http/bot-tokens.ts";

/** A transport to Slack. */
export type Transport = {
  readonly receiver: Receiver;
  /** With which token the bot speaks where. */
  readonly tokens: BotTokens;
  /** Resolves when it stands for the first time, or has failed for the first time. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What whoever runs the coach should read, where it ended by itself; undefined after a stop. */
  readonly ended: Promise<string | undefined>;
};
