/** Token buckets by key, in bounded memory. */

import { type Bucket, type BucketLimits, fullAfter, fullBucket, refilled, taken } from "#core/lib/token-bucket.ts";

/** The result of a request for tokens. "emptied" is the first refusal since the bucket was at least half full; later ones are "empty". */
export type Taken = "granted" | "emptied" | "empty";

/** Rate limits by key. */
export type RateLimit = {
  /** Takes `cost` tokens (default 1) from the bucket of `key`. Refuses and takes none if it holds fewer. */
  take(key: string, cost?: number): Taken;
  /** The number of buckets in memory. */
  size(): number;
};

/** `most` is the maximum number of buckets; `monotonic` returns milliseconds of a clock that never jumps. */
export type RateLimitOptions = BucketLimits & { readonly most: number; readonly monotonic: () => number };

type Kept = { readonly bucket: Bucket; readonly wasRefused: boolean };

/**
 * Creates a rate limit. A full bucket is dropped, since a new one would be equal. Above `most` buckets the least recently used one is
 * dropped too.
 */
export function createRateLimit({ most, monotonic, ...limits }: RateLimitOptions): RateLimit {
  // Ordered by last use, the oldest first.
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
