/** One lane for each platform that runs here, so that one that hangs holds up none of the others. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** The lanes of an outbox. */
export type Lanes = {
  /** Goes through the lane of `platform`; called while that is under way, it goes through it once more. */
  run(platform: PlatformName): Promise<void>;
  /** Resolves when nothing is under way in any lane. Rejects where one of them failed. */
  idle(): Promise<void>;
};

/** Lanes of which `work` sends all that is due in one. */
export function createLanes(work: (platform: PlatformName) => Promise<void>): Lanes {
  const asked = new Set<PlatformName>();
  const running = new Map<PlatformName, Promise<void>>();
  const round = async (platform: PlatformName): Promise<void> => {
    while (asked.delete(platform)) await work(platform);
  };
  return {
    run(platform) {
      asked.add(platform);
      const begun = running.get(platform) ?? round(platform).finally(() => running.delete(platform));
      running.set(platform, begun);
      return begun;
    },
    async idle() {
      // What one lane passes on to another has that one go round again.
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** What a watch over lanes works with. */
export type LaneMonitorDeps = {
  readonly store: Pick<Store, "lanes">;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<PlatformName, unknown>;
};

/** Whoever runs a platform takes what is due within a minute or two; what has waited for so long waits for nobody. */
const unservedAfter = { minutes: 10 };
/** How often the lanes are checked. */
const checkInterval = { minutes: 1 };

/** Tells the operator of each platform for which something waits and which runs nowhere: once, and again where it happens again. */
export function createLaneMonitor({ store, clock, log, adapters }: LaneMonitorDeps): () => Promise<void> {
  let told: ReadonlySet<PlatformName> = new Set();
  let nextAt: Temporal.Instant | undefined;
  return async () => {
    const now = clock.now();
    if (nextAt && Temporal.Instant.compare(now, nextAt) < 0) return;
    nextAt = now.add(checkInterval);
    const since = now.subtract(unservedAfter);
    const isUnserved = ({ platform, nextAt: dueAt }: Awaited<ReturnType<Store["lanes"]>>[number]): boolean =>
      !adapters.has(platform) && Temporal.Instant.compare(dueAt, since) < 0;
    const unserved = (await store.lanes()).filter(isUnserved).map(({ platform }) => platform);
    for (const platform of unserved) if (!told.has(platform)) log.warn("outbox-unserved", { platform });
    told = new Set(unserved);
  };
}
