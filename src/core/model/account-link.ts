/** Types of account linking: codes, attempts and linked accounts. */

import type { UserId } from "#core/lib/ids.ts";
import type { Account, User } from "./user.ts";

/** The user who made a link code, the account on which they made it, and the code's hash. */
export type CodeOwner = {
  readonly user: User;
  readonly version: number;
  readonly isActive: boolean;
  readonly account: Account;
  readonly hash: string;
};

/** The number of wrong codes that an account entered. They count until `until`. */
export type WrongCodes = { readonly count: number; readonly until: Temporal.Instant };

/** One of a user's accounts. A linked account goes back to its original owner on unlink. `latest` is its latest log day. */
export type LinkedAccount = {
  readonly account: Account;
  readonly originalOwner: { readonly user: User; readonly version: number; readonly latest: Temporal.PlainDate | undefined } | undefined;
};

/** An open link code as it is stored: by its hash. */
export type OpenCode = {
  readonly userId: UserId;
  readonly hash: string;
  readonly account: Account;
  readonly expiresAt: Temporal.Instant;
};
