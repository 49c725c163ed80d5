/** The transport: how Slack's events reach the adapter, by a socket or by HTTP requests. */

import type { Receiver } from "@slack/bolt";
import type { BotTokens } from "./http/bot-tokens.ts";

/** A transport to Slack. */
export type Transport = {
  readonly receiver: Receiver;
  /** The bot tokens by home. */
  readonly tokens: BotTokens;
  /** Resolves when the transport is up, or has failed for the first time. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A notice for the operator if it ended by itself; undefined after a stop. */
  readonly ended: Promise<string | undefined>;
};
