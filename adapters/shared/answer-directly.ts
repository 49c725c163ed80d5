/** Answers by direct message: retried while the user waits, then handed to the outbox. */

import type { InOrder } from "#core/lib/serial.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Defer, Inbound, SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import { type Patience, persist } from "./retry.ts";

/** Dependencies of direct answers. */
export type DirectDeps = {
  readonly defer: Defer;
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: Patience;
  /** Runs the sends to one user in the order of the calls. */
  readonly inTurn: InOrder;
};

/** Sends the answer once. `since` is the time of the first attempt if that may have arrived. */
export type SendAnswer = (since: Temporal.Instant | undefined) => Promise<SendResult>;

/** Answers `inbound` by `send` with retries, and hands over to the outbox at the end. Returns the last result. Never throws. */
export async function sayDirectly(
  { account, source }: Pick<Inbound, "account" | "source">,
  reply: Reply,
  send: SendAnswer,
  deps: DirectDeps,
): Promise<SendResult> {
  return await deps.inTurn(`${account.platform} ${account.id}`, async () => {
    const firstAt = deps.clock.now();
    const began = performance.now();
    let mayHaveArrived = false;
    const attempt = async (): Promise<SendResult> => {
      const result = await send(mayHaveArrived ? firstAt : undefined).catch((error: unknown): SendResult => {
        deps.log.error("answer-broken", describeError(error));
        return { kind: "unknown" };
      });
      mayHaveArrived ||= result.kind === "unknown";
      return result;
    };
    const result = await persist(attempt, againAfter, deps.patience);
    if (againAfter(result) === undefined) return result;
    const triedFor = mayHaveArrived ? Temporal.Duration.from({ milliseconds: Math.round(performance.now() - began) }) : undefined;
    const after = result.kind === "later" ? result.after : undefined;
    const isKept = await deps.defer({ account, source, reply: { blocks: reply.blocks }, triedFor, after }).catch((error: unknown) => {
      deps.log.error("answer-broken", describeError(error));
      return false;
    });
    if (isKept) deps.log.warn("answer-deferred", { platform: account.platform, mayHaveArrived });
    else deps.log.error("answer-lost", { platform: account.platform });
    return result;
  });
}

/** When to retry a result: "later" and "unknown" are retried, the others are final. */
function againAfter(result: SendResult): "soon" | Temporal.Duration | undefined {
  if (result.kind === "later") return result.after ?? "soon";
  return result.kind === "unknown" ? "soon" : undefined;
}
