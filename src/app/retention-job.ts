/** Takes away what has had its time, now and then, a little at once. */

import { expiries, purges, usualKeep } from "#core/data/retention.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { breathe } from "#src/runtime/event-loop.ts";

/** What sweeping works with. */
export type SweepDeps = {
  readonly store: Pick<Store, "commit" | "lanes" | "scrub">;
  readonly clock: Clock;
  /** Days for which what is of no more use is kept; as long as usual where left out. */
  readonly keptFor?: number;
};

/** How much goes at once: some milliseconds, in which nobody is heard. */
const atOnce = 200;
const often = { hours: 1 };
const seldom = { hours: 24 };

/**
 * Sweeps when it is called, and once an hour at most. What holds up everybody is done once a day at most, and not at the start.
 * Once `stopping` says so it ends early: what is left is swept after the next start.
 */
export function createSweep({ store, clock, keptFor = usualKeep }: SweepDeps): (stopping?: AbortSignal) => Promise<void> {
  let nextAt: Temporal.Instant | undefined;
  let scrubAt = clock.now().add(seldom);
  return async (stopping) => {
    const now = clock.now();
    if (nextAt && Temporal.Instant.compare(now, nextAt) < 0) return;
    nextAt = now.add(often);
    const platforms = (await store.lanes()).map(({ platform }) => platform);
    for (const change of [...expiries(now, platforms, atOnce), ...purges(now, keptFor, atOnce)]) {
      await repeat(store, change, stopping);
    }
    if (stopping?.aborted) return;
    if (Temporal.Instant.compare(now, scrubAt) < 0) return;
    scrubAt = now.add(seldom);
    await store.scrub();
  };
}

/** Commits `change` until nothing is left of what it is about. */
async function repeat(store: SweepDeps["store"], change: Change, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted || (await store.commit([change])) === "stale") return;
    await breathe();
  }
}
