/** Requests that fail because a test said so, and those that come too fast. */

import { createHash } from "node:crypto";
import type { Failure } from "./types.ts";

/** What goes wrong with a request, headers and all. */
export type Answered = { readonly status: number; readonly json: unknown; readonly headers: Readonly<Record<string, string>> };

/** Which failures are still to come. */
export type Faults = {
  fail(match: { readonly method?: string; readonly path: RegExp }, how: Failure, times?: number): void;
  /** Nothing fails any more. */
  heal(): void;
  /** The failure for this request, which is used up by it. */
  take(method: string, path: string): Failure | undefined;
};

/** No failures yet. */
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

/** Counts requests by the second. */
export type Limiter = { isOver(): boolean };

/** Lets `limits.perSecond` requests through in any second, or all where it says nothing. */
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

/** What Discord answers to a request that comes too fast. */
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
