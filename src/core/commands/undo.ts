/** `/undo`: takes the last thing back, or does it again. */

import { freeText } from "../args.ts";
import { after, command } from "../command.ts";
import { turn } from "../edit.ts";
import { refuse } from "../refusal.ts";

/** Takes back the last thing that this person did; said again, does it again. */
export const undo = command({
  name: "undo",
  summary: "takes back the last thing that you did; said again, it is done again",
  // Nobody types it: buttons name what they take back.
  args: { which: freeText("", "optional") },
  examples: ["/undo"],
  isListed: true,
  prepare: ({ which }, known) =>
    after({ act: true }, ({ act }) => {
      if (!act) return refuse("nothing-to-undo", "", "/log 20 strength");
      return which === "" || which === act.id ? turn(act, known) : refuse("stale-undo", "", "/history");
    }),
});
