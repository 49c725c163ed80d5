/** The settings that came with a file, and who takes them over. */

import { isActivity } from "../activity.ts";
import type { PersonForm } from "../archive-shape.ts";
import type { ActivityId, Minutes } from "../brand.ts";
import type { ZoneId } from "../evidence.ts";
import { parseTimeZone, type Weekday } from "../time.ts";
import { createUser, type User } from "../user.ts";

/** The settings of `person`. What cannot be true here, such as a time zone that is not known, is left out. */
export function settingsOf(person: PersonForm): Partial<User> {
  const { feedback, quietHours, band, plan, moved, pauses, words, told, restNudges, trainingNudges, isStopped, over65 } = person;
  const timeZone = parseTimeZone(person.timeZone);
  const day = Temporal.PlainDate.from;
  const time = Temporal.PlainTime.from;
  return {
    ...(timeZone ? { timeZone } : {}),
    firstDay: person.firstDay as Weekday,
    feedback: feedback ? { weekday: feedback.weekday as Weekday, time: time(feedback.time) } : undefined,
    quietHours: quietHours ? { from: time(quietHours.from), until: time(quietHours.until) } : undefined,
    band: band ? { ...band, setOn: day(band.setOn) } : undefined,
    plan: plan ? { days: plan.days as Weekday[], minutes: plan.minutes as Minutes } : undefined,
    moved: moved ? { week: day(moved.week), days: moved.days as Weekday[] } : undefined,
    pauses: pauses.map(({ from, until }) => ({ from: day(from), until: day(until) })),
    words: Object.fromEntries(Object.entries(words).flatMap(([word, id]) => (isActivity(id) ? [[word, id as ActivityId] as const] : []))),
    told: told as ZoneId[],
    restNudges,
    trainingNudges,
    isStopped,
    over65,
  };
}

/** Whether somebody has set nothing yet, but for where they are. */
export function isUnset(user: User): boolean {
  const usual = createUser(user.id, user.timeZone, user.joinedAt);
  return JSON.stringify(withNull(user)) === JSON.stringify(withNull(usual));
}

/** The person with the settings that came in. Whoever ended all messages gets none by a file. */
export function withSettings(user: User, came: User): User {
  return { ...came, id: user.id, joinedAt: user.joinedAt, isStopped: user.isStopped || came.isStopped };
}

function withNull(user: User) {
  return Object.entries(user).map(([key, value]) => [key, (value as unknown) ?? null] as const);
}
