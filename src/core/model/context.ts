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

/** The group whose snapshot is read, with the minutes logged on `days` and the cheers of the week that starts on `cheersOn`. */
export type SnapshotQuery = { readonly groupId: GroupId; readonly days: Days; readonly cheersOn: Temporal.PlainDate };

type Query<Params, Found> = { readonly params: Params; readonly found: Found };

/**
 * The queries that a decision can need, by name: their parameters, and what is found for the user.
 *
 * The parameter `true` means that there is none. The data is undefined or empty if nothing is stored.
 */
export type Queries = {
  /** Sessions on these days, by day. */
  readonly sessions: Query<Days, readonly Session[]>;
  /** All sessions of these other users, by user and then by day. */
  readonly otherSessions: Query<readonly UserId[], readonly Session[]>;
  /** A page of the history, newest first. */
  readonly page: Query<Page, readonly Session[]>;
  readonly session: Query<SessionId, Session | undefined>;
  readonly lastAction: Query<true, LastAction | undefined>;
  readonly clarification: Query<true, Clarification | undefined>;
  readonly prompts: Query<true, readonly Prompt[]>;
  /** The latest deliveries, at most this many, newest first. */
  readonly deliveries: Query<number, readonly DirectMessage[]>;
  readonly group: Query<GroupRef, GroupRecord | undefined>;
  /** The group of this channel, if the user is a member. Nothing is read without a channel. */
  readonly here: Query<ChannelRef | undefined, Membership | undefined>;
  /** In the order in which they joined. */
  readonly memberships: Query<true, readonly Membership[]>;
  readonly groupSnapshot: Query<SnapshotQuery, GroupSnapshot>;
  readonly groupPrompts: Query<GroupId, readonly GroupPrompt[]>;
  /** Whether the user may manage the channel. Asks the platform each time. */
  readonly mayManage: Query<true, boolean>;
  /** Whether the bot may post in the channel. Asks the platform each time. */
  readonly postPermission: Query<true, PostPermission>;
  readonly userDataCounts: Query<true, UserDataCounts>;
  /** A staged import, by its id. */
  readonly stagedImport: Query<UserId, StagedImport | undefined>;
  /** The progress of the user's last import. */
  readonly importProgress: Query<true, ImportProgress | undefined>;
  /** A new link code; undefined if linking is off. */
  readonly freshCode: Query<true, { readonly words: string; readonly hash: string } | undefined>;
  /** The user who made this link code; undefined if the code is not valid. */
  readonly codeOwner: Query<string, CodeOwner | undefined>;
  readonly wrongCodes: Query<true, WrongCodes | undefined>;
  /** The user's accounts. */
  readonly linked: Query<true, readonly LinkedAccount[]>;
};

/** The name of a query. */
export type QueryName = keyof Queries;

/** The queries of one decision, with their parameters. */
export type Needs<Name extends QueryName> = { readonly [N in Name]: Queries[N]["params"] };

/** What the queries found. */
export type Found<Name extends QueryName> = { readonly [N in Name]: Queries[N]["found"] };

/** The data of a decision: the request's context, and what its queries found, by the same names. */
export type Loaded<Name extends QueryName> = RequestContext & Found<Name>;

/** A reply, and the changes that are committed before it is shown. */
export type Result = {
  readonly reply: Reply;
  readonly changes: readonly Change[];
  /** Suppresses additions to the reply and messages that would follow: it is a warning or the receipt of an erasure. */
  readonly isAlone?: true;
};

/** Runs a decision: loads `needs`, then calls `decide` with the data. It is generic, so that it has to load exactly what was asked for. */
export type Runner<Outcome, Ran> = <Name extends QueryName>(needs: Needs<Name>, decide: (data: Loaded<Name>) => Outcome) => Ran;

/** A decision that waits for data. `run` hands its needs to `runner`. */
export interface NeedsData<Outcome = Step> {
  run<Ran>(runner: Runner<Outcome, Ran>): Ran;
}

/** One step of a command: a result, a refusal, or a request for data. */
export type Step = Result | Refusal | NeedsData;

/** A reply that changes nothing. */
export function say(...blocks: Reply["blocks"]): Result {
  return { reply: { blocks }, changes: [] };
}
