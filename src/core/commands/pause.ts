/** `/pause`, `/resume` and `stop`: how long the bot sends no messages. */

import { changeUser } from "#core/model/last-action.ts";
import { freeText, ignored } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { matchDay, findWeekday } from "#core/parsing/day.ts";
import { endPause, maxPause, pauseOn, pauseUntil } from "#core/training/pauses.ts";
import { refuse } from "#core/model/refusal.ts";
import { buttons } from "#core/model/reply.ts";
import type { RequestContext, Result } from "#core/model/context.ts";
import { say } from "#core/model/context.ts";
import { pastWeeks, streakOf } from "#core/training/streak.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { weekdayOf, weekOf } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { sayNotPaused, sayPaused, sayResumed, sayStopped } from "#core/voice/pause.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { summarize } from "#core/training/week-summary.ts";

/** The pause when no length is given. */
const usual = { weeks: 2 };

/** Pauses messages for a while. */
export const pause = command({
  name: "pause",
  summary: "no messages for a while, such as 2w, 10 days or until 5 dec; streaks wait",
  args: { duration: freeText("how long, or until when; two weeks where left out", "optional") },
  examples: ["/pause 2w", "/pause 10 days", "/pause until friday", "/pause"],
  isListed: true,
  prepare({ duration }, context) {
    const until = parseUntil(duration, context.today);
    const isTooLong = until && Temporal.PlainDate.compare(until, context.today.add(maxPause)) > 0;
    if (!until || isTooLong) return refuse("bad-pause", quotable(duration), "/pause 2w");
    return change(pauseUntil(context.user, context.today, until), context, sayPaused(until, context));
  },
});

/** Ends a pause, or turns messages on again after `stop`. */
export const resume = command({
  name: "resume",
  summary: "ends a pause, or brings messages back after stop",
  args: { words: ignored() },
  examples: ["/resume"],
  isListed: true,
  prepare(_, context) {
    const { user, today } = context;
    if (!user.isStopped && !pauseOn(user, today)) return say(sayNotPaused());
    return withData({ sessions: { from: beginning, until: today.add({ days: 1 }) } }, ({ sessions }) => {
      const week = weekOf(today, user.firstDay);
      const streak = streakOf(pastWeeks(sessions, week, user.firstDay), summarize(sessions, week), user);
      return change({ ...endPause(user, today), isStopped: false }, context, sayResumed(context, streak));
    });
  },
});

/** Turns all messages off. Words after it are ignored: a user who wants silence must not be asked about wording. */
export const stop = command({
  name: "stop",
  summary: "ends all messages from me, everywhere; logging works as before",
  args: { words: ignored() },
  examples: ["/stop"],
  isListed: true,
  prepare: (_, context) => change({ ...context.user, isStopped: true }, context, sayStopped()),
});

function change(to: User, { user, id }: RequestContext, said: ReturnType<typeof sayStopped>): Result {
  const isOff = to.isStopped || to.pauses.length > user.pauses.length;
  const undo = { label: "Undo", says: `/undo ${id}` };
  const choices = isOff ? [{ label: "Resume", says: "/resume" }, undo] : [undo];
  return { reply: { blocks: [said, buttons(...choices)] }, changes: changeUser(user, to, id) };
}

/** The first day with messages again; undefined if `said` is neither a length nor a date. */
function parseUntil(said: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const words = fold(said)
    .split(/\s+/)
    .filter((word) => word !== "" && word !== "for" && word !== "please");
  if (words.length === 0) return today.add(usual);
  const [first = ""] = words;
  const isDate = first === "until" || first === "till" || first === "til";
  return isDate ? dayToCome(words.slice(1), today) : (lengthOf(words.join(""), today) ?? dayToCome(words, today));
}

const numbers = ["", "one", "two", "three", "four", "five", "six"];
const units = { d: "days", w: "weeks", m: "months", y: "years" } as const;

function lengthOf(said: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const found = /^(\d{1,3}|an?|one|two|three|four|five|six)(d|w|m|y)(?:ays?|eeks?|onths?|ears?|o|k|ks)?$/.exec(said);
  const [, amount = "", unit = ""] = found ?? [];
  const count = Number(/^\d+$/.test(amount) ? amount : Math.max(1, numbers.indexOf(amount)));
  return found && count > 0 ? today.add({ [units[unit as keyof typeof units]]: count }) : undefined;
}

/** The next such weekday, or a date. A past date without a year means next year; a past date with a year is undefined. */
function dayToCome(words: readonly string[], today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const [first = "", second] = words;
  if (first === "tomorrow" && !second) return today.add({ days: 1 });
  const weekday = findWeekday(first === "next" ? (second ?? "") : first);
  if (weekday) return today.add({ days: ((weekday - weekdayOf(today) + 6) % 7) + 1 });
  const read = matchDay(words, { today });
  if (read?.value.kind !== "day" || read.count !== words.length) return undefined;
  const { day } = read.value;
  if (Temporal.PlainDate.compare(day, today) > 0) return day;
  return /\d{4}/.test(words.join(" ")) || /[a-z]+ ?ago|yesterday|today/.test(words.join(" ")) ? undefined : day.add({ years: 1 });
}
