/** The machine's clock, which can be moved forward and never back. */

import type { Clock } from "#src/ports/runtime.ts";

/** A clock that somebody may turn. */
export type TurnableClock = Clock & {
  /** From now on it is `instant`, and time goes on from there. False, and nothing done, when that lies back. */
  turnTo(instant: Temporal.Instant): boolean;
};

/** A clock that shows the machine's time until it is turned. */
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

/** In whole milliseconds, which is what the databases keep. */
function machine(): Temporal.Instant {
  return Temporal.Now.instant().round("millisecond");
}
