/**
 * The port of the store, and the words that the core, the app, the stores and the adapters share.
 *
 * One word for each thing:
 *
 * | word              | is                                                                               |
 * | ----------------- | -------------------------------------------------------------------------------- |
 * | user              | a person that the coach has stored, across platforms                             |
 * | account           | one user's identity on one platform                                              |
 * | platform          | where users talk to the coach: the console, …                                    |
 * | surface           | an address on a platform that takes messages                                     |
 * | inbound, source   | one incoming message before parsing; its id, the same on redelivery              |
 * | command, args     | what a user can ask for; its typed arguments                                     |
 * | loaded, result    | all data that a decision reads; its reply and changes                            |
 * | change            | one fact to be written, in the past tense                                        |
 * | reply, block      | an answer; a piece of it                                                         |
 * | refusal           | the reason why input was not understood                                          |
 * | fact, source      | a question with its answer from the evidence; a study that it cites              |
 * | sign, warning     | a phrase that must not be answered with numbers; its fixed reply                 |
 * | question, answer  | what the coach asks before it records; one of the buttons under it               |
 * | last action       | what the user did last, which `/undo` reverts                                    |
 * | activity, session | a kind of training; one training                                                 |
 * | entry             | one session as the user described it, before it is recorded                      |
 * | modality          | strength, aerobic, mixed, mobility                                               |
 * | intensity, effort | light, moderate, vigorous; the user's own word: easy, moderate, hard             |
 * | split, share      | the strength and aerobic parts of a session; what a member shows to their group  |
 * | dose, zone        | strength minutes of a week; the named range that holds them                      |
 * | band              | the user's own target range in minutes, in place of the sweet spot               |
 * | good week         | a week at or above the lower end of the user's target range                      |
 * | time zone         | an IANA name                                                                     |
 * | plan              | planned training days and minutes                                                |
 * | pause             | days without messages, which streaks skip                                        |
 * | group, member     | users who share their weeks with each other; one of them                         |
 * | place, channel    | a shared surface; one that is bound to a group                                   |
 * | board, status     | what members see of each other; the state of one member's week                   |
 * | group snapshot    | all data of a group that a board needs                                           |
 * | round-up, check-in | the group message about last week; about the current week                       |
 * | announcement      | a public reply in the channel where the user asked                               |
 * | prompt            | a recurring reason to send a message: weekly, rest, training; round-up, check-in |
 * | feedback, nudge   | the message about last week; the message about one day                           |
 * | delivery, outbox  | one message that the coach sends unasked; all of them                            |
 * | direct message, channel message | to a user; to a channel of a group; an outbox message is either    |
 * | live message      | a channel message that is kept up to date by editing it                          |
 * | lane              | the outbox messages of one platform                                              |
 * | claim, lease      | the right to send a message; how long it holds                                   |
 * | fence             | the number of a claim; an older number is no longer valid                        |
 * | final state       | how an outbox message ended: sent, expired, suppressed, parked or unknown        |
 * | installation      | a workspace that installed the bot, with its encrypted token                     |
 * | workspace         | where the bot is installed: one Slack workspace or a whole organisation          |
 * | jitter            | minutes over which messages due at the same wall time are distributed            |
 */

import type { GroupId, PlatformName, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { Days } from "#core/lib/time.ts";
import type { Change, Installation } from "#core/model/changes/index.ts";
import type { Clarification } from "#core/model/clarification.ts";
import type { SnapshotQuery, AccountRecord, Page } from "#core/model/context.ts";
import type { GroupSnapshot, GroupRecord, GroupRef, Membership, ChannelRef } from "#core/model/group.ts";
import type { LastAction } from "#core/model/last-action.ts";
import type { GroupPrompt, Prompt } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import type { OutboxStore } from "./outbox.ts";
import type { UserDataStore } from "./user-data.ts";

/** The store. Every value that it returns was parsed; a broken row throws. */
export interface Store extends UserDataStore, OutboxStore {
  /** Whether this message was handled before and its result was kept. */
  hasSeen(source: MessageId): Promise<boolean>;
  /** The user of an account; undefined before their first change. */
  findUser(account: Account): Promise<AccountRecord | undefined>;
  /** The user's sessions on `days`, by day and then in the order in which they were logged. */
  sessions(userId: UserId, days: Days): Promise<readonly Session[]>;
  /** The user's sessions, newest day first and last logged first within a day; at most `limit` after the first `skip`. */
  page(userId: UserId, page: Page): Promise<readonly Session[]>;
  /** One of the user's own sessions; undefined for another user's. */
  findSession(userId: UserId, id: SessionId): Promise<Session | undefined>;
  /** The user's last action. */
  findAct(userId: UserId): Promise<LastAction | undefined>;
  /** The user's open question. */
  findQuestion(userId: UserId): Promise<Clarification | undefined>;
  /** The user's prompts, the next one first. */
  prompts(userId: UserId): Promise<readonly Prompt[]>;
  /** Users who have prompts, ordered by id, starting after `after`. At most `limit`. */
  usersWithPrompts(after: UserId | undefined, limit: number): Promise<readonly User[]>;
  /** The installation of `workspace`; undefined if the bot is not installed there. */
  findInstallation(platform: PlatformName, workspace: string): Promise<Installation | undefined>;
  /** All installations on a platform, by workspace. */
  installations(platform: PlatformName): Promise<readonly Installation[]>;
  /** The group of `ref`, with its channels. An expired code finds its group too. */
  findGroup(ref: GroupRef): Promise<GroupRecord | undefined>;
  /** The group that is bound to `channel`, if this user is a member. */
  findHere(channel: ChannelRef, userId: UserId): Promise<Membership | undefined>;
  /** The user's groups, in the order in which they joined. */
  memberships(userId: UserId): Promise<readonly Membership[]>;
  /** Whether a channel that this user bound is suspended and they have not been told. */
  hasUnreportedSuspension(userId: UserId): Promise<boolean>;
  /** The data of a group that a board needs, without members who do not share it. */
  groupSnapshot(need: SnapshotQuery): Promise<GroupSnapshot>;
  /** The group's prompts, the next one first. */
  groupPrompts(groupId: GroupId): Promise<readonly GroupPrompt[]>;
  /** The value stored under `name`. */
  findNote(name: string): Promise<string | undefined>;
  /** Makes all of `changes` or none. "stale" if the first change touched no row because it was made before; nothing is kept then. */
  commit(changes: readonly Change[]): Promise<"done" | "stale">;
  /** Makes deleted data unreadable where that was postponed. It may block everything else: call it in quiet moments. */
  secureErase(): Promise<void>;
  /** Releases the store's resources. No call may follow. */
  close(): Promise<void>;
}
