/** The port of the outbox in the store. */

import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Group } from "#core/model/group.ts";
import type { DirectMessage, OutboxMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt, Prompt } from "#core/model/prompt.ts";
import type { Account, Reach, User } from "#core/model/user.ts";

/** The outbox messages of one platform, and when the first of them is due. */
export type Lane = { readonly platform: PlatformName; readonly nextAt: Temporal.Instant };

/** A user and their accounts, each with whether messages reach it. */
export type Addressee = { readonly user: User; readonly accounts: readonly { readonly account: Account; readonly reach: Reach }[] };

/** A due prompt of a user, and the version of the settings on which it is evaluated. */
export type Due = { readonly prompt: Prompt; readonly user: User; readonly version: number };

/** A due prompt of a group, and the version of the settings on which it is evaluated. */
export type DueGroup = { readonly prompt: GroupPrompt; readonly group: Group; readonly version: number };

/** Outbox messages and prompts in the store. */
export interface OutboxStore {
  /** Due prompts and their users, the longest due first. At most `limit`. */
  due(now: Temporal.Instant, limit: number): Promise<readonly Due[]>;
  /** Due prompts of groups and their groups, the longest due first. At most `limit`. */
  dueGroups(now: Temporal.Instant, limit: number): Promise<readonly DueGroup[]>;
  /**
   * Claims due messages in the lane of `platform`, the longest due first, under a lease until `until`. Each gets a new fence. At most
   * `limit`. A direct message is in the lane of the user's preferred platform, among those with a reachable account.
   */
  claim(now: Temporal.Instant, until: Temporal.Instant, limit: number, platform: PlatformName): Promise<readonly OutboxMessage[]>;
  /** The same for messages in another lane since before `overdueAfter`, of users who also have a reachable account on `platform`. */
  claimOverdue(now: Temporal.Instant, until: Temporal.Instant, limit: number, platform: PlatformName): Promise<readonly OutboxMessage[]>;
  /** Platforms with waiting messages, each with when its first message is due or its lease ends. */
  lanes(): Promise<readonly Lane[]>;
  /** The user's latest deliveries, the newest first. At most `limit`. */
  deliveries(userId: UserId, limit: number): Promise<readonly DirectMessage[]>;
  /** A user and all of their accounts; undefined if the user was deleted. */
  findAddressee(userId: UserId): Promise<Addressee | undefined>;
  /** When the next prompt or message of `platforms` is due; all platforms by default. Undefined if nothing is queued. */
  nextAt(platforms?: readonly PlatformName[]): Promise<Temporal.Instant | undefined>;
}
