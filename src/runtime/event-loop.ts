/** Event loop helpers: yielding in long work, and timeouts. */

/** Resolves after one turn of the event loop. */
export function yieldToEventLoop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}

/** The result of `work`, or `otherwise` after so many milliseconds. The work itself continues; its result is dropped. */
export async function withTimeout<Value>(milliseconds: number, work: Promise<Value>, otherwise: Value): Promise<Value> {
  const { promise, resolve } = Promise.withResolvers<Value>();
  const timer = setTimeout(resolve, milliseconds, otherwise);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a generator to its result, with a turn of the event loop after each slice. */
export async function inSlices<Value>(slices: Generator<undefined, Value>): Promise<Value> {
  let next = slices.next();
  while (!next.done) {
    await yieldToEventLoop();
    next = slices.next();
  }
  return next.value;
}
