/** `/why`: what stands behind the number, and how sure it is. */

import { ignored } from "../args.ts";
import { atOnce, command } from "../command.ts";
import { say } from "../situation.ts";
import { sayWhy } from "../voice/why.ts";

/** Says what the number rests on. */
export const why = command({
  name: "why",
  summary: "says what the number rests on, and how sure it is",
  args: { words: ignored() },
  examples: ["/why"],
  isListed: true,
  prepare: (_, { user }) => atOnce(say(...sayWhy(user))),
});
