/** What a decision may know, and what comes of it. */

import type { Act } from "./act.ts";
import type { KeptBatch } from "./batch.ts";
import type { ActivityId, SessionId, UserId } from "./brand.ts";
import type { Holdings } from "./belongings.ts";
import type { Change } from "./change.ts";
import type { Delivery } from "./delivery.ts";
import type { Importing } from "./import/incoming.ts";
import type { LinkedAccount, Offer } from "./link.ts";
import type { Prompt } from "./prompt.ts";
import type { Question } from "./question.ts";
import type { Refusal } from "./refusal.ts";
import type { Reply } from "./reply.ts";
import type { Session } from "./session.ts";
import type { Days, TimeZone } from "./time.ts";
import type { Account, Reach, User } from "./user.ts";

/** What the store knows of the person behind an account. */
export type Found = {
  readonly user: User;
  /** Whether they have prompts: from a log on until three quiet weeks. */
  readonly isAwake: boolean;
  /** Whether messages reach this account. */
  readonly reach: Reach;
  /** Where the person is, as the account's platform said last; undefined where it says nothing. */
  readonly placedIn: TimeZone | undefined;
  /** Whose sessions that are logged by it are again when linked accounts part; undefined where they are theirs anyway. */
  readonly origin: UserId | undefined;
  /** Whether they spoke last on another account of theirs. */
  readonly isElsewhere: boolean;
};

/** Wrong codes that somebody typed, and until when these count. */
export type Tries = { readonly count: number; readonly until: Temporal.Instant };

/** What is known of every request before anything is looked up. */
export type Known = Found & {
  /** Whether this person has never changed anything here. */
  readonly isNew: boolean;
  readonly now: Temporal.Instant;
  /** The person's own local day. */
  readonly today: Temporal.PlainDate;
  /** In which they use their platform, as BCP 47; undefined where it does not tell. */
  readonly locale: string | undefined;
  /** A fresh id: ids of this request are made from it. */
  readonly id: string;
  /** By which this was said. */
  readonly account: Account;
  /** Whether only they and the coach are where it was said. */
  readonly isDirect: boolean;
  /** Days for which what is of no more use is kept. */
  readonly keptFor: number;
};

/** A stretch of somebody's history, newest first. */
export type Page = { readonly activity?: ActivityId; readonly skip: number; readonly limit: number };

/** What a decision has to look up: no more than this is read. */
export type Needs = {
  readonly days?: Days;
  readonly page?: Page;
  readonly session?: SessionId;
  readonly act?: true;
  readonly question?: true;
  readonly prompts?: true;
  /** At most so many of the latest. */
  readonly deliveries?: number;
  readonly holdings?: true;
  /** One that is kept aside. */
  readonly batch?: UserId;
  /** How far the reading of their last file is. */
  readonly importing?: true;
  /** A new code. */
  readonly freshCode?: true;
  /** Who made this code. */
  readonly code?: string;
  readonly tries?: true;
  /** All sessions of who made this code. */
  readonly offered?: string;
  readonly linked?: true;
};

/** All that a decision may know: what was asked for in `Needs`, and undefined where there is none. */
export type Situation = Known & {
  /** On the days that were asked for, by day. */
  readonly sessions: readonly Session[];
  /** The page that was asked for, newest first. */
  readonly page: readonly Session[];
  readonly session: Session | undefined;
  readonly act: Act | undefined;
  readonly question: Question | undefined;
  readonly prompts: readonly Prompt[];
  /** The newest first. */
  readonly deliveries: readonly Delivery[];
  readonly holdings: Holdings | undefined;
  readonly batch: KeptBatch | undefined;
  readonly importing: Importing | undefined;
  readonly freshCode: { readonly words: string; readonly hash: string } | undefined;
  /** Who made the code that was asked for, and what is kept of it. */
  readonly offer: Offer | undefined;
  readonly codeHash: string | undefined;
  readonly tries: Tries | undefined;
  readonly offered: readonly Session[];
  readonly linked: readonly LinkedAccount[];
};

/** A reply, and what is written before it is said. */
export type Outcome = { readonly reply: Reply; readonly changes: readonly Change[] };

/** A decision that waits for what it needs. */
export type Prepared = { readonly needs: Needs; decide(situation: Situation): Decision };

/** What a command comes to: an outcome, a refusal, or more to look up. */
export type Decision = Outcome | Refusal | Prepared;

/** A reply that changes nothing. */
export function say(...blocks: Reply["blocks"]): Outcome {
  return { reply: { blocks }, changes: [] };
}
