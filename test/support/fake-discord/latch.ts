/** Latches and timers for tests. */

/** Notifies waiters about a change. */
export type Latch = {
  ring(): void;
  /** Resolves with the first defined result of `look`, now or after a later ring. */
  until<Found>(look: () => Found | undefined): Promise<Found>;
};

/** Creates a latch without waiters. */
export function createLatch(): Latch {
  let next = Promise.withResolvers<void>();
  return {
    ring() {
      const { resolve } = next;
      next = Promise.withResolvers();
      resolve();
    },
    async until(look) {
      for (;;) {
        const found = look();
        if (found !== undefined) return found;
        await next.promise;
      }
    },
  };
}

/** Real-time timers that end with the fake server. */
export type Timers = { after(milliseconds: number, act: () => void): void; clear(): void };

/** Creates an empty set of timers. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  return {
    after(milliseconds, act) {
      const timer = setTimeout(() => {
        running.delete(timer);
        act();
      }, milliseconds);
      running.add(timer);
    },
    clear() {
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
