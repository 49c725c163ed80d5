/** How much is kept of one person in one row: whatever writes more is refused, and of what holds more already nothing is read. */

import type { Row } from "#src/store/sql/rows.ts";

/**
 * The most bytes of somebody's settings. As many own words as the commands take, each as long as can be, are less; a bigger row would hold up
 * everybody each time that its person says something.
 */
export const maxSettings = 131_072;

/** The most bytes of an act: settings before and after, and as many sessions as one message can hold. */
export const maxAct = 4 * maxSettings;

/** The most letters of each text of a session: more than the commands take, in UTF-16 units. */
const maxText = 8192;

/** What is read in place of settings that are too large to be read: nothing is sent to whoever had them, and else all is as usual. */
export const lostSettings = '{"isStopped":true,"areLost":true}';

/** `text`, where it is no longer than `most` bytes. Throws else. */
export function checkSize(text: string, most: number, what: string): string {
  const bytes = text.length * 3 > most ? Buffer.byteLength(text) : text.length;
  if (bytes <= most) return text;
  throw new Error(`Keep ${what}: ${bytes} bytes are more than the ${most} that one row may hold. Nothing of the commit is kept`);
}

/** The row of a session, where none of its texts is too long. Throws else. */
export function checkSession(row: Row<"session">): Row<"session"> {
  const texts = [row.id, row.note, row.word, row.activity];
  const longest = Math.max(...texts.map((text) => text?.length ?? 0));
  if (longest <= maxText) return row;
  throw new Error(`Keep a session: a text of ${longest} letters is longer than ${maxText}. Nothing of the commit is kept`);
}
