/** Hourly retention job; deletes in batches. */

import { expiries, retentionDeletes, defaultRetentionDays } from "#core/data/retention.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";

/** What the retention job works with. */
export type RetentionJobDeps = {
  readonly store: Pick<Store, "commit" | "lanes" | "secureErase">;
  readonly clock: Clock;
  /** Days for which what is of no more use is kept; as long as usual where left out. */
  readonly retentionDays?: number;
};

/** How much goes at once: some milliseconds, in which nobody is heard. */
const batchSize = 200;
const hourly = { hours: 1 };
const daily = { hours: 24 };

/**
 * Runs when it is called, and once an hour at most. The secure erase blocks the process: it runs once a day at most, and not at the start.
 * Ends early once `stopping` is aborted: the rest is deleted after the next start.
 */
export function createRetentionJob({
  store,
  clock,
  retentionDays = defaultRetentionDays,
}: RetentionJobDeps): (stopping?: AbortSignal) => Promise<void> {
  let nextAt: Temporal.Instant | undefined;
  let eraseAt = clock.now().add(daily);
  return async (stopping) => {
    const now = clock.now();
    if (nextAt && Temporal.Instant.compare(now, nextAt) < 0) return;
    nextAt = now.add(hourly);
    const platforms = (await store.lanes()).map(({ platform }) => platform);
    for (const change of [...expiries(now, platforms, batchSize), ...retentionDeletes(now, retentionDays, batchSize)]) {
      await repeatUntilDone(store, change, stopping);
    }
    if (stopping?.aborted) return;
    if (Temporal.Instant.compare(now, eraseAt) < 0) return;
    eraseAt = now.add(daily);
    await store.secureErase();
  };
}

/** Commits `change` until nothing is left of what it is about. */
async function repeatUntilDone(store: RetentionJobDeps["store"], change: Change, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted || (await store.commit([change])) === "stale") return;
    await yieldToEventLoop();
  }
}
