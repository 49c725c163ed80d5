/** Pauses: days on which nothing is sent, and over which streaks wait. */

import { type Days, holds } from "./time.ts";
import type { User } from "./user.ts";

/** The pause that holds `day`; undefined where there is none. */
export function pauseOn({ pauses }: User, day: Temporal.PlainDate): Days | undefined {
  return pauses.find((pause) => holds(pause, day));
}

/** Whether one of the person's pauses holds any of `days`. */
export function touchesPause({ pauses }: Pick<User, "pauses">, days: Days): boolean {
  return pauses.some(
    ({ from, until }) => Temporal.PlainDate.compare(from, days.until) < 0 && Temporal.PlainDate.compare(days.from, until) < 0,
  );
}

/** The person with a pause from `today` until the day before `until`; one that is under way becomes this one. */
export function pauseUntil(user: User, today: Temporal.PlainDate, until: Temporal.PlainDate): User {
  const current = pauseOn(user, today);
  return {
    ...user,
    pauses: [...endPause(user, today).pauses.filter(({ from }) => from !== current?.from), { from: current?.from ?? today, until }],
  };
}

/** The person whose pause, where one is under way, ended before `today`. */
export function endPause(user: User, today: Temporal.PlainDate): User {
  const ended = user.pauses.map((pause) => (holds(pause, today) ? { ...pause, until: today } : pause));
  return { ...user, pauses: ended.filter(({ from, until }) => Temporal.PlainDate.compare(from, until) < 0) };
}
