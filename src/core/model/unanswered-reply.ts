/** Unanswered replies: stored with the commit until they are shown, in case the process is killed in between. */

import type { MessageId, UserId } from "#core/lib/ids.ts";
import type { Block, Reply } from "./reply.ts";
import type { AccountKey } from "./user.ts";

/** A reply that may not have been shown. */
export type UnansweredReply = {
  readonly source: MessageId;
  /** Its user. The reply is deleted when the user is forgotten. */
  readonly userId: UserId;
  /** The account that asked. */
  readonly account: AccountKey;
  /** The time of the commit. */
  readonly at: Temporal.Instant;
  /** From then on another process may show it. */
  readonly dueAt: Temporal.Instant;
  /** Where to send the reply. Only the adapter reads it. */
  readonly answerTo: string;
  readonly reply: Reply;
};

/** `grace`: time for the committing process to show it. `lease`: time for a process that takes it over. `use`: lifetime of a reply. */
export const unansweredRules = { grace: { seconds: 5 }, lease: { seconds: 90 }, use: { hours: 6 } } as const;

/** The longest stored reply, in UTF-16 units of its JSON. */
const maxStoredLength = 16_384;

/**
 * `reply` in its stored form. A reply that is too large loses its pictures and files; undefined when it is still too large. An announcement
 * is left out, because it may have been posted already.
 */
export function storableReply({ blocks }: Reply): Reply | undefined {
  const isWord = ({ kind }: Block): boolean => kind !== "picture" && kind !== "file";
  return [{ blocks }, { blocks: blocks.filter(isWord) }].find((kept) => JSON.stringify(kept).length <= maxStoredLength);
}
