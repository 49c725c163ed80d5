/** What a failed call of Slack means: the only place that looks at its errors. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import type { SendResult } from "#src/ports/adapter.ts";

/** What became of a call that failed. */
export type Failure =
  /** It was not taken, and is not to be tried again before that. */
  | { readonly kind: "wait"; readonly after: Temporal.Duration }
  /** It did not go out, and may be tried again. */
  | { readonly kind: "not-sent" }
  /** It may have been done: the answer was not heard, or does not tell. */
  | { readonly kind: "ambiguous" }
  /** Messages do not reach this person. */
  | { readonly kind: "closed" }
  /** The channel is gone, or belongs to somebody else: it is to be opened again. */
  | { readonly kind: "channel-gone" }
  /** The form or the address for an answer is too old, or was used up. */
  | { readonly kind: "expired" }
  /** Slack takes nothing from this token any more. */
  | { readonly kind: "auth-revoked"; readonly code: string }
  /** It will never be taken. */
  | { readonly kind: "refused"; readonly code: string }
  /** Slack said a word that nobody here knows, and took nothing. */
  | { readonly kind: "unknown-code"; readonly code: string };

const kinds: ReadonlyMap<string, Exclude<Failure["kind"], "wait" | "not-sent" | "unknown-code">> = new Map([
  ...["user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled", "user_not_visible"].map(
    (error) => [error, "closed"] as const,
  ),
  // Whoever runs the workspace does not let us write there.
  ...["restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "no_permission"].map(
    (error) => [error, "closed"] as const,
  ),
  ...["restricted_action_non_threadable_channel", "ekm_access_denied"].map((error) => [error, "closed"] as const),
  ...["channel_not_found", "not_in_channel", "is_archived"].map((error) => [error, "channel-gone"] as const),
  ...["account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"].map((error) => [error, "auth-revoked"] as const),
  // Slack says of the second one that some of it may have been done.
  ...["internal_error", "fatal_error", "service_unavailable", "request_timeout"].map((error) => [error, "ambiguous"] as const),
  ...["expired_trigger_id", "trigger_exchanged", "used_url", "expired_url"].map((error) => [error, "expired"] as const),
  ...["missing_scope", "msg_too_long", "invalid_blocks", "no_text", "invalid_arguments"].map((error) => [error, "refused"] as const),
  ...["invalid_attachments", "invalid_blocks_format", "too_many_attachments", "view_too_large"].map((error) => [error, "refused"] as const),
  ...["file_uploads_disabled", "file_upload_size_restricted", "storage_limit_reached", "file_not_found", "blocked_file_type"].map(
    (error) => [error, "refused"] as const,
  ),
]);

/** Whether a poorer form of the same message may be taken: without a picture, a file or blocks. A scope that is missing matters to files alone. */
export function isFormRefused(failure: { readonly kind: string; readonly code?: string }): boolean {
  const { kind, code = "" } = failure;
  if (code.startsWith("missing_scope")) return code.includes("files:");
  return kind === "refused" || kind === "unknown-code";
}

/** Slack is moving a workspace: it takes hours. */
const moving: ReadonlySet<string> = new Set(["org_login_required", "team_added_to_org"]);
const limits: ReadonlySet<string> = new Set(["ratelimited", "rate_limited", "message_limit_exceeded"]);

const anHour = Temporal.Duration.from({ hours: 1 });
/** Where Slack wants us to wait and does not say for how long. */
const usualWait = 30;

/** Before anything was written to the connection. */
const beforeSending: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** What `error`, which a call threw, means. */
export function classify(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return waitFor(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return classifyError(error.data.error, neededIn(error.data));
  if (error instanceof WebAPIHTTPError) return classifyStatus(error.statusCode);
  // The SDK throws what it cannot read in a header as a bare error.
  if (error instanceof Error && error.message.startsWith("Retry header did not contain")) return waitFor(usualWait);
  const cause = error instanceof WebAPIRequestError ? error.original : error;
  return beforeSending.has(codeOf(cause)) ? { kind: "not-sent" } : { kind: "ambiguous" };
}

function neededIn(data: object): string | undefined {
  return "needed" in data && typeof data.needed === "string" ? data.needed : undefined;
}

/** What the word of Slack for an error means; `needed` is the scope that is missing. */
export function classifyError(word: string, needed?: string): Failure {
  if (limits.has(word)) return waitFor(usualWait);
  if (moving.has(word)) return { kind: "wait", after: anHour };
  const kind = kinds.get(word) ?? "unknown-code";
  if (kind === "refused") return { kind, code: needed === undefined ? word : `${word} ${needed}` };
  if (kind === "auth-revoked" || kind === "unknown-code") return { kind, code: word };
  return { kind };
}

/** What an answer with a status, and without a word of Slack, means. */
export function classifyStatus(status: number): Failure {
  if (status === 429) return waitFor(usualWait);
  return status >= 500 || status === 408 ? { kind: "ambiguous" } : { kind: "refused", code: `http-${status}` };
}

/** At most an hour, and a while where it is no time at all. */
function waitFor(seconds: number): Failure {
  const wait = Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 3600) : usualWait;
  return { kind: "wait", after: Temporal.Duration.from({ seconds: wait }) };
}

/** The code of the system, however deep it lies. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error instanceof AggregateError ? (error.errors[0] as unknown) : error.cause);
}

/** Of a token that Slack took no longer, nothing is tried for so long. */
export const authRevokedFor = Temporal.Duration.from({ hours: 1 });

/** What a failure means to the outbox. */
export function resultOf(failure: Failure): SendResult {
  switch (failure.kind) {
    case "wait":
      return { kind: "later", after: failure.after };
    case "auth-revoked":
      return { kind: "later", after: authRevokedFor };
    case "not-sent":
      return { kind: "later" };
    case "ambiguous":
      return { kind: "unknown" };
    case "closed":
    case "channel-gone":
      return { kind: "closed" };
    case "expired":
      return { kind: "refused", code: "expired" };
    case "unknown-code":
      return { kind: "refused", code: failure.code, isUnknownCode: true };
    case "refused":
      return failure;
  }
}
