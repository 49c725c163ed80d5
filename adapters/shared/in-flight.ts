/** Tracks work in flight, so that a stop can wait for it. */

/** Work in flight, up to a limit. */
export type InFlight = {
  /** Starts `work`, which must never reject. Returns false and starts nothing at the limit. */
  add(work: () => Promise<void>): boolean;
  /** Waits until all work is done, at most this many milliseconds. */
  drain(milliseconds: number): Promise<void>;
};

/** Reached only if this many users ask within the minute in which an answer is retried. */
const defaultMaxInFlight = 5000;

/** Creates a tracker of at most `most` tasks. `onFull` is called at the first refusal, and again only after the load fell to half. */
export function createInFlight({
  most = defaultMaxInFlight,
  onFull = () => undefined,
}: { readonly most?: number; readonly onFull?: () => void } = {}): InFlight {
  const all = new Set<Promise<void>>();
  let wasFull = false;
  return {
    add(work) {
      if (all.size >= most) {
        if (!wasFull) onFull();
        wasFull = true;
        return false;
      }
      const begun = work();
      all.add(begun);
      void begun.finally(() => {
        all.delete(begun);
        wasFull &&= all.size > most / 2;
      });
      return true;
    },
    async drain(milliseconds) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      await Promise.race([Promise.all(all), promise]);
      clearTimeout(timer);
    },
  };
}
