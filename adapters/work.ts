/** What is under way, so that a stop can wait for it. */
export function createWork() {
  const all = new Set<Promise<void>>();
  return {
    add(work: Promise<void>): void {
      all.add(work);
      void work.finally(() => all.delete(work));
    },
    async drain(milliseconds: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, milliseconds);
      await Promise.race([Promise.all(all), promise]);
      clearTimeout(timer);
    },
  };
}
