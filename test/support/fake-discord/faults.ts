/** Injects faults and rate limits into requests. */

import { createHash } from "node:crypto";
import type { Failure } from "./types.ts";

/** The response to a failed request. */
export type Answered = { readonly status: number; readonly json: unknown; readonly headers: Readonly<Record<string, string>> };

/** Pending failures. */
export type Faults = {
  fail(match: { readonly method?: string; readonly path: RegExp }, how: Failure, times?: number): void;
  /** Removes all pending failures. */
  heal(): void;
  /** Takes the failure for this request, and uses it up. */
  take(method: string, path: string): Failure | undefined;
};

/** Creates an empty list of failures. */
export function createFaults(): Faults {
  const coming: { method: string | undefined; path: RegExp; how: Failure; left: number }[] = [];
  return {
    fail({ method, path }, how, times = 1) {
      coming.push({ method, path, how, left: times });
    },
    heal: () => void coming.splice(0),
    take(method, path) {
      const next = coming.find((one) => one.left > 0 && (one.method ?? method) === method && path.search(one.path) >= 0);
      if (!next) return undefined;
      next.left -= 1;
      return next.how;
    },
  };
}

/** Counts requests over one second. */
export type Limiter = { isOver(): boolean };

/** Allows `limits.perSecond` requests in any second; all if undefined. */
export function createLimiter(limits: { readonly perSecond?: number | undefined }): Limiter {
  let recent: number[] = [];
  return {
    isOver() {
      const now = performance.now();
      recent = recent.filter((at) => now - at < 1000);
      if (recent.length >= (limits.perSecond ?? Infinity)) return true;
      recent.push(now);
      return false;
    },
  };
}

/** Discord's response to a rate-limited request. `retryAfter` is in seconds. */
export function tooFast(path: string, { retryAfter, scope = "user" }: { readonly retryAfter: number; readonly scope?: string }): Answered {
  const isGlobal = scope === "global";
  const bucket = createHash("md5").update(path).digest("hex");
  const reset = Temporal.Now.instant().epochMilliseconds / 1000 + retryAfter;
  const limits = {
    "x-ratelimit-limit": "5",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": reset.toFixed(3),
    "x-ratelimit-reset-after": retryAfter.toFixed(3),
    "x-ratelimit-bucket": bucket,
  };
  const headers = {
    "retry-after": String(Math.ceil(retryAfter)),
    "x-ratelimit-scope": scope,
    ...(isGlobal ? { "x-ratelimit-global": "true" } : limits),
  };
  return { status: 429, json: { message: "You are being rate limited.", retry_after: retryAfter, global: isGlobal }, headers };
}
