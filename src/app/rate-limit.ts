/** A token bucket for each key, in bounded memory. */

import { type Bucket, type BucketLimits, fullAfter, fullBucket, refilled, taken } from "#core/lib/token-bucket.ts";

/** How a request for tokens ends. "emptied" is the first refusal since the bucket was at least half full; later ones are "empty". */
export type Taken = "granted" | "emptied" | "empty";

/** Rate limits by key. */
export type RateLimit = {
  /** Takes `cost` tokens, 1 unless said, from the bucket of `key`; refuses, and takes none, where it holds fewer. */
  take(key: string, cost?: number): Taken;
  /** How many buckets are kept now. */
  size(): number;
};

/** `most` is how many buckets are kept; `monotonic` gives milliseconds of a clock that nobody turns. */
export type RateLimitOptions = BucketLimits & { readonly most: number; readonly monotonic: () => number };

type Kept = { readonly bucket: Bucket; readonly wasRefused: boolean };

/**
 * A rate limit over `options`.
 *
 * A bucket that is full again is forgotten, as a new one would be the same. Where there are more than `most` all the same, the one that was
 * used least recently goes.
 */
export function createRateLimit({ most, monotonic, ...limits }: RateLimitOptions): RateLimit {
  // In the order in which they were used: the least recently used first.
  const buckets = new Map<string, Kept>();
  const forget = (now: number): void => {
    for (const [key, { bucket }] of buckets) {
      if (buckets.size <= most && now - bucket.at < fullAfter(limits)) return;
      buckets.delete(key);
    }
  };
  return {
    take(key, cost = 1) {
      const now = monotonic();
      const { bucket, wasRefused } = buckets.get(key) ?? { bucket: fullBucket(limits, now), wasRefused: false };
      const current = refilled(bucket, now, limits);
      const isToldAgain = !wasRefused || current.tokens >= limits.burst / 2;
      const after = taken(current, cost);
      buckets.delete(key);
      buckets.set(key, { bucket: after ?? current, wasRefused: after ? !isToldAgain : true });
      forget(now);
      if (after) return "granted";
      return isToldAgain ? "emptied" : "empty";
    },
    size: () => buckets.size,
  };
}
