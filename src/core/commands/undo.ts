/** `/undo`: takes the last thing back, or does it again. */

import { freeText } from "#core/args.ts";
import { after, command } from "#core/command.ts";
import { turn } from "#core/commands/log/edit-session.ts";
import { refuse } from "#core/model/refusal.ts";

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
