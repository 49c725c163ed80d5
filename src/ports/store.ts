/**
 * The doors of the house: what the core, the shell, the stores and the adapters know of each other.
 *
 * One word for each thing:
 *
 * | word              | is                                                                               |
 * | ----------------- | -------------------------------------------------------------------------------- |
 * | user              | a person whom the coach knows, across platforms                                  |
 * | account           | that person on one platform                                                      |
 * | platform          | where people talk to the coach: the console, …                                   |
 * | surface           | a place on a platform where something can be said                                |
 * | inbound, source   | one thing that arrived, not yet understood; its id, the same again on redelivery |
 * | command, args     | what can be asked; its typed arguments                                           |
 * | loaded, result    | all that a decision may know; a reply and changes                                |
 * | change            | one fact to be written, in the past tense                                        |
 * | reply, block      | what to say; a piece of it                                                       |
 * | refusal           | why a person was not understood                                                  |
 * | fact, source      | a question with its answer from the evidence; a study that it rests on           |
 * | sign, warning     | what no training log may answer with numbers; the fixed words for it             |
 * | question, answer  | what the coach asks back before it records; one of the buttons under it          |
 * | act               | the last thing that a person did, which `/undo` takes back                       |
 * | activity, session | a kind of training; one training                                                 |
 * | entry             | one session as it was said, before it is recorded                                |
 * | modality          | strength, aerobic, mixed, mobility                                               |
 * | intensity, effort | light, moderate, vigorous; the person's own word: easy, moderate, hard           |
 * | share             | the part of a session's minutes that counts as strength, or as aerobic           |
 * | dose, zone        | strength minutes of a week; the named range that they fall in                    |
 * | band              | the minutes that a person set in place of the sweet spot                         |
 * | good week         | a week whose dose scores                                                         |
 * | time zone         | an IANA name                                                                     |
 * | plan              | training days and minutes wanted                                                 |
 * | pause             | days on which nothing is sent, and over which streaks wait                       |
 * | group, member     | people who keep each other honest; one of them                                   |
 * | place, channel    | a surface where others read along; one that is a group's                         |
 * | board, status     | what members see of each other; how one member's week stands                     |
 * | group snapshot     | all of a group that a board is made of                                           |
 * | round-up, check-in| what a group is told of the week that ended; of the week that is under way       |
 * | announcement      | for everybody in the place where it was asked                                    |
 * | prompt            | a recurring reason to send a message: weekly, rest, training; round-up, check-in |
 * | feedback, nudge   | what is said of a week that ended; what is said of one day                       |
 * | delivery, outbox  | one thing to be said unasked; all of them                                        |
 * | direct message, channel message | to a user; to a channel of a group; an outbox message is either    |
 * | live message      | a channel message that is kept up to date by editing it                          |
 * | lane              | what waits for one platform                                                      |
 * | claim, lease      | take for sending; until when                                                     |
 * | fence             | the number of a claim: who holds an older one has lost it                        |
 * | final state       | how an outbox message ended: sent, expired, suppressed, parked or unknown        |
 * | installation      | a place on a platform that let the coach in, with what it speaks with there      |
 * | home              | that place: a workspace, or a whole organisation                                 |
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

/** Where everything is kept. Every value that it gives was parsed; a broken row throws. */
export interface Store extends UserDataStore, OutboxStore {
  /** Whether that arrived before, and what came of it was kept. */
  hasSeen(source: MessageId): Promise<boolean>;
  /** The person behind an account; undefined before their first change. */
  findUser(account: Account): Promise<AccountRecord | undefined>;
  /** Their sessions on `days`, by day and then in the order in which they were logged. */
  sessions(userId: UserId, days: Days): Promise<readonly Session[]>;
  /** Their sessions, the newest day first and on one day the last logged first; at most `limit` after the first `skip`. */
  page(userId: UserId, page: Page): Promise<readonly Session[]>;
  /** One of their own sessions; undefined for anybody else's. */
  findSession(userId: UserId, id: SessionId): Promise<Session | undefined>;
  /** The last thing that they did. */
  findAct(userId: UserId): Promise<LastAction | undefined>;
  /** The question that stands open for them. */
  findQuestion(userId: UserId): Promise<Clarification | undefined>;
  /** What this person waits for, the next first. */
  prompts(userId: UserId): Promise<readonly Prompt[]>;
  /** People who have prompts, in the order of their ids, from the first after `after`. At most `limit`. */
  usersWithPrompts(after: UserId | undefined, limit: number): Promise<readonly User[]>;
  /** What the coach speaks with in `workspace`; undefined where it was not let in. */
  findInstallation(platform: PlatformName, workspace: string): Promise<Installation | undefined>;
  /** Everywhere on that platform where it was let in, by workspace. */
  installations(platform: PlatformName): Promise<readonly Installation[]>;
  /** The group that `ref` finds, with its channels. A code is looked up whether it still holds or not. */
  findGroup(ref: GroupRef): Promise<GroupRecord | undefined>;
  /** The group whose channel `place` is, where this person is in it. */
  findHere(channel: ChannelRef, userId: UserId): Promise<Membership | undefined>;
  /** The groups that this person is in, in the order in which they joined. */
  memberships(userId: UserId): Promise<readonly Membership[]>;
  /** Whether a channel that they bound is suspended, and they were not told. */
  hasUnreportedSuspension(userId: UserId): Promise<boolean>;
  /** All of a group that a board is made of, and nothing of anybody who does not share it. */
  groupSnapshot(need: SnapshotQuery): Promise<GroupSnapshot>;
  /** What this group waits for, the next first. */
  groupPrompts(groupId: GroupId): Promise<readonly GroupPrompt[]>;
  /** What was noted under `name`. */
  findNote(name: string): Promise<string | undefined>;
  /** Makes all of `changes` or none. "stale", with nothing kept, when the first touched nothing because it had been made before. */
  commit(changes: readonly Change[]): Promise<"done" | "stale">;
  /** Makes what was deleted unreadable, where that was put off. It may hold up everybody, so that it is for quiet moments. */
  secureErase(): Promise<void>;
  /** Gives back what the store holds. Nothing may be asked afterwards. */
  close(): Promise<void>;
}
