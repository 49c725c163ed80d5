/** A deadline for calls that an answer can do without. */

/** Milliseconds for which an answer waits for an optional call to Slack or Discord. */
export const sideCallTimeout = 2000;

/** The result of `work`. Rejects with the code ETIMEDOUT after `milliseconds`; the work itself goes on. */
export async function withDeadline<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = Object.assign(new Error("Wait for a call: it must be answered in time"), { code: "ETIMEDOUT" });
  const timer = setTimeout(reject, milliseconds, late);
  // A failure after the deadline must not be an unhandled rejection.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
