/** `/undo`: takes the last thing back, or does it again. */

import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { toggleLastAction } from "#core/commands/log/edit-session.ts";
import { refuse } from "#core/model/refusal.ts";

/** Takes back the last thing that this person did; said again, does it again. */
export const undo = command({
  name: "undo",
  summary: "takes back the last thing that you did; said again, it is done again",
  // Nobody types it: buttons name what they take back.
  args: { which: freeText("", "optional") },
  examples: ["/undo"],
  isListed: true,
  prepare: ({ which }, context) =>
    withData({ lastAction: true }, ({ lastAction }) => {
      if (!lastAction) return refuse("nothing-to-undo", "", "/log 20 strength");
      return which === "" || which === lastAction.id ? toggleLastAction(lastAction, context) : refuse("stale-undo", "", "/history");
    }),
});
