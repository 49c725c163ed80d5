/** Ports of what people own: files that come in, codes that link accounts, and the part of the store that reads all that is theirs. */

import type { SourceId, UserId } from "#core/lib/ids.ts";
import type { LinkedAccount, Offer, Tries } from "#core/model/account-link.ts";
import type { KeptBatch } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Belongings, Holdings } from "#core/model/user-data.ts";
import type { AccountKey } from "#core/model/user.ts";

/** What the store is asked of whoever owns it. */
export interface OwnStore {
  /** Their sessions by day, then in the order in which they were logged, from the first behind `after`. At most `limit`. */
  history(userId: UserId, after: Session | undefined, limit: number): Promise<readonly Session[]>;
  /** How much is kept of them, with what is kept aside; nothing for who is gone. */
  holdings(userId: UserId): Promise<Holdings>;
  /** Who made the code with that hash, and where; undefined where none is open. */
  findOffer(hash: string, now: Temporal.Instant): Promise<Offer | undefined>;
  /** How many wrong codes this account typed, and until when these count; undefined where none is kept. It outlives its person. */
  findTries(account: AccountKey): Promise<Tries | undefined>;
  /** How many wrong codes count at `now`, of all accounts together. */
  missedCodes(now: Temporal.Instant): Promise<number>;
  /** Their accounts, each with who it is again when it parts. */
  linked(userId: UserId): Promise<readonly LinkedAccount[]>;
  /** A batch of theirs that is kept aside; undefined where there is none, or none of its sessions. */
  findBatch(userId: UserId, id: UserId): Promise<KeptBatch | undefined>;
  /** Answers that nobody has noted as shown, the oldest first. At most `limit`. */
  unanswered(limit: number): Promise<readonly UnansweredReply[]>;
  /** The same for one inbound. */
  findUnanswered(source: SourceId): Promise<UnansweredReply | undefined>;
  /** Everything that is kept of them; undefined for who is gone. */
  belongings(userId: UserId): Promise<Belongings | undefined>;
}
