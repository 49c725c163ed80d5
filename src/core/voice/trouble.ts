/** What is said when the coach itself is at fault. */

import { type Block, bold, text } from "../reply.ts";

/** After something broke. `reference` is what the log line about it carries. */
export function sayTrouble(reference: string): Block {
  return text(bold("That went wrong on my side."), ` Nothing is recorded; please say it again in a moment. Reference: ${reference}`);
}
