/** What each failure of Slack means. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { expect, test } from "vitest";
import { classify, isFormRefused } from "../../../adapters/slack/errors.ts";

const errors: readonly (readonly [kind: string, ...words: string[]])[] = [
  ["closed", "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled"],
  ["channel-gone", "channel_not_found", "not_in_channel", "is_archived"],
  ["auth-revoked", "account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"],
  ["ambiguous", "internal_error", "fatal_error", "service_unavailable", "request_timeout"],
  ["expired", "expired_trigger_id", "trigger_exchanged", "used_url", "expired_url"],
  ["wait", "ratelimited", "rate_limited", "message_limit_exceeded", "org_login_required", "team_added_to_org"],
  ["closed", "restricted_action", "restricted_action_read_only_channel", "no_permission", "ekm_access_denied"],
  ["refused", "msg_too_long", "invalid_blocks", "no_text", "invalid_arguments", "missing_scope"],
  ["unknown-code", "never_heard_of"],
];

test.each(errors.flatMap(([kind, ...words]) => words.map((word) => [word, kind] as const)))("%s is %s", (word, kind) => {
  expect(classify(new WebAPIPlatformError({ ok: false, error: word })).kind).toBe(kind);
});

test.each([
  [500, "ambiguous"],
  [503, "ambiguous"],
  [408, "ambiguous"],
  [404, "refused"],
  [403, "refused"],
] as const)("a bare status of %i is %s", (status, kind) => {
  expect(classify(new WebAPIHTTPError(status, "", {}, "")).kind).toBe(kind);
});

test.each([
  ["ECONNREFUSED", "not-sent"],
  ["ENOTFOUND", "not-sent"],
  ["ECONNRESET", "ambiguous"],
  ["UND_ERR_SOCKET", "ambiguous"],
] as const)("a line that fails with %s, however deep it lies, is %s", (code, kind) => {
  const cause = Object.assign(new Error("line"), { code });
  expect(classify(new WebAPIRequestError(new TypeError("fetch failed", { cause }))).kind).toBe(kind);
  expect(classify(new WebAPIRequestError(new TypeError("fetch failed", { cause: new AggregateError([cause]) }))).kind).toBe(kind);
});

test.each([
  [40, 40],
  [0.5, 1],
  [-3, 30],
  [Number.NaN, 30],
  [1e9, 3600],
])("told to wait for %d s, %d s are waited", (told, waited) => {
  expect(classify(new WebAPIRateLimitedError(told))).toEqual({ kind: "wait", after: Temporal.Duration.from({ seconds: waited }) });
});

test("of a scope that is missing the operator reads which", () => {
  const data = { ok: false, error: "missing_scope", needed: "im:history" };
  expect(classify(new WebAPIPlatformError(data))).toEqual({ kind: "refused", code: "missing_scope im:history" });
});

test.each([
  ["missing_scope files:write", true],
  ["missing_scope chat:write", false],
  ["missing_scope", false],
  ["invalid_blocks", true],
])("refused for %s, a poorer form may be taken: %s", (code, isTried) => {
  expect(isFormRefused({ kind: "refused", code })).toBe(isTried);
});
