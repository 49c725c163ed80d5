/** Serial queues: tasks of one key run one after another. */

/** Runs a task after all earlier tasks of the same key, and returns its result. */
export type InOrder = <Value>(key: string, task: () => Promise<Value>) => Promise<Value>;

/** Creates one queue for each key. A task that rejects does not block the tasks behind it. */
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
