/** The system clock, which can be moved forward and never back. */

import type { Clock } from "#src/ports/runtime.ts";

/** A clock that can be moved forward. */
export type TurnableClock = Clock & {
  /** Sets the clock to `instant`, from where it goes on. False, without effect, if that is in the past. */
  turnTo(instant: Temporal.Instant): boolean;
};

/** Creates a clock that shows the system time until it is moved. */
export function createClock(): TurnableClock {
  let ahead = Temporal.Duration.from({ milliseconds: 0 });
  const now = (): Temporal.Instant => machine().add(ahead);
  return {
    now,
    turnTo(instant) {
      if (Temporal.Instant.compare(instant, now()) < 0) return false;
      ahead = machine().until(instant);
      return true;
    },
  };
}

/** The system time in whole milliseconds, the precision of the databases. */
function machine(): Temporal.Instant {
  return Temporal.Now.instant().round("millisecond");
}
