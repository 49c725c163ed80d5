/** The buttons of a nudge: thanks, keep a planned day, skip it, or move it within this week. */

import { changeUser } from "#core/model/last-action.ts";
import { oneWord } from "#core/args.ts";
import { command } from "#core/command.ts";
import { findWeekday } from "#core/parsing/day.ts";
import { plannedDays } from "#core/training/plan.ts";
import { refuse } from "#core/model/refusal.ts";
import { buttons } from "#core/model/reply.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { type Weekday, weekdays, weekOf } from "#core/lib/time.ts";
import { sayKept, sayMoved, saySkipped, sayThanks } from "#core/voice/day.ts";

const day = oneWord("which day");

/** Acknowledges thanks. */
export const thanks = command({
  name: "thanks",
  summary: "takes thanks",
  args: {},
  examples: ["/schedule"],
  isListed: false,
  prepare: () => say(sayThanks()),
});

/** Keeps a planned day. */
export const keep = command({
  name: "keep",
  summary: "leaves a planned day as it is",
  args: { day },
  examples: ["/plan"],
  isListed: false,
  prepare({ day: word }) {
    const weekday = findWeekday(fold(word));
    return weekday ? say(sayKept(weekday)) : refuse("bad-value", quotable(word), "/plan");
  },
});

/** Removes one planned day from this week. */
export const skip = command({
  name: "skip",
  summary: "takes one planned day out of this week",
  args: { day },
  examples: ["/plan"],
  isListed: false,
  prepare({ day: word }, context) {
    const weekday = findWeekday(fold(word));
    if (!weekday) return refuse("bad-value", quotable(word), "/plan");
    return changeDays(context, weekday, undefined);
  },
});

/** Moves one planned day to another within this week. */
export const move = command({
  name: "move",
  summary: "moves one planned day to another within this week",
  args: { day, to: oneWord("to which day") },
  examples: ["/plan"],
  isListed: false,
  prepare({ day: word, to: other }, context) {
    const [from, to] = [findWeekday(fold(word)), findWeekday(fold(other))];
    if (!from || !to) return refuse("bad-value", quotable(`${word} ${other}`), "/plan");
    return changeDays(context, from, to);
  },
});

/** An old button, from last week or already pressed, is refused because its day is no longer planned. */
function changeDays({ user, today, id }: RequestContext, from: Weekday, to: Weekday | undefined): Step {
  const week = weekOf(today, user.firstDay);
  const planned = plannedDays(user, week);
  if (!planned.includes(from)) return refuse("not-planned", "", "/plan");
  const days = weekdays.filter((weekday) => weekday === to || (weekday !== from && planned.includes(weekday)));
  return {
    reply: { blocks: [to ? sayMoved(from, to) : saySkipped(from), buttons({ label: "Undo", says: `/undo ${id}` })] },
    changes: changeUser(user, { ...user, moved: { week: week.from, days } }, id),
  };
}
