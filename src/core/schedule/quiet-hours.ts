/** Quiet hours: the daily span in which nothing is sent unasked. */

import { nextLocal } from "#core/lib/time.ts";
import type { QuietHours, User } from "#core/model/user.ts";

/** Whether `instant` falls into the user's quiet hours, in the user's time zone. */
export function isQuiet(instant: Temporal.Instant, { quietHours, timeZone }: User): boolean {
  return quietHours !== undefined && isWithin(quietHours, instant.toZonedDateTimeISO(timeZone).toPlainTime());
}

/** Whether the wall time `time` lies in the quiet hours. The span includes `from`, excludes `until` and may cross midnight. */
export function isWithin({ from, until }: QuietHours, time: Temporal.PlainTime): boolean {
  const isAfter = Temporal.PlainTime.compare(time, from) >= 0;
  const isBefore = Temporal.PlainTime.compare(time, until) < 0;
  return Temporal.PlainTime.compare(from, until) < 0 ? isAfter && isBefore : isAfter || isBefore;
}

/** `instant`, or the end of the quiet hours when `instant` lies in them. */
export function afterQuiet(instant: Temporal.Instant, user: User): Temporal.Instant {
  if (!user.quietHours || !isQuiet(instant, user)) return instant;
  const end = nextLocal({ time: user.quietHours.until }, user.timeZone, instant);
  // A clock change can skip the end, and the substitute time can be quiet again. Then the next day's end is used.
  return isQuiet(end, user) ? nextLocal({ time: user.quietHours.until }, user.timeZone, end) : end;
}
