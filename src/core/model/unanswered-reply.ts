/** Answers to what was committed, kept from the commit until they were shown: a process that is killed between the two owes them. */

import type { MessageId, UserId } from "#core/lib/ids.ts";
import type { Block, Reply } from "./reply.ts";
import type { AccountKey } from "./user.ts";

/** An answer that may not have been shown. */
export type UnansweredReply = {
  readonly source: MessageId;
  /** Whose it is: it goes when they are forgotten. */
  readonly userId: UserId;
  /** The account that asked. */
  readonly account: AccountKey;
  /** When it was committed. */
  readonly at: Temporal.Instant;
  /** From when on another process may give it. */
  readonly dueAt: Temporal.Instant;
  /** For the adapter alone. */
  readonly answerTo: string;
  readonly reply: Reply;
};

/** How long the process that committed it has to show it, how long one that takes it over has, and how long an answer is of use. */
export const unansweredRules = { grace: { seconds: 5 }, lease: { seconds: 90 }, use: { hours: 6 } } as const;

/** The most that is kept of one answer, as UTF-16 units of its JSON. */
const maxStoredLength = 16_384;

/**
 * `reply` as it is kept: without pictures and files where it is too large, and undefined where its words alone are. An announcement
 * is left out: nobody could tell whether it was said already.
 */
export function storableReply({ blocks }: Reply): Reply | undefined {
  const isWord = ({ kind }: Block): boolean => kind !== "picture" && kind !== "file";
  return [{ blocks }, { blocks: blocks.filter(isWord) }].find((kept) => JSON.stringify(kept).length <= maxStoredLength);
}
