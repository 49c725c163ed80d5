/** The port of a platform adapter: what it passes to the coach, and what the outbox calls. */

import type { Suggestion } from "#core/autocomplete.ts";
import type { Address, DeliveryKey, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { PostPermission } from "#core/model/group.ts";
import type { Reply } from "#core/model/reply.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account } from "#core/model/user.ts";
import type { Gated } from "./gate.ts";

/** A file that a user sent, not downloaded yet. */
export type SentFile = {
  readonly name: string;
  /** In bytes, if the platform states it. */
  readonly size: number;
  /** Whether the file is stored outside the platform, for example in a cloud drive: it is never fetched. Default false. */
  readonly isElsewhere?: boolean;
  /** Reads at most `most` bytes. The caller owns the buffer. */
  read(most: number): Promise<FileRead>;
};

/** The result of reading a file. `code` is the reason of a failure, for the log. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "elsewhere" | "too-large" }
  | { readonly kind: "unreachable"; readonly code: string };

/** Reports that everything possible was done to show the reply to `source`: it is not shown again after a restart. */
export type MarkShown = (source: MessageId) => void;

/** The part of an incoming message that allows a reply after a restart. */
export type Answerable = {
  /** The adapter's own data for that reply. Only the adapter reads it. It may hold a secret that is valid for a few minutes. */
  readonly answerTo?: string;
};

/** What an adapter reports about replies. */
export type Owing = { readonly shown?: MarkShown };

/** An adapter that can show replies after a restart. */
export interface Answering {
  /**
   * Shows a reply that an earlier process may not have shown, in a form that does not double if the platform has one. False if the adapter
   * is stopping: the reply is still owed.
   */
  answer?(unanswered: UnansweredReply): Promise<boolean>;
}

/** An address that takes messages; `direct` if only the coach and one user read it. */
export type Surface = { readonly platform: PlatformName; readonly address: Address; readonly reach: "direct" | "shared" };

/** One incoming message. A pressed button arrives as the words that it stands for. */
export type Inbound = Answerable & {
  readonly source: MessageId;
  /** A second id, for platforms that may send several events for one message: it is handled once under both ids. */
  readonly also?: MessageId;
  readonly account: Account;
  /** Undefined if the platform does not say: channel commands are not run then, and nothing is announced. */
  readonly surface: Surface | undefined;
  readonly text: string;
  /** Whether the platform lets this user manage the channel now. Default false. */
  readonly mayManage?: () => Promise<boolean>;
  /** Whether the platform lets the bot post in the channel now. Default true. Never rejects. */
  readonly mayPost?: () => Promise<PostPermission>;
  /** The attached file, if there is one. */
  readonly file?: SentFile;
};

/** Replies to one incoming message; undefined if it was answered before. */
export type HandleMessage = (inbound: Inbound) => Promise<Reply | undefined>;

/** A partly typed argument of a command, and the values of its other arguments. Nothing of it is stored. */
export type AutocompleteRequest = {
  readonly account: Account;
  readonly command: string;
  readonly arg: string;
  readonly words: string;
  readonly others: Readonly<Record<string, string>>;
};

/** Suggestions for that argument, the most likely first; at most 25, possibly none. */
export type Suggest = (typing: AutocompleteRequest) => Promise<readonly Suggestion[]>;

/** The platform reports a user's time zone. It is applied if it differs from the last reported one; otherwise the user's setting stays. */
export type UpdateTimeZone = (account: Account) => Promise<void>;

/** A reply that its platform did not accept in time. */
export type DeferredReply = {
  readonly account: Account;
  readonly source: MessageId;
  readonly reply: Reply;
  /** How long delivery was tried, if the reply may have arrived; its key was that of `answerKey`. */
  readonly triedFor?: Temporal.Duration | undefined;
  /** How long the platform asks us to wait. */
  readonly after?: Temporal.Duration | undefined;
};

/** Queues a reply as one direct message. False if the user is not stored: nothing of theirs was recorded. */
export type Defer = (unshown: DeferredReply) => Promise<boolean>;

/** The coach's API for adapters. */
export type CoachApi = {
  readonly handle: HandleMessage;
  readonly suggest: Suggest;
  readonly updateTimeZone: UpdateTimeZone;
  readonly defer: Defer;
} & Gated &
  Owing;

/** The result of sending. */
export type SendResult =
  /** `message` is the platform's message id, if the message can be edited later. */
  | { readonly kind: "sent"; readonly message?: string }
  /** Not sent; worth a retry, not before `after` if the platform states it. A requested wait does not count as a failure. */
  | { readonly kind: "later"; readonly after?: Temporal.Duration }
  /** Not sent, and no message would be: the user is unreachable, or the channel is gone or rejects our messages. */
  | { readonly kind: "closed" }
  /** Not sent, and never will be, unless the code is unknown to us. `code` is the platform's own, for the log. */
  | { readonly kind: "refused"; readonly code: string; readonly isUnknownCode?: boolean }
  /** It may have arrived. */
  | { readonly kind: "unknown" };

/**
 * Why an edit or a removal failed: "later" is worth a retry; "refused" means that the platform does not allow it now; "gone" means that
 * the message no longer exists. `code` is the platform's own, for the log.
 */
export type Unchanged =
  | { readonly kind: "later"; readonly after?: Temporal.Duration }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "gone"; readonly code: string };

/** The result of editing. Editing twice does no harm. */
export type EditResult = { readonly kind: "edited" } | Unchanged;

/** The result of removing. */
export type RemoveResult = { readonly kind: "removed" } | Unchanged;

/** A platform adapter. It transports and renders, and decides nothing. */
export interface Adapter extends Answering {
  /** Listens, and answers with `api`. Resolves when it is ready, or when the first attempt failed and it will retry. */
  start(api: CoachApi): Promise<void>;
  /**
   * Sends `reply` unasked. A key identifies one message: a platform that recognises the key shows it once. `since` is the time of an
   * earlier attempt that may have arrived, for platforms that have to search for it. Never throws.
   */
  send(surface: Surface, reply: Reply, key: DeliveryKey, since?: Temporal.Instant): Promise<SendResult>;
  /** Replaces the text of the message with the id that `send` to `surface` returned. Never throws. */
  edit(surface: Surface, message: string, reply: Reply): Promise<EditResult>;
  /** Removes the message with the id that `send` to `surface` returned. Never throws. */
  remove(surface: Surface, message: string): Promise<RemoveResult>;
  /** How long the platform recognises a key. Zero if it does not. */
  readonly recognisesFor: Temporal.Duration;
  /** Resolves when listening ends, because the input closed or `stop` was called; "refused" if the platform rejects the bot for good. */
  readonly ended: Promise<"refused" | void>;
  /** Accepts no more messages, lets running work finish, and releases its resources. */
  stop(): Promise<void>;
}
