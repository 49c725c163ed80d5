/** The port of a platform: what it hands to the coach, and what the outbox asks of it. */

import type { Suggestion } from "#core/autocomplete.ts";
import type { Address, DeliveryKey, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { PostPermission } from "#core/model/group.ts";
import type { Reply } from "#core/model/reply.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account } from "#core/model/user.ts";
import type { Gated } from "./gate.ts";

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

/** Says that all that can be done to show the answer to `source` was done: it is not given again after a restart. */
export type MarkShown = (source: MessageId) => void;

/** What arrived, where its answer can be given after a restart. */
export type Answerable = {
  /** With which its adapter gives it. Nobody else reads it, and it may hold a secret of a few minutes. */
  readonly answerTo?: string;
};

/** What is heard of answers. */
export type Owing = { readonly shown?: MarkShown };

/** What can give answers again. */
export interface Answering {
  /**
   * Gives one that a process before this one may not have shown: in a form that does not double, where there is one. False where the adapter
   * takes nothing more, as at a stop: then it is still owed.
   */
  answer?(unanswered: UnansweredReply): Promise<boolean>;
}

/** A place where something can be said; `direct` when only the coach and one person are there. */
export type Surface = { readonly platform: PlatformName; readonly address: Address; readonly reach: "direct" | "shared" };

/** One thing that arrived. A button that was pressed arrives as the words that it stands for. */
export type Inbound = Answerable & {
  readonly source: MessageId;
  /** Another id of it, where the platform may make several events of one thing: under either it is done and answered once. */
  readonly also?: MessageId;
  readonly account: Account;
  /** Undefined where the platform does not say: then nothing is done that belongs to a place, and nothing is announced. */
  readonly surface: Surface | undefined;
  readonly text: string;
  /** Whether this person may manage that place now, as the platform has it. Left out, they may not. */
  readonly mayManage?: () => Promise<boolean>;
  /** Whether the coach may post in that place now, as the platform has it. Left out, it may. Never rejects. */
  readonly mayPost?: () => Promise<PostPermission>;
  /** What came with it, where anything did. */
  readonly file?: SentFile;
};

/** Answers one inbound; undefined when it had been answered before. */
export type HandleMessage = (inbound: Inbound) => Promise<Reply | undefined>;

/** Words that are being typed into an argument of a command, and what stands in its other arguments. Nothing is kept of them. */
export type AutocompleteRequest = {
  readonly account: Account;
  readonly command: string;
  readonly arg: string;
  readonly words: string;
  readonly others: Readonly<Record<string, string>>;
};

/** What can be said in that place, the most likely first; at most 25, and nothing where nothing is worth offering. */
export type Suggest = (typing: AutocompleteRequest) => Promise<readonly Suggestion[]>;

/** The platform says where somebody is. Their days follow where that is another time zone than it said before; else what they set stays. */
export type UpdateTimeZone = (account: Account) => Promise<void>;

/** An answer that its platform did not take while somebody waited for it. */
export type DeferredReply = {
  readonly account: Account;
  readonly source: MessageId;
  readonly reply: Reply;
  /** For how long it was tried, where it may have arrived; its key was that of `answerKey`. */
  readonly triedFor?: Temporal.Duration | undefined;
  /** How long the platform wants to be left alone. */
  readonly after?: Temporal.Duration | undefined;
};

/** Puts an answer into the outbox, which says it directly, and once. False where its person is not kept: nothing of theirs was recorded. */
export type Defer = (unshown: DeferredReply) => Promise<boolean>;

/** What an adapter hands to the coach. */
export type CoachApi = {
  readonly handle: HandleMessage;
  readonly suggest: Suggest;
  readonly updateTimeZone: UpdateTimeZone;
  readonly defer: Defer;
} & Gated &
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
  | { readonly kind: "refused"; readonly code: string; readonly isUnknownCode?: boolean }
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
  /** Listens, and answers with what `api` gives. Resolves when it is ready, or has failed for the first time and will try again. */
  start(api: CoachApi): Promise<void>;
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
