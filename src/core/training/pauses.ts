/** Pauses: days on which no message is sent and streaks wait. */

import { type Days, holds } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";

/** The most stored pauses; the oldest are dropped first. A product rule: more than a user takes in a working life. */
export const maxPauses = 200;

/** The longest time from today to the end of a pause. */
export const maxPause = { years: 1 } as const;

/** Whether `/pause` and `/resume` could have produced `pauses` by `today`: in order, no overlap, within the limits. */
export function arePauses(pauses: readonly Days[], today: Temporal.PlainDate): boolean {
  const { compare } = Temporal.PlainDate;
  const latest = today.add(maxPause);
  const isInOrder = pauses.every(({ from, until }, index) => {
    const before = pauses[index - 1];
    return compare(from, until) < 0 && (before === undefined || compare(before.until, from) <= 0);
  });
  return (
    pauses.length <= maxPauses && isInOrder && pauses.every(({ from, until }) => compare(from, today) <= 0 && compare(until, latest) <= 0)
  );
}

/** The pause that includes `day`; undefined when there is none. */
export function pauseOn({ pauses }: User, day: Temporal.PlainDate): Days | undefined {
  return pauses.find((pause) => holds(pause, day));
}

/** Whether one of the user's pauses includes any of `days`. */
export function touchesPause({ pauses }: Pick<User, "pauses">, days: Days): boolean {
  return pauses.some(
    ({ from, until }) => Temporal.PlainDate.compare(from, days.until) < 0 && Temporal.PlainDate.compare(days.from, until) < 0,
  );
}

/** The user with a pause from `today` to the day before `until`. A current pause keeps its start and gets the new end. */
export function pauseUntil(user: User, today: Temporal.PlainDate, until: Temporal.PlainDate): User {
  const current = pauseOn(user, today);
  const others = endPause(user, today).pauses.filter(({ from }) => from !== current?.from);
  return { ...user, pauses: [...others, { from: current?.from ?? today, until }].slice(-maxPauses) };
}

/** The user with their current pause, if any, ended before `today`. */
export function endPause(user: User, today: Temporal.PlainDate): User {
  const ended = user.pauses.map((pause) => (holds(pause, today) ? { ...pause, until: today } : pause));
  return { ...user, pauses: ended.filter(({ from, until }) => Temporal.PlainDate.compare(from, until) < 0) };
}
