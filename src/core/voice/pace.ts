/** The text for a user who sends messages faster than the bot answers. */

import { type Block, bold, text } from "#core/model/reply.ts";

/** Sent once. Further messages then go unanswered for a moment. */
export function sayTooFast(): Block {
  return text(
    bold("That's more than I can take in at once."),
    " Give me half a minute, then carry on. Whatever I don't answer until then isn't recorded.",
  );
}
