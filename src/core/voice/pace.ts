/** What is said to somebody who sends more at once than the coach answers. */

import { type Block, bold, text } from "#core/model/reply.ts";

/** Once, before what else they send goes without an answer for a moment. */
export function sayTooFast(): Block {
  return text(
    bold("That's more than I can take in at once."),
    " Give me half a minute, then carry on. Whatever I don't answer until then isn't recorded.",
  );
}
