/** A token bucket for rate limits. */

/** The size of a bucket in tokens, and the tokens added each second. Both are above 0. */
export type BucketLimits = { readonly burst: number; readonly perSecond: number };

/** A bucket at time `at`, in milliseconds of a monotonic clock. `tokens` is between 0 and the burst. */
export type Bucket = { readonly tokens: number; readonly at: number };

/** A full bucket. */
export function fullBucket({ burst }: BucketLimits, at: number): Bucket {
  return { tokens: burst, at };
}

/** `bucket` at time `at`, with the tokens added since. A clock that ran backwards adds none. */
export function refilled({ tokens, at: before }: Bucket, at: number, { burst, perSecond }: BucketLimits): Bucket {
  const seconds = Math.max(0, at - before) / 1000;
  return { tokens: Math.min(burst, tokens + seconds * perSecond), at: Math.max(at, before) };
}

/** `bucket` without `cost` tokens; undefined when it holds fewer. */
export function taken({ tokens, at }: Bucket, cost = 1): Bucket | undefined {
  return tokens < cost ? undefined : { tokens: tokens - cost, at };
}

/** Milliseconds in which an empty bucket becomes full. */
export function fullAfter({ burst, perSecond }: BucketLimits): number {
  return (1000 * burst) / perSecond;
}
