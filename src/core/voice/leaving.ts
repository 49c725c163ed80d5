/** What is said to whoever left a group, took a channel out of it, or ended it. */

import type { Group } from "#core/model/group.ts";
import { type Block, bold, text } from "#core/model/reply.ts";

/** What stands in a channel is edited a moment after the answer, and may take longer. */
const takenDown = "Your name is coming off the round-ups that I posted; where that doesn't work at once, I keep at it until it's gone.";

/** After somebody left. */
export function sayLeft({ name }: Group): Block {
  return text(
    bold(`You have left ${name}.`),
    ` Nothing of yours goes to the others from now on, and what you logged stays yours. ${takenDown}`,
  );
}

/** After a channel was taken out, or the whole group ended. */
export function sayRemoved({ name }: Group, what: "channel" | "group"): Block {
  return what === "channel"
    ? text(
        bold(`This channel is none of ${name} any more.`),
        " I'm taking the names off the round-ups here, and keep at it until they're gone.",
      )
    : text(
        bold(`${name} has ended.`),
        " What each member logged stays theirs. I'm taking the names off what I posted, and keep at it until they're gone.",
      );
}
