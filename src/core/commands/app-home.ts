/** What a page of one's own shows: the week, and what can be done from there. */

import { command } from "#core/command.ts";
import { isRefusal } from "#core/model/refusal.ts";
import { say } from "#core/model/context.ts";
import { sayHome } from "#core/voice/home.ts";
import { week } from "./week.ts";

/** Shows the week so far with all that is one press away. Changes nothing, so that it can be shown without being asked for. */
export const home = command({
  name: "home",
  summary: "shows your week and what you can do",
  args: {},
  examples: ["/home"],
  isListed: false,
  prepare(_, context) {
    const asked = week.prepare("", context);
    if (isRefusal(asked)) return asked;
    return {
      needs: asked.needs,
      decide(data) {
        const shown = asked.decide(data);
        return "reply" in shown ? say(...sayHome(shown.reply.blocks)) : shown;
      },
    };
  },
});
