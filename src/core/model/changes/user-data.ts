/** Changes of a user's data: erasure, imports, linking and retention. */

import type { UserId } from "#core/lib/ids.ts";
import type { User } from "#core/model/user.ts";
import type { LinkChange } from "./linking.ts";
import type { Expiry, RetentionDelete } from "./retention.ts";

/** A change of a user's data. */
export type UserDataChange =
  /** Deletes all data of the user on all platforms, detached records too. Touches nothing when it is gone already. */
  | { readonly kind: "user-forgotten"; readonly userId: UserId }
  /** Stages an import of `of` with its settings, as a detached user that is never shown. */
  | { readonly kind: "import-staged"; readonly user: User; readonly of: UserId }
  /** Gives the user the staged sessions; `last` is their latest day. Touches nothing when none is staged. */
  | { readonly kind: "import-applied"; readonly id: UserId; readonly userId: UserId; readonly last?: Temporal.PlainDate }
  /** Stages the sessions again. */
  | { readonly kind: "import-reverted"; readonly id: UserId; readonly userId: UserId }
  /** Deletes imports that were never confirmed. Imports that `/undo` could restore stay. */
  | { readonly kind: "imports-discarded"; readonly userId: UserId }
  | LinkChange
  | Expiry
  | RetentionDelete;
