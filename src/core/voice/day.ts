/** What is said of one day of the plan. */

import { type Block, bold, text } from "#core/model/reply.ts";
import type { Weekday } from "#core/lib/time.ts";
import { weekdayName } from "#core/phrases.ts";

/** After thanks. */
export function sayThanks(): Block {
  return text(bold("Gladly."), " Enjoy the day.");
}

/** After a planned day was kept. */
export function sayKept(weekday: Weekday): Block {
  return text(bold("Kept."), ` ${weekdayName(weekday)} stays on your plan.`);
}

/** After a planned day was taken out of this week. */
export function saySkipped(weekday: Weekday): Block {
  return text(bold("Fine."), ` ${weekdayName(weekday)} is free this week; the plan is as it was. A walk counts, too.`);
}

/** After a planned day was moved within this week. */
export function sayMoved(from: Weekday, to: Weekday): Block {
  return text(bold(`Moved to ${weekdayName(to)}.`), ` ${weekdayName(from)} is free this week; the plan is as it was.`);
}
