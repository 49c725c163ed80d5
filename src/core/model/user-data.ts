/** What is kept of a person. */

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

/** How much is kept of a person. */
export type UserDataCounts = {
  readonly accounts: readonly Account[];
  /** Those that they see. */
  readonly sessions: number;
  /** Those that are kept aside: held back where accounts were linked, or from a file that was not confirmed. */
  readonly detached: number;
  /** What was said unasked, or is to be. */
  readonly deliveries: number;
  /** Groups that they are in. */
  readonly groups: number;
  readonly cheers: number;
  /** Channels that they made a group's. These stay the group's, and do not tell any more who it was. */
  readonly channels: number;
};

/** One of their accounts, with all that is noted of it. */
export type UserAccount = {
  readonly account: Account;
  readonly reach: Reach;
  /** Whose it is again when linked accounts part; undefined where it is theirs anyway. */
  readonly origin: UserId | undefined;
  /** When they last spoke there, noted only for who has several. */
  readonly heardAt: Temporal.Instant | undefined;
  /** Wrong codes that they typed there, and until when these count; undefined where there are none. */
  readonly wrongCodes: WrongCodes | undefined;
};

/** What is noted of a code by which they link another account, but for the code: nobody knows that. */
export type LinkCodeStatus = {
  readonly isOpen: boolean;
  readonly expiresAt: Temporal.Instant | undefined;
};

/** A group that they are in: what they let it see, since when, and which week is one of rest. */
export type UserMembership = Membership & {
  /** Whose it is again when linked accounts part; undefined where it is theirs anyway. */
  readonly originalOwnerId: UserId | undefined;
};

/** That they cheered, in the week that starts on that day. */
export type UserCheer = { readonly groupId: GroupId; readonly on: Temporal.PlainDate };

/** What can be kept of who somebody is as well as of who they were. */
export type UserRecords = {
  /** By day, and then as they were logged. */
  readonly sessions: readonly Session[];
  /** The newest first. */
  readonly deliveries: readonly DirectMessage[];
  /** In the order in which they joined. */
  readonly memberships: readonly UserMembership[];
  readonly cheers: readonly UserCheer[];
  /** Those that they made a group's. */
  readonly channels: readonly Channel[];
};

/** What is kept aside: who they were before accounts were linked, or a batch that is not shown. */
export type DetachedRecords = UserRecords & { readonly user: User };

/** Everything that is kept of a person. What is kept in a new table is a new line here, or the store does not compile. */
export type UserData = UserRecords & {
  readonly user: User;
  readonly accounts: readonly UserAccount[];
  readonly act: LastAction | undefined;
  readonly question: Clarification | undefined;
  readonly prompts: readonly Prompt[];
  readonly code: LinkCodeStatus | undefined;
  /** Answers that may not have been shown to them. */
  readonly unanswered: readonly UnansweredRecord[];
  readonly detached: readonly DetachedRecords[];
};

/** An answer that may not have been shown, without what its adapter alone may know. */
export type UnansweredRecord = Omit<UnansweredReply, "answerTo" | "userId">;

/** The part of it that is theirs. */
export function unansweredRecordOf({ source, account, at, dueAt, reply }: UnansweredReply): UnansweredRecord {
  return { source, account, at, dueAt, reply };
}
