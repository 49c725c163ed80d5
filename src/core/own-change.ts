/** What can be written when people ask for what is theirs: all of it is deleted, or its time has passed. */

import type { UserId } from "./brand.ts";

/** One fact to be written about what somebody owns. */
export type OwnChange =
  /** All that is theirs is gone, on all platforms, with what was kept aside for them. Touches nothing when they are gone already. */
  { readonly kind: "user-forgotten"; readonly userId: UserId } | Purge;

/** At most `limit` of the oldest of one kind from before `before` are gone. Touches nothing when there are none. */
export type Purge = {
  readonly kind: "inbounds-purged" | "deliveries-purged" | "codes-purged" | "parts-purged";
  readonly before: Temporal.Instant;
  readonly limit: number;
};
