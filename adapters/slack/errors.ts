/** Classifies failed Slack calls. No other file looks at Slack's errors. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import type { SendResult } from "#src/ports/adapter.ts";
import { classifyNetworkError, classifyStatus } from "../shared/network-errors.ts";

/** The meaning of a failed call. */
export type Failure =
  /** Rate limited: not accepted, and not to be retried before `after`. */
  | { readonly kind: "wait"; readonly after: Temporal.Duration }
  /** Not sent; may be retried. */
  | { readonly kind: "not-sent" }
  /** Ambiguous: the answer was lost, or does not tell whether the call was done. */
  | { readonly kind: "ambiguous" }
  /** This person cannot be reached by messages. */
  | { readonly kind: "closed" }
  /** The channel is gone, or belongs to somebody else. It must be reopened. */
  | { readonly kind: "channel-gone" }
  /** The trigger or the response URL has expired or was used up. */
  | { readonly kind: "expired" }
  /** Slack no longer accepts this token. */
  | { readonly kind: "auth-revoked"; readonly code: string }
  /** Refused for good. */
  | { readonly kind: "refused"; readonly code: string }
  /** Slack answered with an error code that is not in our table, and did nothing. */
  | { readonly kind: "unknown-code"; readonly code: string };

const kinds: ReadonlyMap<string, Exclude<Failure["kind"], "wait" | "not-sent" | "unknown-code">> = new Map([
  ...["user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled", "user_not_visible"].map(
    (error) => [error, "closed"] as const,
  ),
  // The workspace's admins do not let us post there.
  ...["restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "no_permission"].map(
    (error) => [error, "closed"] as const,
  ),
  ...["restricted_action_non_threadable_channel", "ekm_access_denied"].map((error) => [error, "closed"] as const),
  ...["channel_not_found", "not_in_channel", "is_archived"].map((error) => [error, "channel-gone"] as const),
  ...["account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"].map((error) => [error, "auth-revoked"] as const),
  // Slack documents that a `fatal_error` may have done part of the work.
  ...["internal_error", "fatal_error", "service_unavailable", "request_timeout"].map((error) => [error, "ambiguous"] as const),
  ...["expired_trigger_id", "trigger_exchanged", "used_url", "expired_url"].map((error) => [error, "expired"] as const),
  ...["missing_scope", "msg_too_long", "invalid_blocks", "no_text", "invalid_arguments"].map((error) => [error, "refused"] as const),
  ...["invalid_attachments", "invalid_blocks_format", "too_many_attachments", "view_too_large"].map((error) => [error, "refused"] as const),
  ...["file_uploads_disabled", "file_upload_size_restricted", "storage_limit_reached", "file_not_found", "blocked_file_type"].map(
    (error) => [error, "refused"] as const,
  ),
]);

/** Whether a simpler form of the message may be accepted: without picture, file or blocks. A missing scope matters to files only. */
export function isFormRefused(failure: { readonly kind: string; readonly code?: string }): boolean {
  const { kind, code = "" } = failure;
  if (code.startsWith("missing_scope")) return code.includes("files:");
  return kind === "refused" || kind === "unknown-code";
}

/** Slack is migrating the workspace, which takes hours. */
const moving: ReadonlySet<string> = new Set(["org_login_required", "team_added_to_org"]);
const limits: ReadonlySet<string> = new Set(["ratelimited", "rate_limited", "message_limit_exceeded"]);

const anHour = Temporal.Duration.from({ hours: 1 });
/** Seconds to wait if Slack names no time. */
const usualWait = 30;

/** Classifies an error that a call threw. */
export function classify(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return waitFor(error.retryAfter);
  if (error instanceof WebAPIPlatformError) return classifyError(error.data.error, neededIn(error.data));
  if (error instanceof WebAPIHTTPError) return classifyHttpStatus(error.statusCode);
  // The SDK throws a plain error if it cannot parse Retry-After.
  if (error instanceof Error && error.message.startsWith("Retry header did not contain")) return waitFor(usualWait);
  return classifyNetworkError(error instanceof WebAPIRequestError ? error.original : error);
}

function neededIn(data: object): string | undefined {
  return "needed" in data && typeof data.needed === "string" ? data.needed : undefined;
}

/** Classifies Slack's error code; `needed` is the missing scope. */
function classifyError(word: string, needed?: string): Failure {
  if (limits.has(word)) return waitFor(usualWait);
  if (moving.has(word)) return { kind: "wait", after: anHour };
  const kind = kinds.get(word) ?? "unknown-code";
  if (kind === "refused") return { kind, code: needed === undefined ? word : `${word} ${needed}` };
  if (kind === "auth-revoked" || kind === "unknown-code") return { kind, code: word };
  return { kind };
}

/** Classifies an HTTP status that came without an error code. */
function classifyHttpStatus(status: number): Failure {
  return status === 429 ? waitFor(usualWait) : classifyStatus(status);
}

/** The wait, at most an hour. A wait of zero becomes the usual one. */
function waitFor(seconds: number): Failure {
  const wait = Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 3600) : usualWait;
  return { kind: "wait", after: Temporal.Duration.from({ seconds: wait }) };
}

/** How long nothing is tried with a token that Slack refused. */
export const authRevokedFor = Temporal.Duration.from({ hours: 1 });

/** Maps a failure to an outbox result. */
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
