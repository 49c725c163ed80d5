/** Classifies failed requests to Discord. Only this file looks at Discord's error codes. */

import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { classifyNetworkError, classifyStatus } from "../shared/network-errors.ts";

/** How a request failed. */
export type Failure =
  /** Rate-limited: do not retry before `after` has passed. */
  | { readonly kind: "wait"; readonly after: Temporal.Duration }
  /** The request was not sent and may be retried. */
  | { readonly kind: "not-sent" }
  /** The request may have succeeded: no answer arrived. */
  | { readonly kind: "ambiguous" }
  /** The message was sent earlier and has been deleted since. */
  | { readonly kind: "done" }
  /** This user cannot receive direct messages. */
  | { readonly kind: "closed" }
  /** The channel is gone, or Discord says so: reopen it. */
  | { readonly kind: "channel-gone"; readonly code: string }
  /** The interaction is over: already acknowledged, or too old. */
  | { readonly kind: "expired" }
  /** Discord forbids unasked messages to anybody, for an unknown time. */
  | { readonly kind: "throttled" }
  /** Discord rejects the token. */
  | { readonly kind: "auth-revoked" }
  /** The request is refused for good. */
  | { readonly kind: "refused"; readonly code: string };

const kinds: ReadonlyMap<number, Failure> = new Map<number, Failure>([
  // Cannot send messages to this user; no server in common.
  [50007, { kind: "closed" }],
  [50278, { kind: "closed" }],
  [10013, { kind: "closed" }],
  // Unknown channel; missing access, which Discord sometimes reports falsely for direct messages.
  [10003, { kind: "channel-gone", code: "10003" }],
  [50001, { kind: "channel-gone", code: "50001" }],
  // A message with that nonce was sent and has been deleted since.
  [10008, { kind: "done" }],
  // Unknown interaction; already acknowledged; unknown webhook; webhook token expired.
  [10062, { kind: "expired" }],
  [40060, { kind: "expired" }],
  [10015, { kind: "expired" }],
  [50027, { kind: "expired" }],
  // Direct messages are opened too fast; the bot is quarantined.
  [40003, { kind: "throttled" }],
  [20026, { kind: "throttled" }],
  // The API is overloaded.
  [130000, { kind: "ambiguous" }],
]);

/** Missing permission; archived thread, locked thread or unsupported channel type; anything else forbidden or gone. */
const shut: ReadonlySet<string> = new Set(["50013", "50083", "160005", "50008", "40058", "160002", "http-403", "http-404"]);

/** Whether the bot cannot post in the channel until somebody there changes that. */
export function isChannelClosed(failure: Failure): boolean {
  return failure.kind === "channel-gone" || failure.kind === "closed" || (failure.kind === "refused" && shut.has(failure.code));
}

/** Unknown channel, unknown server. */
const gone: ReadonlySet<string> = new Set(["10003", "10004"]);

/** Discord's code for a message of ours that is gone; undefined if it may still be there. */
export function messageGoneCode(failure: Failure): string | undefined {
  if (failure.kind === "done") return "10008";
  return (failure.kind === "channel-gone" || failure.kind === "refused") && gone.has(failure.code) ? failure.code : undefined;
}

/** Blocked by AutoMod or by Discord's own filter. The same words would be refused in any form. */
const filtered: ReadonlySet<string> = new Set(["20009", "200000", "200001", "240000"]);

/**
 * Whether a poorer form may be accepted: without a picture, a file or a layout. Discord does not say which permission is missing. With an
 * attachment it may be Attach Files.
 */
export function isFormRefused(failure: Failure, hasFiles: boolean): boolean {
  if (failure.kind !== "refused" || filtered.has(failure.code)) return false;
  return failure.code === "50013" ? hasFiles : !shut.has(failure.code);
}

/** Classifies an error that a request threw. */
export function classify(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return { kind: "wait", after: Temporal.Duration.from({ milliseconds: Math.ceil(error.retryAfter) }) };
  if (error instanceof DiscordAPIError) return classifyCode(Number(error.code), error.status);
  if (error instanceof HTTPError) return classifyUncoded(error.status);
  if (isTokenless(error)) return { kind: "auth-revoked" };
  return classifyNetworkError(error);
}

function classifyCode(code: number, status: number): Failure {
  return kinds.get(code) ?? classifyUncoded(status, code === 0 ? undefined : String(code));
}

function classifyUncoded(status: number, code?: string): Failure {
  return status === 401 ? { kind: "auth-revoked" } : classifyStatus(status, code);
}

/** After one 401 the SDK drops its token and throws this error on every request. */
function isTokenless(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

/** Logs a failed answer. An expired interaction is no error: it arrived twice, or the answer was late. */
export function reportFailure(error: unknown, log: Log): void {
  if (classify(error).kind === "expired") log.info("discord-interaction-expired", describeError(error));
  else log.error("discord-answer-failed", describeError(error));
}
