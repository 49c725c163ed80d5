/** An eye on the event loop: for how long nobody else is heard while something is done. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

/** What something cost, and what the event loop did meanwhile. */
export type Watched = {
  readonly microseconds: number;
  /** The longest stretch in milliseconds in which the loop did not turn. */
  readonly longest: number;
  /** Of the milliseconds in which it looked, all but one in a hundred were no longer than this. */
  readonly p99: number;
};

/**
 * Does `work`, and watches the loop.
 *
 * A timer asks to be called each millisecond, and what is kept is the time between two calls. A loop at rest so shows a bit more than one,
 * and a stretch is shown too long by up to one, never too short.
 */
export async function watch(work: () => Promise<unknown>): Promise<Watched> {
  const eye = monitorEventLoopDelay({ resolution: 1 });
  eye.enable();
  // The first call is compared with none before it, and the last one comes a turn after the work.
  await sleep(3);
  const began = performance.now();
  await work();
  const microseconds = 1000 * (performance.now() - began);
  await setImmediate();
  eye.disable();
  return { microseconds, longest: eye.max / 1e6, p99: eye.percentile(99) / 1e6 };
}
