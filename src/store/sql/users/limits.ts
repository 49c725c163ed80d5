/** Size limits of one user's rows. A larger write is refused; a larger row is not read. */

import type { Row } from "#src/store/sql/rows.ts";

/**
 * Largest settings of a user, in bytes. The longest allowed words in the largest allowed number take less. A larger row would delay
 * everybody each time its user writes.
 */
export const maxSettings = 131_072;

/** Largest last action, in bytes: settings before and after, and the sessions of one message. */
export const maxAct = 4 * maxSettings;

/** Longest text of a session, in UTF-16 units; more than the commands accept. */
const maxText = 8192;

/** Settings that are read in place of those over `maxSettings`. They stop all messages to the user; everything else is at its default. */
export const lostSettings = '{"isStopped":true,"areLost":true}';

/** Returns `text`. Throws when it is longer than `most` bytes. */
export function checkSize(text: string, most: number, what: string): string {
  const bytes = text.length * 3 > most ? Buffer.byteLength(text) : text.length;
  if (bytes <= most) return text;
  throw new Error(`Keep ${what}: ${bytes} bytes are more than the ${most} that one row may hold. Nothing of the commit is kept`);
}

/** Returns the row of a session. Throws when one of its texts is longer than `maxText`. */
export function checkSession(row: Row<"session">): Row<"session"> {
  const texts = [row.id, row.note, row.word, row.activity];
  const longest = Math.max(...texts.map((text) => text?.length ?? 0));
  if (longest <= maxText) return row;
  throw new Error(`Keep a session: a text of ${longest} letters is longer than ${maxText}. Nothing of the commit is kept`);
}
