/** A pause in long work, in which others are heard. */

/** Resolves once everything that waits has had its turn. */
export function breathe(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setImmediate(resolve);
  return promise;
}
