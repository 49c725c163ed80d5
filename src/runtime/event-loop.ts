/** Turns of the event loop: a pause in long work, in which others are heard, and an end to waiting. */

/** Resolves after one turn of the event loop. */
export function yieldToEventLoop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}

/** What `work` comes to; `otherwise` where that takes more than so many milliseconds. The work itself goes on, and nobody hears of it. */
export async function withTimeout<Value>(milliseconds: number, work: Promise<Value>, otherwise: Value): Promise<Value> {
  const { promise, resolve } = Promise.withResolvers<Value>();
  const timer = setTimeout(resolve, milliseconds, otherwise);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What work in slices comes to; everything that waits has its turn after each of them. */
export async function inSlices<Value>(slices: Generator<undefined, Value>): Promise<Value> {
  let next = slices.next();
  while (!next.done) {
    await yieldToEventLoop();
    next = slices.next();
  }
  return next.value;
}
