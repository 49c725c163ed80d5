/** Lets time pass on a clock that can be turned: everything that falls due on the way is done at its own time. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** What time passes over. */
export type TimeTravel = {
  readonly clock: Clock & { turnTo(instant: Temporal.Instant): boolean };
  readonly store: Pick<Store, "nextAt">;
  /** The platforms that run here: what waits for another one is passed over. All of them where left out. */
  readonly platforms?: () => readonly PlatformName[];
  /** Does all that is due now. */
  readonly run: () => Promise<void>;
  /** Tells that the program is to end: no more time passes then. */
  readonly stopping?: AbortSignal;
};

/** Nothing that is due waits for less. */
const step = { minutes: 1 };

/** Turns the clock to `target`, stopping wherever something is due. False, and nothing done, when `target` lies back. */
export async function travelTo(target: Temporal.Instant, { clock, store, platforms, run, stopping }: TimeTravel): Promise<boolean> {
  if (Temporal.Instant.compare(target, clock.now()) < 0) return false;
  for (;;) {
    await run();
    if (stopping?.aborted) return true;
    const next = await store.nextAt(platforms?.());
    if (!next || Temporal.Instant.compare(next, target) >= 0) break;
    // What stays due after it was done is waited for, as it would be on a clock that nobody turns.
    const soonest = clock.now().add(step);
    const stop = Temporal.Instant.compare(next, clock.now()) > 0 ? next : soonest;
    if (Temporal.Instant.compare(stop, target) >= 0) break;
    clock.turnTo(stop);
  }
  clock.turnTo(target);
  await run();
  return true;
}
