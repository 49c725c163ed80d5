/** What is under way, so that a stop can wait for it. */

/** Work under way, at most so much of it at once. */
export type InFlight = {
  /** Begins `work`, which never rejects. False, and nothing begun, where as much as may be is under way. */
  add(work: () => Promise<void>): boolean;
  /** Waits until all of it is done, and so many milliseconds at most. */
  drain(milliseconds: number): Promise<void>;
};

/** So many people would have to ask something in the minute for which an answer is tried. */
const defaultMaxInFlight = 5000;

/** Work of which at most `most` is under way. `onFull` is called when the first is refused, and again only after half of it was done. */
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
