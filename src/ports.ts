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
 */

import type { Act } from "#core/act.ts";
import type { Address, PlatformName, SessionId, SourceId, UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import type { Question } from "#core/question.ts";
import type { Reply } from "#core/reply.ts";
import type { Session } from "#core/session.ts";
import type { Page } from "#core/situation.ts";
import type { Days } from "#core/time.ts";
import type { Account, User } from "#core/user.ts";

/** A place where something can be said; `direct` when only the coach and one person are there. */
export type Surface = { readonly platform: PlatformName; readonly address: Address; readonly reach: "direct" | "shared" };

/** One thing that arrived. A button that was pressed arrives as the words that it stands for. */
export type Inbound = { readonly source: SourceId; readonly account: Account; readonly surface: Surface; readonly text: string };

/** Where everything is kept. Every value that it gives was parsed; a broken row throws. */
export interface Store {
  /** The person behind an account; undefined before their first change. */
  findUser(account: Account): Promise<User | undefined>;
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
  /** Makes all of `changes` or none. "stale", with nothing kept, when the first touched nothing because it had been made before. */
  commit(changes: readonly Change[]): Promise<"done" | "stale">;
  /** Gives back what the store holds. Nothing may be asked afterwards. */
  close(): Promise<void>;
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

/** A platform's side of the coach. It carries and draws, and decides nothing. */
export interface Adapter {
  /** Listens, and answers with what `handle` gives. Resolves when it is ready. */
  start(handle: Handle): Promise<void>;
  /** Resolves when it has listened to its end: its input closed, or `stop` was called. */
  readonly ended: Promise<void>;
  /** Takes in nothing more, lets what is under way finish, and gives back what it holds. */
  stop(): Promise<void>;
}
