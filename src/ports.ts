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
 * | situation, outcome| all that a decision may know; a reply and changes                                |
 * | change            | one fact to be written, in the past tense                                        |
 * | reply, block      | what to say; a piece of it                                                       |
 * | refusal           | why a person was not understood                                                  |
 * | fact, source      | a question with its answer from the evidence; a study that it rests on           |
 * | sign, warning     | what no training log may answer with numbers; the fixed words for it             |
 * | question, answer  | what the coach asks back before it records; one of the buttons under it          |
 * | act               | the last thing that a person did, which `/undo` takes back                       |
 * | activity, session | a kind of training; one bout of it                                               |
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
 * | crew, bout        | all of a group that a board is made of; what it knows of one training            |
 * | round-up, check-in| what a group is told of the week that ended; of the week that is under way       |
 * | aloud             | for everybody in the place where it was asked                                    |
 * | prompt            | a standing reason to speak unasked: weekly, rest, training; round-up, check-in   |
 * | feedback, nudge   | what is said of a week that ended; what is said of one day                       |
 * | delivery, outbox  | one thing to be said unasked; all of them                                        |
 * | post, parcel      | a delivery to a channel; a delivery of either kind                               |
 * | standing          | of a post: its message, which is kept true by editing it                         |
 * | lane              | what waits for one platform                                                      |
 * | claim, lease      | take for sending; until when                                                     |
 * | fence             | the number of a claim: who holds an older one has lost it                        |
 * | settle, end       | record how a delivery ended; sent, expired, suppressed, parked or unknown        |
 * | installation      | a place on a platform that let the coach in, with what it speaks with there      |
 * | home              | that place: a workspace, or a whole organisation                                 |
 * | spread            | minutes over which those come who asked for the same wall time                   |
 */

import type { Act } from "#core/act.ts";
import type { Address, DeliveryKey, GroupId, PlatformName, SessionId, SourceId, UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import type { Crew, GroupFound, GroupRef, Membership, Place, Posting } from "#core/group.ts";
import type { GroupPrompt } from "#core/group-prompt.ts";
import type { Installation } from "#core/installation.ts";
import type { Prompt } from "#core/prompt.ts";
import type { Question } from "#core/question.ts";
import type { Reply } from "#core/reply.ts";
import type { Session } from "#core/session.ts";
import type { Suggestion } from "#core/suggestion.ts";
import type { CrewNeed, Found, Page } from "#core/situation.ts";
import type { Days } from "#core/time.ts";
import type { Account, User } from "#core/user.ts";
import type { Gated } from "#src/gate.ts";
import type { OutboxStore } from "#src/outbox-ports.ts";
import type { Answerable, Answering, OwnStore, SentFile, Owing } from "#src/own-ports.ts";

/** A place where something can be said; `direct` when only the coach and one person are there. */
export type Surface = { readonly platform: PlatformName; readonly address: Address; readonly reach: "direct" | "shared" };

/** One thing that arrived. A button that was pressed arrives as the words that it stands for. */
export type Inbound = Answerable & {
  readonly source: SourceId;
  /** Another id of it, where the platform may make several events of one thing: under either it is done and answered once. */
  readonly also?: SourceId;
  readonly account: Account;
  /** Undefined where the platform does not say: then nothing is done that belongs to a place, and nothing is said aloud. */
  readonly surface: Surface | undefined;
  readonly text: string;
  /** Whether this person may manage that place now, as the platform has it. Left out, they may not. */
  readonly mayManage?: () => Promise<boolean>;
  /** Whether the coach may post in that place now, as the platform has it. Left out, it may. Never rejects. */
  readonly mayPost?: () => Promise<Posting>;
  /** What came with it, where anything did. */
  readonly file?: SentFile;
};

/** Where everything is kept. Every value that it gives was parsed; a broken row throws. */
export interface Store extends OwnStore, OutboxStore {
  /** Whether that arrived before, and what came of it was kept. */
  hasSeen(source: SourceId): Promise<boolean>;
  /** The person behind an account; undefined before their first change. */
  findUser(account: Account): Promise<Found | undefined>;
  /** Their sessions on `days`, by day and then in the order in which they were logged. */
  sessions(userId: UserId, days: Days): Promise<readonly Session[]>;
  /** Their sessions, the newest day first and on one day the last logged first; at most `limit` after the first `skip`. */
  page(userId: UserId, page: Page): Promise<readonly Session[]>;
  /** One of their own sessions; undefined for anybody else's. */
  findSession(userId: UserId, id: SessionId): Promise<Session | undefined>;
  /** The last thing that they did. */
  findAct(userId: UserId): Promise<Act | undefined>;
  /** The question that stands open for them. */
  findQuestion(userId: UserId): Promise<Question | undefined>;
  /** What this person waits for, the next first. */
  prompts(userId: UserId): Promise<readonly Prompt[]>;
  /** People who have prompts, in the order of their ids, from the first after `after`. At most `limit`. */
  awake(after: UserId | undefined, limit: number): Promise<readonly User[]>;
  /** What the coach speaks with in `home`; undefined where it was not let in. */
  findInstallation(platform: PlatformName, home: string): Promise<Installation | undefined>;
  /** Everywhere on that platform where it was let in, by home. */
  installations(platform: PlatformName): Promise<readonly Installation[]>;
  /** The group that `ref` finds, with its channels. A code is looked up whether it still holds or not. */
  findGroup(ref: GroupRef): Promise<GroupFound | undefined>;
  /** The group whose channel `place` is, where this person is in it. */
  findHere(place: Place, userId: UserId): Promise<Membership | undefined>;
  /** The groups that this person is in, in the order in which they joined. */
  memberships(userId: UserId): Promise<readonly Membership[]>;
  /** Whether a channel that they bound is suspended, and they were not told. */
  isCutOff(userId: UserId): Promise<boolean>;
  /** All of a group that a board is made of, and nothing of anybody who does not share it. */
  crew(need: CrewNeed): Promise<Crew>;
  /** What this group waits for, the next first. */
  groupPrompts(groupId: GroupId): Promise<readonly GroupPrompt[]>;
  /** What was noted under `name`. */
  findNote(name: string): Promise<string | undefined>;
  /** Makes all of `changes` or none. "stale", with nothing kept, when the first touched nothing because it had been made before. */
  commit(changes: readonly Change[]): Promise<"done" | "stale">;
  /** Makes what was deleted unreadable, where that was put off. It may hold up everybody, so that it is for quiet moments. */
  scrub(): Promise<void>;
  /** Gives back what the store holds. Nothing may be asked afterwards. */
  close(): Promise<void>;
}

/** Where the coach was let in on one platform, and what it speaks with there. */
export interface Installations {
  /** The secret of `home`; undefined where the coach was not let in. Throws where no key opens it. */
  find(home: string): Promise<string | undefined>;
  /** Replaces it. */
  save(home: string, secret: string): Promise<void>;
  remove(home: string): Promise<void>;
  /** True for whoever asks first, and never again: of what is good once, such as the state of a sign-in. */
  spend(id: string): Promise<boolean>;
}

/** The time of day, in one place, so that it can be turned by hand. */
export interface Clock {
  now(): Temporal.Instant;
}

/** What a log line may hold: never the text of a message, a name or a token. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/** Lines for whoever runs the coach. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Answers one inbound; undefined when it had been answered before. */
export type Handle = (inbound: Inbound) => Promise<Reply | undefined>;

/** Words that are being typed into an argument of a command, and what stands in its other arguments. Nothing is kept of them. */
export type Typing = {
  readonly account: Account;
  readonly command: string;
  readonly arg: string;
  readonly words: string;
  readonly others: Readonly<Record<string, string>>;
};

/** What can be said in that place, the most likely first; at most 25, and nothing where nothing is worth offering. */
export type Suggest = (typing: Typing) => Promise<readonly Suggestion[]>;

/** The platform says where somebody is. Their days follow where that is another time zone than it said before; else what they set stays. */
export type PlaceAccount = (account: Account) => Promise<void>;

/** An answer that its platform did not take while somebody waited for it. */
export type Unshown = {
  readonly account: Account;
  readonly source: SourceId;
  readonly reply: Reply;
  /** For how long it was tried, where it may have arrived; its key was that of `answerKey`. */
  readonly triedFor?: Temporal.Duration | undefined;
  /** How long the platform wants to be left alone. */
  readonly after?: Temporal.Duration | undefined;
};

/** Puts an answer into the outbox, which says it directly, and once. False where its person is not kept: nothing of theirs was recorded. */
export type Defer = (unshown: Unshown) => Promise<boolean>;

/** What an adapter hands to the coach. */
export type Ear = { readonly handle: Handle; readonly suggest: Suggest; readonly place: PlaceAccount; readonly defer: Defer } & Gated &
  Owing;

/** How sending went. */
export type SendResult =
  /** `message` is the platform's id of it, where it can be edited later. */
  | { readonly kind: "sent"; readonly message?: string }
  /** Not sent. Worth another try, not before `after` where the platform says so; being told to wait is no failure. */
  | { readonly kind: "later"; readonly after?: Temporal.Duration }
  /** Not sent, and nothing else would be: messages do not reach this person, or the channel is gone or takes none of ours. */
  | { readonly kind: "closed" }
  /** Not sent, and this will never be taken, unless the code is a strange one. `code` is the platform's own, for the log. */
  | { readonly kind: "refused"; readonly code: string; readonly isStrange?: boolean }
  /** It may have arrived. */
  | { readonly kind: "unknown" };

/**
 * How editing, or removing, a message went where it did not work: not yet; not in this way, as far as the platform says now; or there is no such
 * message any more, for certain. `code` is the platform's own, for the log.
 */
export type Unchanged =
  | { readonly kind: "later"; readonly after?: Temporal.Duration }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "gone"; readonly code: string };

/** How editing went. To edit twice does no harm. */
export type EditResult = { readonly kind: "edited" } | Unchanged;

/** How removing went. */
export type RemoveResult = { readonly kind: "removed" } | Unchanged;

/** A platform's side of the coach. It carries and draws, and decides nothing. */
export interface Adapter extends Answering {
  /** Listens, and answers with what `ear` gives. Resolves when it is ready, or has failed for the first time and will try again. */
  start(ear: Ear): Promise<void>;
  /**
   * Says `reply` unasked. The same `key` is the same message: where the platform recognises it, it is shown once. `since` is when an
   * earlier try went out that may have arrived, for platforms that have to look for it. Never throws.
   */
  send(surface: Surface, reply: Reply, key: DeliveryKey, since?: Temporal.Instant): Promise<SendResult>;
  /** Gives the message that a send to `surface` gave the id of these words in place of its own. Never throws. */
  edit(surface: Surface, message: string, reply: Reply): Promise<EditResult>;
  /** Takes the message that a send to `surface` gave the id of away. Never throws. */
  remove(surface: Surface, message: string): Promise<RemoveResult>;
  /** For how long the platform recognises a key again. Zero where it does not. */
  readonly recognisesFor: Temporal.Duration;
  /** Resolves when it has listened to its end: its input closed, or `stop` was called; "refused" where its platform takes it no longer. */
  readonly ended: Promise<"refused" | void>;
  /** Takes in nothing more, lets what is under way finish, and gives back what it holds. */
  stop(): Promise<void>;
}
