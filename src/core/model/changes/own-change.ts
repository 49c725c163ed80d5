/** What can be written when people ask for what is theirs: all of it is deleted, or its time has passed. */

import type { PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { OpenCode } from "#core/model/account-link.ts";
import type { AccountKey, User } from "#core/model/user.ts";

/** One fact to be written about what somebody owns. */
export type UserDataChange =
  /** All that is theirs is gone, on all platforms, with what was kept aside for them. Touches nothing when they are gone already. */
  | { readonly kind: "user-forgotten"; readonly userId: UserId }
  /** A batch begins, with the settings that came with it: a person of its own, who is part of `of`, and whom nobody sees. */
  | { readonly kind: "import-staged"; readonly user: User; readonly of: UserId }
  /** Its sessions are theirs from now on; `last` is the latest day of one. Touches nothing when none is kept aside. */
  | { readonly kind: "import-applied"; readonly id: UserId; readonly userId: UserId; readonly last?: Temporal.PlainDate }
  /** They are kept aside again. */
  | { readonly kind: "import-reverted"; readonly id: UserId; readonly userId: UserId }
  /** Those that they never confirmed are gone; what `/undo` could bring back stays. */
  | { readonly kind: "imports-discarded"; readonly userId: UserId }
  | LinkChange
  | Expiry
  | RetentionDelete;

/** Of whom prompts begin by it, and when they logged last. */
type PromptsStart = { readonly promptsStart?: { readonly user: User; readonly latest: Temporal.PlainDate } };

/** One fact about accounts that are linked, or about the codes for it. */
export type LinkChange =
  /** It stands in both histories, and is kept aside when its owner is joined. */
  | { readonly kind: "session-set-aside"; readonly userId: UserId; readonly id: SessionId }
  /** The history in which it stood as well has parted: it is seen again, by `to`. Touches nothing when it is not held back any more. */
  | { readonly kind: "session-restored"; readonly userId: UserId; readonly id: SessionId; readonly to: UserId }
  /** All accounts and sessions of `from` are those of `to`, and know whose they were; what either did last is nobody's. Touches nothing when `from` has no account. */
  | ({ readonly kind: "users-linked"; readonly from: UserId; readonly to: UserId } & PromptsStart)
  /** What was of `origin` is again, with all that was logged by its account since. Touches nothing when it has parted already. */
  | ({ readonly kind: "user-unlinked"; readonly userId: UserId; readonly originalOwnerId: UserId } & PromptsStart)
  /** They spoke there, and have other accounts. */
  | { readonly kind: "account-seen"; readonly account: AccountKey; readonly at: Temporal.Instant }
  /** Replaces their open code. */
  | { readonly kind: "link-code-made"; readonly code: OpenCode }
  /** Their open code is good for nothing any more. */
  | { readonly kind: "link-code-dropped"; readonly userId: UserId }
  /** It was used. Where it is not open any more nothing of the commit is kept: it is good once, whoever is fastest. */
  | { readonly kind: "link-code-used"; readonly userId: UserId; readonly hash: string }
  /** A wrong code of any kind was typed by that account at `at`. It is one more until `until`, where those before it still count. */
  | { readonly kind: "wrong-code-entered"; readonly account: AccountKey; readonly at: Temporal.Instant; readonly until: Temporal.Instant };

/** At most `limit` of the oldest of one kind from before `before` are gone. Touches nothing when there are none. */
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
 * At most `limit` of what has waited for `platform` since before `before` expire, or end as unknown where they may have arrived: that platform
 * runs nowhere. Touches nothing when there are none.
 */
export type Expiry = {
  readonly kind: "deliveries-expired";
  readonly platform: PlatformName;
  readonly before: Temporal.Instant;
  readonly at: Temporal.Instant;
  readonly limit: number;
};

const linkKinds: Readonly<Record<LinkChange["kind"], true>> = {
  "session-set-aside": true,
  "session-restored": true,
  "users-linked": true,
  "user-unlinked": true,
  "account-seen": true,
  "link-code-made": true,
  "link-code-dropped": true,
  "link-code-used": true,
  "wrong-code-entered": true,
};

const kinds: Readonly<Record<UserDataChange["kind"], true>> = {
  ...linkKinds,
  "user-forgotten": true,
  "import-staged": true,
  "import-applied": true,
  "import-reverted": true,
  "imports-discarded": true,
  "deliveries-expired": true,
  "inbounds-purged": true,
  "answers-purged": true,
  "deliveries-purged": true,
  "link-codes-purged": true,
  "wrong-codes-purged": true,
  "detached-purged": true,
};

/** Tells such a change from all others. */
export function isUserDataChange(change: { readonly kind: string }): change is UserDataChange {
  return Object.hasOwn(kinds, change.kind);
}

/** Tells those about links from the others. */
export function isLinkChange(change: UserDataChange): change is LinkChange {
  return Object.hasOwn(linkKinds, change.kind);
}

const guards: readonly string[] = ["link-code-used", "user-unchanged", "group-unchanged"];

/** Whether nothing of a commit is kept where this touches nothing, wherever it stands. */
export function isGuard({ kind }: { readonly kind: string }): boolean {
  return guards.includes(kind);
}
