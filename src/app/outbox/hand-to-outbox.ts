/** Queues a reply that its platform did not accept in time. */

import { createLateAnswer } from "#core/model/late-answer.ts";
import type { Defer } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** Dependencies of the queue. */
export type DeferDeps = { readonly store: Store; readonly clock: Clock; readonly onPending?: () => void };

/** Queues each reply once. A queued reply is sent to the account that asked, and to no other. */
export function createDefer({ store, clock, onPending }: DeferDeps): Defer {
  return async ({ account, source, reply, triedFor, after }) => {
    const found = await store.findUser(account);
    if (!found) return false;
    const now = clock.now();
    const triedAt = triedFor && now.subtract(triedFor);
    const to = { platform: account.platform, id: account.id };
    await store.commit([
      {
        kind: "delivery-queued",
        delivery: createLateAnswer(found.user, { source, blocks: reply.blocks, target: to, now, triedAt, after }),
      },
    ]);
    onPending?.();
    return true;
  };
}
