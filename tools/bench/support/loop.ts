/** Measures the event loop: for how long it is blocked while something runs. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";

/** What a run returned, and how the event loop did meanwhile. */
export type Watched = {
  readonly microseconds: number;
  /** The longest block of the loop in milliseconds. */
  readonly longest: number;
  /** 99th percentile of the time between two turns of the loop, in milliseconds. */
  readonly p99: number;
};

/**
 * Runs `work`, and watches the loop. A timer fires each millisecond, and the time between two calls is recorded. An idle loop therefore
 * shows slightly more than one. A block is shown up to one millisecond too long, never too short.
 */
export async function watch(work: () => Promise<unknown>): Promise<Watched> {
  const eye = monitorEventLoopDelay({ resolution: 1 });
  eye.enable();
  // The first call has none before it to compare with. The last one comes a turn after the work.
  await sleep(3);
  const began = performance.now();
  await work();
  const microseconds = 1000 * (performance.now() - began);
  await setImmediate();
  eye.disable();
  return { microseconds, longest: eye.max / 1e6, p99: eye.percentile(99) / 1e6 };
}
