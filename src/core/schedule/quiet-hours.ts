/** Quiet hours: the daily span in which nothing is sent unasked. */

import { nextLocal } from "#core/lib/time.ts";
import type { QuietHours, User } from "#core/model/user.ts";

/** Whether a clock of theirs shows one of their quiet hours. */
export function isQuiet(instant: Temporal.Instant, { quietHours, timeZone }: User): boolean {
  return quietHours !== undefined && isWithin(quietHours, instant.toZonedDateTimeISO(timeZone).toPlainTime());
}

/** Whether a clock that shows `time` shows one of the quiet hours. */
export function isWithin({ from, until }: QuietHours, time: Temporal.PlainTime): boolean {
  const isAfter = Temporal.PlainTime.compare(time, from) >= 0;
  const isBefore = Temporal.PlainTime.compare(time, until) < 0;
  return Temporal.PlainTime.compare(from, until) < 0 ? isAfter && isBefore : isAfter || isBefore;
}

/** `instant`, or the end of the quiet hours that it falls into. */
export function afterQuiet(instant: Temporal.Instant, user: User): Temporal.Instant {
  if (!user.quietHours || !isQuiet(instant, user)) return instant;
  const end = nextLocal({ time: user.quietHours.until }, user.timeZone, instant);
  // Where the clocks skip the end, what comes in its place may be quiet again: then it is the end of the day after.
  return isQuiet(end, user) ? nextLocal({ time: user.quietHours.until }, user.timeZone, end) : end;
}
