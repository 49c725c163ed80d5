/** The data that is stored of a user. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import type { WrongCodes } from "./account-link.ts";
import type { Clarification } from "./clarification.ts";
import type { Channel, Membership } from "./group.ts";
import type { LastAction } from "./last-action.ts";
import type { DirectMessage } from "./outbox-message.ts";
import type { Prompt } from "./prompt.ts";
import type { Session } from "./session.ts";
import type { UnansweredReply } from "./unanswered-reply.ts";
import type { Account, Reach, User } from "./user.ts";

/** Counts of a user's stored data. */
export type UserDataCounts = {
  readonly accounts: readonly Account[];
  /** Visible sessions. */
  readonly sessions: number;
  /** Hidden sessions: duplicates of linked accounts, or from an unconfirmed import. */
  readonly detached: number;
  /** Outbox messages, sent or waiting. */
  readonly deliveries: number;
  /** Memberships. */
  readonly groups: number;
  readonly cheers: number;
  /** Channels that the user bound. They stay bound on erasure, without the user's id. */
  readonly channels: number;
};

/** One of the user's accounts, with all that is stored of it. */
export type UserAccount = {
  readonly account: Account;
  readonly reach: Reach;
  /** The user who gets the account on unlink; undefined when that is its current user. */
  readonly origin: UserId | undefined;
  /** When the user last wrote from it; stored only for users with several accounts. */
  readonly heardAt: Temporal.Instant | undefined;
  /** Wrong link codes that were entered from it; undefined when there are none. */
  readonly wrongCodes: WrongCodes | undefined;
};

/** The status of the user's link code. The code itself is not stored. */
export type LinkCodeStatus = {
  readonly isOpen: boolean;
  readonly expiresAt: Temporal.Instant | undefined;
};

/** A membership of the user. */
export type UserMembership = Membership & {
  /** The user who gets the membership on unlink; undefined when that is its current user. */
  readonly originalOwnerId: UserId | undefined;
};

/** A cheer in the week that starts on the day `on`. */
export type UserCheer = { readonly groupId: GroupId; readonly on: Temporal.PlainDate };

/** Records that a current user and a detached one can both have. */
export type UserRecords = {
  /** By day, then in the order in which they were logged. */
  readonly sessions: readonly Session[];
  /** Newest first. */
  readonly deliveries: readonly DirectMessage[];
  /** In the order in which they joined. */
  readonly memberships: readonly UserMembership[];
  readonly cheers: readonly UserCheer[];
  /** Channels that the user bound. */
  readonly channels: readonly Channel[];
};

/** Records of a detached user: an archived user of linked accounts, or a staged import. */
export type DetachedRecords = UserRecords & { readonly user: User };

/** All stored data of a user. A new table needs a new field here, or the store does not compile. */
export type UserData = UserRecords & {
  readonly user: User;
  readonly accounts: readonly UserAccount[];
  readonly act: LastAction | undefined;
  readonly question: Clarification | undefined;
  readonly prompts: readonly Prompt[];
  readonly code: LinkCodeStatus | undefined;
  /** Replies that may not have been shown. */
  readonly unanswered: readonly UnansweredRecord[];
  readonly detached: readonly DetachedRecords[];
};

/** A reply that may not have been shown, without the adapter's `answerTo`. */
export type UnansweredRecord = Omit<UnansweredReply, "answerTo" | "userId">;

/** The user's own part of an unanswered reply. */
export function unansweredRecordOf({ source, account, at, dueAt, reply }: UnansweredReply): UnansweredRecord {
  return { source, account, at, dueAt, reply };
}
