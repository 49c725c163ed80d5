/** `/undo`: undoes the last action, or redoes it. */

import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { toggleLastAction } from "#core/commands/log/edit-session.ts";
import { refuse } from "#core/model/refusal.ts";

/** Undoes the user's last action. The second time it redoes it. */
export const undo = command({
  name: "undo",
  summary: "takes back the last thing that you did; said again, it is done again",
  // Users do not type it: buttons name the action.
  args: { which: freeText("", "optional") },
  examples: ["/undo"],
  isListed: true,
  prepare: ({ which }, context) =>
    withData({ lastAction: true }, ({ lastAction }) => {
      if (!lastAction) return refuse("nothing-to-undo", "", "/log 20 strength");
      return which === "" || which === lastAction.id ? toggleLastAction(lastAction, context) : refuse("stale-undo", "", "/history");
    }),
});
