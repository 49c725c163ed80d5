/** Full days: a day holds at most 24 hours of training. */

import type { Session } from "#core/model/session.ts";

/** The minutes of a day. */
export const dayMinutes = 24 * 60;

type Trained = Pick<Session, "day" | "minutes">;

/** Adds up sessions by day. `add` is false if the day of the session now has more than 24 hours. */
export function createDayTotals() {
  const minutes = new Map<string, number>();
  return {
    add({ day, minutes: more }: Trained): boolean {
      const key = day.toString();
      const total = (minutes.get(key) ?? 0) + more;
      minutes.set(key, total);
      return total <= dayMinutes;
    },
  };
}

/** The first of `days` on which `sessions` add up to more than 24 hours; undefined if none does. */
export function fullDay(days: readonly Temporal.PlainDate[], sessions: readonly Trained[]): Temporal.PlainDate | undefined {
  const totals = createDayTotals();
  const over = sessions.filter((session) => !totals.add(session));
  return days.find((day) => over.some((session) => session.day.equals(day)));
}
