/** Moves a clock forward and runs everything that falls due on the way at its own time. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** Dependencies of moving the clock. */
export type TimeTravel = {
  readonly clock: Clock & { turnTo(instant: Temporal.Instant): boolean };
  readonly store: Pick<Store, "nextAt">;
  /** The platforms that run here; messages for others are ignored. Default: all platforms. */
  readonly platforms?: () => readonly PlatformName[];
  /** Runs everything that is due now. */
  readonly run: () => Promise<void>;
  /** Aborted when the program is to end: the clock then stops moving. */
  readonly stopping?: AbortSignal;
};

/** The shortest step: nothing is due more often. */
const step = { minutes: 1 };

/** Moves the clock to `target`, stopping at each due time. False, without effect, if `target` is in the past. */
export async function travelTo(target: Temporal.Instant, { clock, store, platforms, run, stopping }: TimeTravel): Promise<boolean> {
  if (Temporal.Instant.compare(target, clock.now()) < 0) return false;
  for (;;) {
    await run();
    if (stopping?.aborted) return true;
    const next = await store.nextAt(platforms?.());
    if (!next || Temporal.Instant.compare(next, target) >= 0) break;
    // Work that stays due after a run is retried a minute later, as on a normal clock.
    const soonest = clock.now().add(step);
    const stop = Temporal.Instant.compare(next, clock.now()) > 0 ? next : soonest;
    if (Temporal.Instant.compare(stop, target) >= 0) break;
    clock.turnTo(stop);
  }
  clock.turnTo(target);
  await run();
  return true;
}
