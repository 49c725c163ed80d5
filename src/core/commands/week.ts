/** `/week`: the summary of a week. */

import { oneOf } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { buttons } from "#core/model/reply.ts";
import { say } from "#core/model/context.ts";
import { pastWeeks, streakOf, trendOf } from "#core/training/streak.ts";
import { weekAfter, weekOf } from "#core/lib/time.ts";
import { whyChoice } from "#core/voice/ask.ts";
import { sayWeek } from "#core/voice/week.ts";
import { summarize } from "#core/training/week-summary.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** Shows this week or last week. */
export const week = command({
  name: "week",
  summary: "shows the week so far, or the last one, with the weeks before it",
  args: { which: oneOf("last for the week before this one", new Map([["last", -1]])) },
  examples: ["/week", "/week last"],
  isListed: true,
  prepare({ which = 0 }, { user, today }) {
    const asked = weekAfter(weekOf(today, user.firstDay), which);
    return withData({ sessions: { from: beginning, until: asked.until } }, ({ sessions }) => {
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
