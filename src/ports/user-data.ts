/** The part of the store's port that reads a user's own data: history, linked accounts, imports, unanswered replies. */

import type { MessageId, UserId } from "#core/lib/ids.ts";
import type { LinkedAccount, CodeOwner, WrongCodes } from "#core/model/account-link.ts";
import type { StagedImport } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { UserData, UserDataCounts } from "#core/model/user-data.ts";
import type { AccountKey } from "#core/model/user.ts";

/** Reads of a user's own data. */
export interface UserDataStore {
  /** The user's sessions by day, then in the order in which they were logged, starting after `after`. At most `limit`. */
  history(userId: UserId, after: Session | undefined, limit: number): Promise<readonly Session[]>;
  /** How many records the user has, including detached ones; all zero for a deleted user. */
  userDataCounts(userId: UserId): Promise<UserDataCounts>;
  /** The account that created the code with this hash; undefined if no such code is valid. */
  findCodeOwner(hash: string, now: Temporal.Instant): Promise<CodeOwner | undefined>;
  /** How many wrong codes this account typed, and until when they count; undefined if none is stored. Survives the user's deletion. */
  findWrongCodes(account: AccountKey): Promise<WrongCodes | undefined>;
  /** How many wrong codes count at `now`, over all accounts. */
  countWrongCodes(now: Temporal.Instant): Promise<number>;
  /** The user's accounts, each with the user that it returns to when it is unlinked. */
  linked(userId: UserId): Promise<readonly LinkedAccount[]>;
  /** The user's staged import; undefined if it does not exist or has no sessions. */
  findStagedImport(userId: UserId, id: UserId): Promise<StagedImport | undefined>;
  /** Replies not marked as shown, the oldest first. At most `limit`. */
  unanswered(limit: number): Promise<readonly UnansweredReply[]>;
  /** The unanswered reply to one incoming message. */
  findUnanswered(source: MessageId): Promise<UnansweredReply | undefined>;
  /** Everything stored about a user; undefined for a deleted user. */
  userData(userId: UserId): Promise<UserData | undefined>;
}
