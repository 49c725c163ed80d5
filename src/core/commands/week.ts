/** `/week`: how a week stands. */

import { oneOf } from "../args.ts";
import { after, command } from "../command.ts";
import { buttons } from "../reply.ts";
import { say } from "../situation.ts";
import { pastWeeks, streakOf, trendOf } from "../streak.ts";
import { weekAfter, weekOf } from "../time.ts";
import { whyChoice } from "../voice/ask.ts";
import { sayWeek } from "../voice/week.ts";
import { summarize } from "../week.ts";
import { beginning } from "../weekly.ts";

/** Shows the week so far, or the last one. */
export const week = command({
  name: "week",
  summary: "shows the week so far, or the last one, with the weeks before it",
  args: { which: oneOf("last for the week before this one", new Map([["last", -1]])) },
  examples: ["/week", "/week last"],
  isListed: true,
  prepare({ which = 0 }, { user, today }) {
    const asked = weekAfter(weekOf(today, user.firstDay), which);
    return after({ days: { from: beginning, until: asked.until } }, ({ sessions }) => {
      const summary = summarize(sessions, asked);
      const past = pastWeeks(sessions, asked, user.firstDay);
      const facts = { user, today, summary, logged: [], isSecondDay: false, isFirstLog: false };
      const other = which === 0 ? { label: "Last week", says: "/week last" } : { label: "This week", says: "/week" };
      return say(
        ...sayWeek(facts, streakOf(past, summary, user), trendOf(past)),
        buttons(other, { label: "History", says: "/history" }, whyChoice(facts)),
      );
    });
  },
});
