/** Pauses: days on which nothing is sent, and over which streaks wait. */

import { type Days, holds } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";

/** The most pauses that are kept; the oldest go first. More than anybody takes in a working life: a product rule. */
export const maxPauses = 200;

/** The longest that a pause can still last. */
export const maxPause = { years: 1 } as const;

/** Whether `/pause` and `/resume`, said on one day after the other up to `today`, could have left these. */
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
  const others = endPause(user, today).pauses.filter(({ from }) => from !== current?.from);
  return { ...user, pauses: [...others, { from: current?.from ?? today, until }].slice(-maxPauses) };
}

/** The person whose pause, where one is under way, ended before `today`. */
export function endPause(user: User, today: Temporal.PlainDate): User {
  const ended = user.pauses.map((pause) => (holds(pause, today) ? { ...pause, until: today } : pause));
  return { ...user, pauses: ended.filter(({ from, until }) => Temporal.PlainDate.compare(from, until) < 0) };
}
