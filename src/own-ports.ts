/** Ports of what people own: files that come in, codes that link accounts, and the part of the store that reads all that is theirs. */

import type { KeptBatch } from "#core/batch.ts";
import type { Belongings, Holdings } from "#core/belongings.ts";
import type { SourceId, UserId } from "#core/brand.ts";
import type { Importing } from "#core/import/incoming.ts";
import type { LinkedAccount, Offer, Tries } from "#core/link.ts";
import type { Session } from "#core/session.ts";
import type { Known } from "#core/situation.ts";
import type { Unanswered } from "#core/unanswered.ts";
import type { AccountKey } from "#core/user.ts";

/** A file that somebody sent, still where it is. */
export type SentFile = {
  readonly name: string;
  /** In bytes, as far as the platform tells. */
  readonly size: number;
  /** Whether the platform says that it lies somewhere else, as in a cloud drive: nobody fetches it there. Left out, it does not. */
  readonly isElsewhere?: boolean;
  /** Its bytes, `most` of them at most, which are the reader's from then on. */
  read(most: number): Promise<FileRead>;
};

/** What came of reading a file. `code` says for the log why it could not be had. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "elsewhere" | "too-large" }
  | { readonly kind: "unreachable"; readonly code: string };

/** Codes by which somebody links another account. */
export interface Codes {
  /** A new one: what is typed, and what is kept of it. */
  fresh(): { readonly words: string; readonly hash: string };
  /** What is kept of a code that somebody typed. */
  hashOf(words: string): string;
}

/** Reads files of sessions, beside everything else that is going on. */
export interface Importer {
  /** Begins to read; gives how far it is after a moment, which may be its end. Undefined where the same was begun before. */
  begin(file: SentFile, known: Known, source: SourceId): Promise<Importing | undefined>;
  /** How far the last file is that came from this account. */
  stateOf(account: AccountKey): Importing | undefined;
}

/** Says that all that can be done to show the answer to `source` was done: it is not given again after a restart. */
export type Shown = (source: SourceId) => void;

/** What arrived, where its answer can be given after a restart. */
export type Answerable = {
  /** With which its adapter gives it. Nobody else reads it, and it may hold a secret of a few minutes. */
  readonly answerTo?: string;
};

/** What is heard of answers. */
export type Owing = { readonly shown?: Shown };

/** What can give answers again. */
export interface Answering {
  /**
   * Gives one that a process before this one may not have shown: in a form that does not double, where there is one. False where the adapter
   * takes nothing more, as at a stop: then it is still owed.
   */
  answer?(unanswered: Unanswered): Promise<boolean>;
}

/** What the store is asked of whoever owns it. */
export interface OwnStore {
  /** Their sessions by day, then in the order in which they were logged, from the first behind `after`. At most `limit`. */
  history(userId: UserId, after: Session | undefined, limit: number): Promise<readonly Session[]>;
  /** How much is kept of them, with what is kept aside; nothing for who is gone. */
  holdings(userId: UserId): Promise<Holdings>;
  /** Who made the code with that hash, and where; undefined where none is open. */
  findOffer(hash: string, now: Temporal.Instant): Promise<Offer | undefined>;
  /** How many wrong codes this account typed, and until when these count; undefined where none is kept. It outlives its person. */
  findTries(account: AccountKey): Promise<Tries | undefined>;
  /** How many wrong codes count at `now`, of all accounts together. */
  missedCodes(now: Temporal.Instant): Promise<number>;
  /** Their accounts, each with who it is again when it parts. */
  linked(userId: UserId): Promise<readonly LinkedAccount[]>;
  /** A batch of theirs that is kept aside; undefined where there is none, or none of its sessions. */
  findBatch(userId: UserId, id: UserId): Promise<KeptBatch | undefined>;
  /** Answers that nobody has noted as shown, the oldest first. At most `limit`. */
  unanswered(limit: number): Promise<readonly Unanswered[]>;
  /** The same for one inbound. */
  findUnanswered(source: SourceId): Promise<Unanswered | undefined>;
  /** Everything that is kept of them; undefined for who is gone. */
  belongings(userId: UserId): Promise<Belongings | undefined>;
}
