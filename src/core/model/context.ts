/** What a command is given, what it asks for, and what it decides. */

import type { ActivityId, GroupId, PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { Days, TimeZone } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { LinkedAccount, CodeOwner, WrongCodes } from "./account-link.ts";
import type { Clarification } from "./clarification.ts";
import type { GroupSnapshot, GroupRecord, GroupRef, Membership, ChannelRef, PostPermission } from "./group.ts";
import type { ImportProgress, StagedImport } from "./import.ts";
import type { LastAction } from "./last-action.ts";
import type { DirectMessage } from "./outbox-message.ts";
import type { GroupPrompt, Prompt } from "./prompt.ts";
import type { Refusal } from "./refusal.ts";
import type { Reply } from "./reply.ts";
import type { Session } from "./session.ts";
import type { UserDataCounts } from "./user-data.ts";
import type { Account, Reach, User } from "./user.ts";

/** The stored record of an account and its user. */
export type AccountRecord = {
  readonly user: User;
  /** Of their settings, as they were read: what is decided on them is kept only while they are the same. */
  readonly version: number;
  /** Whether they have prompts: from a log on until three quiet weeks. */
  readonly isActive: boolean;
  /** Whether messages reach this account. */
  readonly reach: Reach;
  /** Where the person is, as the account's platform said last; undefined where it says nothing. */
  readonly platformTimeZone: TimeZone | undefined;
  /** Whether they are in a group. */
  readonly isMember: boolean;
  /** Whether they bound a channel to a group that is still there. */
  readonly hasBoundChannel: boolean;
  /** Whose sessions that are logged by it are again when linked accounts part; undefined where they are theirs anyway. */
  readonly originalOwnerId: UserId | undefined;
  /** Whether they spoke last on another account of theirs. */
  readonly hasSwitchedAccount: boolean;
  /** Whether their settings had become too large to be read, and are as they were in the beginning, with nothing sent to them. */
  readonly hasLostSettings: boolean;
};

/** The context of a request, before any query. */
export type RequestContext = AccountRecord & {
  /** Whether this person has never changed anything here. */
  readonly isNew: boolean;
  /** Whether they do not know yet that a channel that they bound was suspended. */
  readonly hasUnreportedSuspension: boolean;
  readonly now: Temporal.Instant;
  /** The person's own local day. */
  readonly today: Temporal.PlainDate;
  /** In which they use their platform, as BCP 47; undefined where it does not tell. */
  readonly locale: string | undefined;
  /** A fresh id: ids of this request are made from it. */
  readonly id: string;
  /** By which this was said; its name is whom others see them as. */
  readonly account: Account;
  /** Where it was said, when others read along there. Undefined, too, where the platform did not say where it was. */
  readonly channel: ChannelRef | undefined;
  /** Whether only they and the coach are where it was said. */
  readonly isDirect: boolean;
  /** Platforms on which nothing can be sent before the next start; none where left out. */
  readonly gone?: readonly PlatformName[];
  /** Days for which what is of no more use is kept. */
  readonly retentionDays: number;
};

/** A stretch of somebody's history, newest first. */
export type Page = { readonly activity?: ActivityId; readonly skip: number; readonly limit: number };

/** The queries of a decision: nothing else is read. */
export type Queries = {
  readonly sessions?: Days;
  readonly page?: Page;
  readonly session?: SessionId;
  readonly lastAction?: true;
  readonly clarification?: true;
  readonly prompts?: true;
  /** At most so many of the latest. */
  readonly deliveries?: number;
  readonly group?: GroupRef;
  /** The group whose channel this is, if they are in it. */
  readonly here?: ChannelRef;
  readonly memberships?: true;
  readonly groupSnapshot?: SnapshotQuery;
  readonly groupPrompts?: GroupId;
  /** Whether they may manage the place where they speak, as its platform says at this moment. */
  readonly mayManage?: true;
  /** Whether the coach may post in the place where they speak, as its platform says at this moment. */
  readonly postPermission?: true;
  readonly userDataCounts?: true;
  /** One that is kept aside. */
  readonly stagedImport?: UserId;
  /** How far the reading of their last file is. */
  readonly importProgress?: true;
  /** A new code. */
  readonly freshCode?: true;
  /** Who made this code. */
  readonly offer?: string;
  readonly wrongCodes?: true;
  /** All sessions of who made this code. */
  readonly codeOwnerSessions?: string;
  readonly linked?: true;
};

/** The group whose snapshot is read, with the minutes logged on `days` and the cheers of the week that starts on `cheersOn`. */
export type SnapshotQuery = { readonly groupId: GroupId; readonly days: Days; readonly cheersOn: Temporal.PlainDate };

/** The request context and the results of the queries; undefined or empty where nothing was asked for or found. */
export type Loaded = RequestContext & {
  /** On the days that were asked for, by day. */
  readonly sessions: readonly Session[];
  /** The page that was asked for, newest first. */
  readonly page: readonly Session[];
  readonly session: Session | undefined;
  readonly lastAction: LastAction | undefined;
  readonly clarification: Clarification | undefined;
  readonly prompts: readonly Prompt[];
  /** The newest first. */
  readonly deliveries: readonly DirectMessage[];
  readonly group: GroupRecord | undefined;
  readonly here: Membership | undefined;
  /** In the order in which they joined. */
  readonly memberships: readonly Membership[];
  readonly groupSnapshot: GroupSnapshot | undefined;
  readonly groupPrompts: readonly GroupPrompt[];
  readonly mayManage: boolean;
  readonly postPermission: PostPermission;
  readonly userDataCounts: UserDataCounts | undefined;
  readonly stagedImport: StagedImport | undefined;
  readonly importProgress: ImportProgress | undefined;
  readonly freshCode: { readonly words: string; readonly hash: string } | undefined;
  /** Who made the code that was asked for, and what is kept of it. */
  readonly codeOwner: CodeOwner | undefined;
  readonly codeHash: string | undefined;
  readonly wrongCodes: WrongCodes | undefined;
  readonly codeOwnerSessions: readonly Session[];
  /** Of who is linked with them: what stood in both histories, and is kept aside. */
  readonly setAside: readonly Session[];
  readonly linked: readonly LinkedAccount[];
};

/** A reply, and what is written before it is said. */
export type Result = {
  readonly reply: Reply;
  readonly changes: readonly Change[];
  /** Nothing is said beside it, and no message follows from it: it is a warning, or a receipt for all that was deleted. */
  readonly isAlone?: true;
};

/** A decision that waits for data. */
export type NeedsData = { readonly needs: Queries; decide(data: Loaded): Step };

/** One step of a command: a result, a refusal, or a request for data. */
export type Step = Result | Refusal | NeedsData;

/** A reply that changes nothing. */
export function say(...blocks: Reply["blocks"]): Result {
  return { reply: { blocks }, changes: [] };
}
