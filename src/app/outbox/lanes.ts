/** Lanes of the outbox: one for each running platform, so that a hanging platform delays no other. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** The lanes of an outbox. */
export type Lanes = {
  /** Runs the lane of `platform`. A call while it runs makes it run once more. */
  run(platform: PlatformName): Promise<void>;
  /** Resolves when no lane is running. Rejects if one of them failed. */
  idle(): Promise<void>;
};

/** Creates lanes; `work` sends everything that is due in one lane. */
export function createLanes(work: (platform: PlatformName) => Promise<void>): Lanes {
  const asked = new Set<PlatformName>();
  const running = new Map<PlatformName, Promise<void>>();
  const round = async (platform: PlatformName): Promise<void> => {
    while (asked.delete(platform)) await work(platform);
  };
  return {
    run(platform) {
      asked.add(platform);
      // Begins once `running` is set: work that asks for its own lane at once would otherwise start a second round inside the first.
      const begun =
        running.get(platform) ??
        Promise.resolve(platform)
          .then(round)
          .finally(() => running.delete(platform));
      running.set(platform, begun);
      return begun;
    },
    async idle() {
      // A lane may reroute a message to another one, which then runs again.
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** Dependencies of the lane monitor. */
export type LaneMonitorDeps = {
  readonly store: Pick<Store, "lanes">;
  readonly clock: Clock;
  readonly log: Log;
  readonly adapters: ReadonlyMap<PlatformName, unknown>;
};

/** A running platform's messages are claimed within a minute or two. After this time no process is serving the platform. */
const unservedAfter = { minutes: 10 };
/** How often the lanes are checked. */
const checkInterval = { minutes: 1 };

/** Warns the operator about each platform that has waiting messages and runs nowhere: once for each time that it happens. */
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
