/** Types of account linking: codes, attempts and linked accounts. */

import type { UserId } from "#core/lib/ids.ts";
import type { Account, User } from "./user.ts";

/** Who made a code that was typed, and on which account. */
export type CodeOwner = { readonly user: User; readonly version: number; readonly isActive: boolean; readonly account: Account };

/** Wrong codes that an account typed, and until when these count. */
export type WrongCodes = { readonly count: number; readonly until: Temporal.Instant };

/** One of somebody's accounts. Where it was linked: who it is again when it parts, and the latest day on which it logged something. */
export type LinkedAccount = {
  readonly account: Account;
  readonly originalOwner: { readonly user: User; readonly version: number; readonly latest: Temporal.PlainDate | undefined } | undefined;
};

/** A code that is open, as it is kept. */
export type OpenCode = {
  readonly userId: UserId;
  readonly hash: string;
  readonly account: Account;
  readonly expiresAt: Temporal.Instant;
};
