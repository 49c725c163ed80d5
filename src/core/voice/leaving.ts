/** The texts of leaving a group, removing a channel from it, and deleting it. */

import type { Group } from "#core/model/group.ts";
import { type Block, bold, text } from "#core/model/reply.ts";

/** Live messages are edited after the reply, and an edit may be retried for a while. */
const takenDown = "Your name is coming off the round-ups that I posted; where that doesn't work at once, I keep at it until it's gone.";

/** A member left. */
export function sayLeft({ name }: Group): Block {
  return text(
    bold(`You have left ${name}.`),
    ` Nothing of yours goes to the others from now on, and what you logged stays yours. ${takenDown}`,
  );
}

/** A channel was removed, or the whole group was deleted. */
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
