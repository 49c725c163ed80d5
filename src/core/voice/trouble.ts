/** What is said when the coach itself is at fault. */

import { type Block, bold, text } from "../reply.ts";

/** After something broke. `reference` is what the log line about it carries. */
export function sayTrouble(reference: string): Block {
  return text(bold("That went wrong on my side."), ` Nothing is recorded; please say it again in a moment. Reference: ${reference}`);
}

/** Where the coach was let in once and holds no key any more. */
export function sayShownOut(): Block {
  const how = " I hold no key to this workspace any more: whoever added me can add me again. What you logged before stays.";
  return text(bold("Nothing is recorded."), how);
}
