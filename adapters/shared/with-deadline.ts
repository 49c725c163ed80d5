/** An end to waiting for what an answer can do without. */

/** Milliseconds for which an answer waits for what Slack or Discord tells beside it: somebody reads it, and it is complete enough without. */
export const sideCallTimeout = 2000;

/** What `work` comes to. Rejects with the code ETIMEDOUT where that takes more than so many milliseconds; the work itself goes on. */
export async function withDeadline<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = Object.assign(new Error("Wait for a call: it must be answered in time"), { code: "ETIMEDOUT" });
  const timer = setTimeout(reject, milliseconds, late);
  // Where it fails later, nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
