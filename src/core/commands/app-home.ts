/** The home page that a platform shows to one user: the week and buttons for the next steps. */

import { mapResult, command } from "#core/command.ts";
import { isRefusal } from "#core/model/refusal.ts";
import { say } from "#core/model/context.ts";
import { sayHome } from "#core/voice/home.ts";
import { week } from "./week.ts";

/** Shows the current week with buttons. Changes nothing, so a platform may render it without a request. */
export const home = command({
  name: "home",
  summary: "shows your week and what you can do",
  args: {},
  examples: ["/home"],
  isListed: false,
  prepare(_, context) {
    return mapResult(week.prepare("", context), (shown) => (isRefusal(shown) ? shown : say(...sayHome(shown.reply.blocks))));
  },
});
