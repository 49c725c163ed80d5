/** What can be written when people ask for what is theirs: all of it is deleted, or its time has passed. */

import type { UserId } from "./brand.ts";
import type { User } from "./user.ts";

/** One fact to be written about what somebody owns. */
export type OwnChange =
  /** All that is theirs is gone, on all platforms, with what was kept aside for them. Touches nothing when they are gone already. */
  | { readonly kind: "user-forgotten"; readonly userId: UserId }
  /** A batch begins, with the settings that came with it: a person of its own, who is part of `of`, and whom nobody sees. */
  | { readonly kind: "batch-opened"; readonly user: User; readonly of: UserId }
  /** Its sessions are theirs from now on; `last` is the latest day of one. Touches nothing when none is kept aside. */
  | { readonly kind: "batch-shown"; readonly id: UserId; readonly userId: UserId; readonly last?: Temporal.PlainDate }
  /** They are kept aside again. */
  | { readonly kind: "batch-hidden"; readonly id: UserId; readonly userId: UserId }
  /** Those that they never confirmed are gone; what `/undo` could bring back stays. */
  | { readonly kind: "batches-dropped"; readonly userId: UserId }
  | Purge;

/** At most `limit` of the oldest of one kind from before `before` are gone. Touches nothing when there are none. */
export type Purge = {
  readonly kind: "inbounds-purged" | "deliveries-purged" | "codes-purged" | "parts-purged";
  readonly before: Temporal.Instant;
  readonly limit: number;
};

const kinds: Readonly<Record<OwnChange["kind"], true>> = {
  "user-forgotten": true,
  "batch-opened": true,
  "batch-shown": true,
  "batch-hidden": true,
  "batches-dropped": true,
  "inbounds-purged": true,
  "deliveries-purged": true,
  "codes-purged": true,
  "parts-purged": true,
};

/** Tells such a change from all others. */
export function isOwn(change: { readonly kind: string }): change is OwnChange {
  return Object.hasOwn(kinds, change.kind);
}
