/** Replies to the buttons for one planned day. */

import { type Block, bold, text } from "#core/model/reply.ts";
import type { Weekday } from "#core/lib/time.ts";
import { weekdayName } from "#core/phrases.ts";

/** In reply to thanks. */
export function sayThanks(): Block {
  return text(bold("Gladly."), " Enjoy the day.");
}

/** A planned day is kept. */
export function sayKept(weekday: Weekday): Block {
  return text(bold("Kept."), ` ${weekdayName(weekday)} stays on your plan.`);
}

/** A planned day was removed from this week. */
export function saySkipped(weekday: Weekday): Block {
  return text(bold("Fine."), ` ${weekdayName(weekday)} is free this week; the plan is as it was. A walk counts, too.`);
}

/** A planned day was moved within this week. */
export function sayMoved(from: Weekday, to: Weekday): Block {
  return text(bold(`Moved to ${weekdayName(to)}.`), ` ${weekdayName(from)} is free this week; the plan is as it was.`);
}
