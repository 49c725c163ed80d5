/** What the outbox asks of the store. */

import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Group } from "#core/model/group.ts";
import type { DirectMessage, OutboxMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt, Prompt } from "#core/model/prompt.ts";
import type { Account, Reach, User } from "#core/model/user.ts";

/** What waits for one platform: when the first of it is due. */
export type Lane = { readonly platform: PlatformName; readonly nextAt: Temporal.Instant };

/** A person, and where they can be spoken to. */
export type Addressee = { readonly user: User; readonly accounts: readonly { readonly account: Account; readonly reach: Reach }[] };

/** A due prompt of a user, and the version of the settings on which it is evaluated. */
export type Due = { readonly prompt: Prompt; readonly user: User; readonly version: number };

/** A due prompt of a group, and the version of the settings on which it is evaluated. */
export type DueGroup = { readonly prompt: GroupPrompt; readonly group: Group; readonly version: number };

/** Where what is to be said unasked is kept. */
export interface OutboxStore {
  /** What is due, the longest due first, and whose it is. At most `limit`. */
  due(now: Temporal.Instant, limit: number): Promise<readonly Due[]>;
  /** What is due of groups, the longest due first, and of which group. At most `limit`. */
  dueGroups(now: Temporal.Instant, limit: number): Promise<readonly DueGroup[]>;
  /**
   * Takes deliveries of the lane of `platform` that are due, the longest due first, under a lease until `until`. Each has a new fence. At most
   * `limit`. A delivery to a person is in the lane of the platform that they prefer, among those whose accounts are open.
   */
  claim(now: Temporal.Instant, until: Temporal.Instant, limit: number, platform: PlatformName): Promise<readonly OutboxMessage[]>;
  /** The same of what has waited in another lane since before `overdueAfter`, of people who have an open account on `platform` as well. */
  claimOverdue(now: Temporal.Instant, until: Temporal.Instant, limit: number, platform: PlatformName): Promise<readonly OutboxMessage[]>;
  /** The platforms for which something waits, and since when or until when the first of it does. */
  lanes(): Promise<readonly Lane[]>;
  /** The latest deliveries of this person, the newest first. At most `limit`. */
  deliveries(userId: UserId, limit: number): Promise<readonly DirectMessage[]>;
  /** A person and all of their accounts; undefined when they are gone. */
  findAddressee(userId: UserId): Promise<Addressee | undefined>;
  /** When something is due next, a prompt or a delivery of `platforms`, which are all where left out; undefined when nothing ever is. */
  nextAt(platforms?: readonly PlatformName[]): Promise<Temporal.Instant | undefined>;
}
