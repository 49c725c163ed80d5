/** Tries again what somebody waits for: later each time, for about a minute, and no longer than until a stop. */

import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { answerDelayAfter } from "#core/lib/retry-delay.ts";

/** For how long is tried again. */
export type Patience = {
  /** Milliseconds for which somebody waits for an answer. */
  readonly waited: number;
  /** Aborted at a stop: what is tried by then is not tried again. */
  readonly stopping: AbortSignal;
};

/** Milliseconds for which somebody waits for an answer, unless it is said otherwise. */
export const defaultAnswerWait = 60_000;

/** When a result is worth another try: never, soon, or as late as the platform says. */
export type Again = undefined | "soon" | Temporal.Duration;

/** Runs `attempt` until `again` has enough of its results, and gives the last one. A wait that is longer than what is left of it is not waited. */
export async function persist<Result>(
  attempt: () => Promise<Result>,
  again: (result: Result) => Again,
  { waited, stopping }: Patience,
): Promise<Result> {
  const until = performance.now() + waited;
  for (let attempts = 1; ; attempts += 1) {
    const result = await attempt();
    const next = again(result);
    if (next === undefined) return result;
    const usual = answerDelayAfter(attempts, randomInt(1_000_000) / 1_000_000);
    const delay = next === "soon" ? usual : Math.max(next.total("milliseconds"), 1);
    if (stopping.aborted || performance.now() + delay > until) return result;
    await sleep(delay, undefined, { signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return result;
  }
}
