/** Hourly retention job; deletes in batches. */

import { expiries, retentionDeletes, defaultRetentionDays } from "#core/data/retention.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";

/** Dependencies of the retention job. */
export type RetentionJobDeps = {
  readonly store: Pick<Store, "commit" | "lanes" | "secureErase">;
  readonly clock: Clock;
  /** Retention in days for expired rows. The default applies if undefined. */
  readonly retentionDays?: number;
};

/** Rows for each commit: it blocks the process for some milliseconds. */
const batchSize = 200;
const hourly = { hours: 1 };
const daily = { hours: 24 };

/**
 * Runs when it is called, at most once an hour. The secure erase blocks the process: it runs at most once a day, and not at the start.
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

/** Commits `change` until no row is left for it. */
async function repeatUntilDone(store: RetentionJobDeps["store"], change: Change, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted || (await store.commit([change])) === "stale") return;
    await yieldToEventLoop();
  }
}
