/** Due times of a user's prompts. */

import type { UserId } from "#core/lib/ids.ts";
import { dayAt, nextLocal, type Week, weekOf } from "#core/lib/time.ts";
import type { Prompt, PromptKind } from "#core/model/prompt.ts";
import { type User, defaultFeedback } from "#core/model/user.ts";
import { plannedOn } from "#core/training/plan.ts";
import { afterQuiet, isQuiet } from "./quiet-hours.ts";

/** Wall times of the two nudges: the day after strength, and a planned day without a log. */
const nudgeTimes = { rest: Temporal.PlainTime.from("08:30"), training: Temporal.PlainTime.from("18:00") } as const;

/** The wall time of a prompt kind, before quiet hours apply. */
export function askedTime(kind: PromptKind, user: User): Temporal.PlainTime {
  return kind === "weekly" ? feedbackTime(user).time : nudgeTimes[kind];
}

/** The week that a weekly prompt is for. */
export function weekOfPrompt({ localDate }: Pick<Prompt, "localDate">, { firstDay }: User): Week {
  return weekOf(localDate, firstDay);
}

/** When feedback on `week` is due: on the first chosen weekday after its end, at the chosen time. */
export function weeklyDue(user: User, week: Week, jitter: number): Temporal.Instant {
  const { weekday, time } = feedbackTime(user);
  const day = week.until.add({ days: (weekday - week.until.dayOfWeek + 7) % 7 });
  return outOfQuietHours(day.toZonedDateTime({ timeZone: user.timeZone, plainTime: time }).toInstant(), user, jitter);
}

/** The next chosen feedback time after `now`, for feedback whose regular time has passed. */
export function nextWeeklyTime(user: User, now: Temporal.Instant, jitter: number): Temporal.Instant {
  return outOfQuietHours(nextLocal({ time: feedbackTime(user).time }, user.timeZone, now), user, jitter);
}

/** Feedback that is off is still evaluated: prompts of a silent user end there. */
function feedbackTime({ feedback }: User): NonNullable<User["feedback"]> {
  return feedback ?? defaultFeedback;
}

/**
 * The next nudge prompt that is due after `after`, on `notBefore` or a later day.
 *
 * Undefined when the user turned the nudge off; for training also when they have no plan.
 */
export function nextNudge(
  kind: "rest" | "training",
  user: User,
  { after, notBefore, jitter }: { readonly after: Temporal.Instant; readonly notBefore?: Temporal.PlainDate; readonly jitter: number },
): Prompt | undefined {
  if (kind === "rest" ? !user.restNudges : !user.trainingNudges || !user.plan) return undefined;
  const today = dayAt(after, user.timeZone);
  const first = notBefore && Temporal.PlainDate.compare(notBefore, today) > 0 ? notBefore : today;
  // 14 days suffice: this week may have no planned day left, but the next week has all of them.
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const localDate = first.add({ days: ahead });
    const dueAt = kind === "rest" || plannedOn(user, localDate) ? dueOn(localDate, nudgeTimes[kind], user, jitter) : undefined;
    if (dueAt && Temporal.Instant.compare(dueAt, after) > 0) return { userId: user.id, kind, dueAt, localDate };
  }
  return undefined;
}

/** When a nudge of `day` is due; undefined when quiet hours cover the rest of the day or the time zone skips the day. */
function dueOn(day: Temporal.PlainDate, time: Temporal.PlainTime, user: User, jitter: number): Temporal.Instant | undefined {
  const asked = day.toZonedDateTime({ timeZone: user.timeZone, plainTime: time }).toInstant();
  const settled = outOfQuietHours(asked, user, jitter);
  return dayAt(settled, user.timeZone).equals(day) ? settled : undefined;
}

/**
 * Moves `asked` out of quiet hours, then adds this user's fraction of `jitter` minutes.
 *
 * Users with the same wall time are spread out. Each user keeps the same offset.
 */
function outOfQuietHours(asked: Temporal.Instant, user: User, jitter: number): Temporal.Instant {
  const open = afterQuiet(asked, user);
  if (jitter === 0) return open;
  const spreadAt = open.add({ seconds: Math.floor(jitterFraction(user.id) * jitter * 60) });
  // The margin covers a late tick: it would hit quiet hours and wait for their end, a day later.
  return isQuiet(spreadAt, user) || isQuiet(spreadAt.add(quietMargin), user) ? open : spreadAt;
}

/** A number from 0 to 1, constant for each user and evenly distributed over users. */
function jitterFraction(id: UserId): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // FNV-1a is mixed once more: ids of one day differ only in their last characters, which leaves the low bits uneven.
  return (Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0) / 2 ** 32;
}

const quietMargin = { minutes: 5 };
