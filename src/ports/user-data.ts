/** Ports of what people own: files that come in, codes that link accounts, and the part of the store that reads all that is theirs. */

import type { MessageId, UserId } from "#core/lib/ids.ts";
import type { LinkedAccount, CodeOwner, WrongCodes } from "#core/model/account-link.ts";
import type { StagedImport } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { UserData, UserDataCounts } from "#core/model/user-data.ts";
import type { AccountKey } from "#core/model/user.ts";

/** What the store is asked of whoever owns it. */
export interface UserDataStore {
  /** Their sessions by day, then in the order in which they were logged, from the first behind `after`. At most `limit`. */
  history(userId: UserId, after: Session | undefined, limit: number): Promise<readonly Session[]>;
  /** How much is kept of them, with what is kept aside; nothing for who is gone. */
  userDataCounts(userId: UserId): Promise<UserDataCounts>;
  /** Who made the code with that hash, and where; undefined where none is open. */
  findCodeOwner(hash: string, now: Temporal.Instant): Promise<CodeOwner | undefined>;
  /** How many wrong codes this account typed, and until when these count; undefined where none is kept. It outlives its person. */
  findWrongCodes(account: AccountKey): Promise<WrongCodes | undefined>;
  /** How many wrong codes count at `now`, of all accounts together. */
  countWrongCodes(now: Temporal.Instant): Promise<number>;
  /** Their accounts, each with who it is again when it parts. */
  linked(userId: UserId): Promise<readonly LinkedAccount[]>;
  /** A batch of theirs that is kept aside; undefined where there is none, or none of its sessions. */
  findStagedImport(userId: UserId, id: UserId): Promise<StagedImport | undefined>;
  /** Answers that nobody has noted as shown, the oldest first. At most `limit`. */
  unanswered(limit: number): Promise<readonly UnansweredReply[]>;
  /** The same for one inbound. */
  findUnanswered(source: MessageId): Promise<UnansweredReply | undefined>;
  /** Everything that is kept of them; undefined for who is gone. */
  userData(userId: UserId): Promise<UserData | undefined>;
}
