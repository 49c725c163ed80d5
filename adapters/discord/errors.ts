/** What a failed request to Discord means: the only place that looks at its codes. */

import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";

/** What became of a request that failed. */
export type Failure =
  /** It was not taken, and is not to be tried again before that. */
  | { readonly kind: "wait"; readonly after: Temporal.Duration }
  /** It did not go out, and may be tried again. */
  | { readonly kind: "not-sent" }
  /** It may have been done: the answer was not heard. */
  | { readonly kind: "ambiguous" }
  /** It was done before, and what came of it has been deleted since. */
  | { readonly kind: "done" }
  /** Messages do not reach this person. */
  | { readonly kind: "closed" }
  /** The channel is gone, or Discord says so: it is to be opened again. */
  | { readonly kind: "channel-gone"; readonly code: string }
  /** The interaction is over: answered by somebody else, or too long ago. */
  | { readonly kind: "expired" }
  /** Discord wants nothing more sent unasked, to anybody; nobody is told for how long. */
  | { readonly kind: "throttled" }
  /** Discord takes nothing from this token. */
  | { readonly kind: "auth-revoked" }
  /** It will never be taken. */
  | { readonly kind: "refused"; readonly code: string };

const kinds: ReadonlyMap<number, Failure> = new Map<number, Failure>([
  // Cannot send messages to this user; no server in common.
  [50007, { kind: "closed" }],
  [50278, { kind: "closed" }],
  [10013, { kind: "closed" }],
  // Unknown channel; missing access, which direct messages are told falsely at times.
  [10003, { kind: "channel-gone", code: "10003" }],
  [50001, { kind: "channel-gone", code: "50001" }],
  // A message with that nonce was sent, and deleted since.
  [10008, { kind: "done" }],
  // Unknown interaction, acknowledged before, webhook or token too old.
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

/** No permission; an archived thread, a locked one, or a channel of a kind that takes none; whatever else is forbidden or gone. */
const shut: ReadonlySet<string> = new Set(["50013", "50083", "160005", "50008", "40058", "160002", "http-403", "http-404"]);

/** Whether a channel takes nothing of ours any more, until somebody there changes that. */
export function isChannelClosed(failure: Failure): boolean {
  return failure.kind === "channel-gone" || failure.kind === "closed" || (failure.kind === "refused" && shut.has(failure.code));
}

/** Unknown channel, unknown server. */
const gone: ReadonlySet<string> = new Set(["10003", "10004"]);

/** The code by which Discord says that a message of ours is there no more; undefined where it may be. */
export function messageGoneCode(failure: Failure): string | undefined {
  if (failure.kind === "done") return "10008";
  return (failure.kind === "channel-gone" || failure.kind === "refused") && gone.has(failure.code) ? failure.code : undefined;
}

/** What AutoMod, or a filter of Discord's own, does not like: the same words would be refused in any form. */
const filtered: ReadonlySet<string> = new Set(["20009", "200000", "200001", "240000"]);

/**
 * Whether a poorer form of the same message may be taken: without a picture, a file or a layout. Of a right that is missing nobody tells which
 * it is: where something was attached, it may be the one to attach files.
 */
export function isFormRefused(failure: Failure, hasFiles: boolean): boolean {
  if (failure.kind !== "refused" || filtered.has(failure.code)) return false;
  return failure.code === "50013" ? hasFiles : !shut.has(failure.code);
}

/** Before anything was written to the connection. */
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What `error`, which a request threw, means. */
export function classify(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return { kind: "wait", after: Temporal.Duration.from({ milliseconds: Math.ceil(error.retryAfter) }) };
  if (error instanceof DiscordAPIError) return classifyCode(Number(error.code), error.status);
  if (error instanceof HTTPError) return classifyStatus(error.status, `http-${error.status}`);
  if (isTokenless(error)) return { kind: "auth-revoked" };
  return beforeSending.has(codeOf(error)) ? { kind: "not-sent" } : { kind: "ambiguous" };
}

function classifyCode(code: number, status: number): Failure {
  return kinds.get(code) ?? classifyStatus(status, code === 0 ? `http-${status}` : String(code));
}

function classifyStatus(status: number, code: string): Failure {
  if (status === 401) return { kind: "auth-revoked" };
  return status >= 500 || status === 408 ? { kind: "ambiguous" } : { kind: "refused", code };
}

/** After one 401 the SDK forgets its token, and from then on says so. */
function isTokenless(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Expected token to be set");
}

function codeOf(error: unknown): string {
  const cause = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : "";
}
