/** A token bucket: how much somebody may ask for at once, and how soon there is more. */

/** The size of a bucket, in tokens, and how many flow into it each second. Both are above zero. */
export type BucketLimits = { readonly burst: number; readonly perSecond: number };

/** A bucket at the moment `at`, in milliseconds of a clock that never runs back; `tokens` lies between 0 and the burst. */
export type Bucket = { readonly tokens: number; readonly at: number };

/** A full bucket. */
export function fullBucket({ burst }: BucketLimits, at: number): Bucket {
  return { tokens: burst, at };
}

/** `bucket` at the moment `at`, with what flowed into it since. A clock that ran back all the same adds nothing. */
export function refilled({ tokens, at: before }: Bucket, at: number, { burst, perSecond }: BucketLimits): Bucket {
  const seconds = Math.max(0, at - before) / 1000;
  return { tokens: Math.min(burst, tokens + seconds * perSecond), at: Math.max(at, before) };
}

/** `bucket` without `cost` tokens; undefined where it holds fewer. */
export function taken({ tokens, at }: Bucket, cost = 1): Bucket | undefined {
  return tokens < cost ? undefined : { tokens: tokens - cost, at };
}

/** Milliseconds after which any bucket is full again. */
export function fullAfter({ burst, perSecond }: BucketLimits): number {
  return (1000 * burst) / perSecond;
}
