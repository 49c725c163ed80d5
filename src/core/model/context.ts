/** The context of a command, its queries, and its result. */

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
  /** The version of the settings that were read. A commit that depends on them is dropped when they have changed since. */
  readonly version: number;
  /** Whether the user has prompts: from a log until three weeks without one. */
  readonly isActive: boolean;
  /** Whether messages reach this account. */
  readonly reach: Reach;
  /** The time zone that the platform reported last; undefined when it reports none. */
  readonly platformTimeZone: TimeZone | undefined;
  /** Whether the user is in a group. */
  readonly isMember: boolean;
  /** Whether the user bound a channel to a group that still exists. */
  readonly hasBoundChannel: boolean;
  /** The user who gets this account's sessions on unlink; undefined when that is `user`. */
  readonly originalOwnerId: UserId | undefined;
  /** Whether the user's previous message came from another of their accounts. */
  readonly hasSwitchedAccount: boolean;
  /** Whether the settings were too large to read: defaults apply instead, and no messages are sent to the user. */
  readonly hasLostSettings: boolean;
};

/** The context of a request, before any query. */
export type RequestContext = AccountRecord & {
  /** Whether nothing is stored of the user yet. */
  readonly isNew: boolean;
  /** Whether a channel that the user bound was suspended, and they have not been told. */
  readonly hasUnreportedSuspension: boolean;
  readonly now: Temporal.Instant;
  /** The user's local day. */
  readonly today: Temporal.PlainDate;
  /** The user's language on the platform, as BCP 47; undefined when the platform reports none. */
  readonly locale: string | undefined;
  /** A fresh id. The ids that this request makes are derived from it. */
  readonly id: string;
  /** The sender's account. Other members see its name. */
  readonly account: Account;
  /** The channel of the message, when others can read it; undefined also when the platform does not say. */
  readonly channel: ChannelRef | undefined;
  /** Whether the message came in a direct conversation. */
  readonly isDirect: boolean;
  /** Platforms that cannot send before the next start; none when absent. */
  readonly gone?: readonly PlatformName[];
  /** Retention of delivery records and message ids, in days. */
  readonly retentionDays: number;
};

/** A page of a user's history, newest first. */
export type Page = { readonly activity?: ActivityId; readonly skip: number; readonly limit: number };

/** The queries of a decision: nothing else is read. */
export type Queries = {
  readonly sessions?: Days;
  readonly page?: Page;
  readonly session?: SessionId;
  readonly lastAction?: true;
  readonly clarification?: true;
  readonly prompts?: true;
  /** The most deliveries to read, newest first. */
  readonly deliveries?: number;
  readonly group?: GroupRef;
  /** The group of this channel, if the user is a member. */
  readonly here?: ChannelRef;
  readonly memberships?: true;
  readonly groupSnapshot?: SnapshotQuery;
  readonly groupPrompts?: GroupId;
  /** Whether the user may manage the channel. Asks the platform each time. */
  readonly mayManage?: true;
  /** Whether the bot may post in the channel. Asks the platform each time. */
  readonly postPermission?: true;
  readonly userDataCounts?: true;
  /** The id of a staged import. */
  readonly stagedImport?: UserId;
  /** The progress of the user's last import. */
  readonly importProgress?: true;
  /** A new link code. */
  readonly freshCode?: true;
  /** A link code whose owner is wanted. */
  readonly offer?: string;
  readonly wrongCodes?: true;
  /** A link code whose owner's sessions are wanted, all of them. */
  readonly codeOwnerSessions?: string;
  readonly linked?: true;
};

/** The group whose snapshot is read, with the minutes logged on `days` and the cheers of the week that starts on `cheersOn`. */
export type SnapshotQuery = { readonly groupId: GroupId; readonly days: Days; readonly cheersOn: Temporal.PlainDate };

/** The request context and the results of the queries; undefined or empty for what was not asked for or not found. */
export type Loaded = RequestContext & {
  /** Sessions on the requested days, by day. */
  readonly sessions: readonly Session[];
  /** The requested page, newest first. */
  readonly page: readonly Session[];
  readonly session: Session | undefined;
  readonly lastAction: LastAction | undefined;
  readonly clarification: Clarification | undefined;
  readonly prompts: readonly Prompt[];
  /** Newest first. */
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
  /** The owner of the requested link code, and below the code's hash. */
  readonly codeOwner: CodeOwner | undefined;
  readonly codeHash: string | undefined;
  readonly wrongCodes: WrongCodes | undefined;
  readonly codeOwnerSessions: readonly Session[];
  /** Sessions that were in both histories when accounts were linked. They are hidden with the archived user. */
  readonly setAside: readonly Session[];
  readonly linked: readonly LinkedAccount[];
};

/** A reply, and the changes that are committed before it is shown. */
export type Result = {
  readonly reply: Reply;
  readonly changes: readonly Change[];
  /** Suppresses additions to the reply and messages that would follow: it is a warning or the receipt of an erasure. */
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
