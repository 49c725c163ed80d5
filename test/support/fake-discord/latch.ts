/** What waits until something has happened. */

/** Rings when something has changed. */
export type Latch = {
  ring(): void;
  /** Gives what `look` finds, now or after one of the next rings. */
  until<Found>(look: () => Found | undefined): Promise<Found>;
};

/** A latch that nobody waits for yet. */
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

/** Short waits of real time that end with the fake server. */
export type Timers = { after(milliseconds: number, act: () => void): void; clear(): void };

/** No wait yet. */
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
