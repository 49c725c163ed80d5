/** When each prompt of a user is due next. */

import type { UserId } from "#core/lib/ids.ts";
import { dayAt, nextLocal, type Week, weekOf } from "#core/lib/time.ts";
import type { Prompt, PromptKind } from "#core/model/prompt.ts";
import { type User, defaultFeedback } from "#core/model/user.ts";
import { plannedOn } from "#core/training/plan.ts";
import { afterQuiet, isQuiet } from "./quiet-hours.ts";

/** When the day after strength is spoken of, and when a planned day without a log is. */
const nudgeTimes = { rest: Temporal.PlainTime.from("08:30"), training: Temporal.PlainTime.from("18:00") } as const;

/** The wall time at which a reason would be spoken of, quiet hours aside. */
export function askedTime(kind: PromptKind, user: User): Temporal.PlainTime {
  return kind === "weekly" ? feedbackTime(user).time : nudgeTimes[kind];
}

/** The week that a weekly prompt is for. */
export function weekOfPrompt({ localDate }: Pick<Prompt, "localDate">, { firstDay }: User): Week {
  return weekOf(localDate, firstDay);
}

/** When feedback on `week` is due: on the first asked day after its end, at the asked time. */
export function weeklyDue(user: User, week: Week, jitter: number): Temporal.Instant {
  const { weekday, time } = feedbackTime(user);
  const day = week.until.add({ days: (weekday - week.until.dayOfWeek + 7) % 7 });
  return outOfQuietHours(day.toZonedDateTime({ timeZone: user.timeZone, plainTime: time }).toInstant(), user, jitter);
}

/** When it is due after all, once its time has passed because the person changed it: as soon as a clock shows the asked time again. */
export function nextWeeklyTime(user: User, now: Temporal.Instant, jitter: number): Temporal.Instant {
  return outOfQuietHours(nextLocal({ time: feedbackTime(user).time }, user.timeZone, now), user, jitter);
}

/** Feedback that is off is still evaluated: prompts of a silent user end there. */
function feedbackTime({ feedback }: User): NonNullable<User["feedback"]> {
  return feedback ?? defaultFeedback;
}

/**
 * The next time after `after`, on `notBefore` or later, at which one of the daily reasons has its moment.
 *
 * Undefined when the person wants none, or plans no day.
 */
export function nextNudge(
  kind: "rest" | "training",
  user: User,
  { after, notBefore, jitter }: { readonly after: Temporal.Instant; readonly notBefore?: Temporal.PlainDate; readonly jitter: number },
): Prompt | undefined {
  if (kind === "rest" ? !user.restNudges : !user.trainingNudges || !user.plan) return undefined;
  const today = dayAt(after, user.timeZone);
  const first = notBefore && Temporal.PlainDate.compare(notBefore, today) > 0 ? notBefore : today;
  // A week may have no planned day left, and the next one has all of them.
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const localDate = first.add({ days: ahead });
    const dueAt = kind === "rest" || plannedOn(user, localDate) ? dueOn(localDate, nudgeTimes[kind], user, jitter) : undefined;
    if (dueAt && Temporal.Instant.compare(dueAt, after) > 0) return { userId: user.id, kind, dueAt, localDate };
  }
  return undefined;
}

/** Undefined where quiet hours leave nothing of the day, or the calendar has no such day. */
function dueOn(day: Temporal.PlainDate, time: Temporal.PlainTime, user: User, jitter: number): Temporal.Instant | undefined {
  const asked = day.toZonedDateTime({ timeZone: user.timeZone, plainTime: time }).toInstant();
  const settled = outOfQuietHours(asked, user, jitter);
  return dayAt(settled, user.timeZone).equals(day) ? settled : undefined;
}

/**
 * `asked` out of quiet hours, and later by this user's share of `jitter` minutes.
 *
 * Whoever asked for the same wall time comes one after the other, each at the same minute every time.
 */
function outOfQuietHours(asked: Temporal.Instant, user: User, jitter: number): Temporal.Instant {
  const open = afterQuiet(asked, user);
  if (jitter === 0) return open;
  const spreadAt = open.add({ seconds: Math.floor(jitterFraction(user.id) * jitter * 60) });
  // With a minute or two to spare: a tick that comes just after would find quiet hours, and wait for their end a day later.
  return isQuiet(spreadAt, user) || isQuiet(spreadAt.add(quietMargin), user) ? open : spreadAt;
}

/** The same number from 0 to 1 for the same person; those of many people lie evenly. */
function jitterFraction(id: UserId): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // What FNV-1a leaves in its low bits is mixed once more, since ids of one day differ in their last characters only.
  return (Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0) / 2 ** 32;
}

const quietMargin = { minutes: 5 };
