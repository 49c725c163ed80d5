/** Retries what a user waits for, with growing delays, for about a minute or until a stop. */

import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { answerDelayAfter } from "#core/lib/retry-delay.ts";

/** How long to retry. */
export type Patience = {
  /** Milliseconds for which a user waits for an answer. */
  readonly waited: number;
  /** Aborted at a stop. An attempt in progress is finished and not repeated. */
  readonly stopping: AbortSignal;
};

/** The default of `waited`, in milliseconds. */
export const defaultAnswerWait = 60_000;

/** When to retry: never, soon, or after the platform's delay. */
export type Again = undefined | "soon" | Temporal.Duration;

/**
 * Runs `attempt` until `again` returns undefined or the time is up, and returns the last result. A delay beyond the time left ends it at
 * once.
 */
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
