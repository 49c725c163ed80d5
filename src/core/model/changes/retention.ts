/** Changes of retention: rows that are deleted or end because of their age. */

import type { PlatformName } from "#core/lib/ids.ts";

/** Deletes at most `limit` of the oldest rows of one kind from before `before`. Touches nothing when there are none. */
export type RetentionDelete = {
  readonly kind:
    | "inbounds-purged"
    | "answers-purged"
    | "deliveries-purged"
    | "link-codes-purged"
    | "wrong-codes-purged"
    | "detached-purged";
  readonly before: Temporal.Instant;
  readonly limit: number;
};

/**
 * Expires at most `limit` messages that have waited for `platform` since before `before`, because that platform runs nowhere. Those that may
 * have arrived end as unknown. Touches nothing when there are none.
 */
export type Expiry = {
  readonly kind: "deliveries-expired";
  readonly platform: PlatformName;
  readonly before: Temporal.Instant;
  readonly at: Temporal.Instant;
  readonly limit: number;
};
