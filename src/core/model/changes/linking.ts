/** Changes of account linking. */

import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { OpenCode } from "#core/model/account-link.ts";
import type { AccountKey, User } from "#core/model/user.ts";

/** The user whose prompts start with the change, and the day of their latest session. */
type PromptsStart = { readonly promptsStart?: { readonly user: User; readonly latest: Temporal.PlainDate } };

/** A change of linked accounts or of link codes. */
export type LinkChange =
  /** The session is in both histories. It is hidden with the user who is linked away. */
  | { readonly kind: "session-set-aside"; readonly userId: UserId; readonly id: SessionId }
  /** The other history was unlinked: `to` has the session again. Touches nothing when it is not hidden. */
  | { readonly kind: "session-restored"; readonly userId: UserId; readonly id: SessionId; readonly to: UserId }
  /**
   * Moves accounts and sessions from `from` to `to`, remembers their owner, and clears the last action of both. Touches nothing when `from`
   * has no account.
   */
  | ({ readonly kind: "users-linked"; readonly from: UserId; readonly to: UserId } & PromptsStart)
  /** Returns to `originalOwnerId` their own data and what their accounts logged since. Touches nothing when they are unlinked already. */
  | ({ readonly kind: "user-unlinked"; readonly userId: UserId; readonly originalOwnerId: UserId } & PromptsStart)
  /** A user with several accounts wrote from this one. */
  | { readonly kind: "account-seen"; readonly account: AccountKey; readonly at: Temporal.Instant }
  /** Replaces the user's open code. */
  | { readonly kind: "link-code-made"; readonly code: OpenCode }
  /** Revokes the user's open code. */
  | { readonly kind: "link-code-dropped"; readonly userId: UserId }
  /** Uses up a code, which works once. Nothing of the commit is kept when the code is no longer open. */
  | { readonly kind: "link-code-used"; readonly userId: UserId; readonly hash: string }
  /** The account typed a wrong code at `at`. Adds one to the attempts that count, and counts them until `until`. */
  | { readonly kind: "wrong-code-entered"; readonly account: AccountKey; readonly at: Temporal.Instant; readonly until: Temporal.Instant };
