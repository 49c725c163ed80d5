/** Tasks that wait for those before them. */

/** Runs a task after those of the same key that were given before it; gives what it comes to. */
export type InOrder = <Value>(key: string, task: () => Promise<Value>) => Promise<Value>;

/** A queue for each key. A task that rejects holds up none of those behind it. */
export function createQueue(): InOrder {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const run = (tails.get(key) ?? Promise.resolve()).then(task, task);
    tails.set(key, run);
    try {
      return await run;
    } finally {
      if (tails.get(key) === run) tails.delete(key);
    }
  };
}
