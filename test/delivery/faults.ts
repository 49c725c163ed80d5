/** Stores with a fault, to see that it would be found. */

import type { Change } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { z } from "zod";

/** What a store can do wrong. */
export const faultSchema = z.enum([
  /** It does not write that a delivery is on its way. */
  "unmarked",
  /** It does not write that a delivery was sent. */
  "unsettled",
  /** It forgets that a delivery was on its way when its process ended. */
  "forgetful",
  /** It lets whoever has lost a claim go on. */
  "unfenced",
  /** It writes that a delivery was sent before it is. */
  "hasty",
  /** It moves prompts on and queues nothing. */
  "dumb",
]);

/** One of them. */
export type Fault = z.infer<typeof faultSchema>;

/** `store`, with `fault`. */
export function faulty(store: Store, fault: Fault): Store {
  return {
    ...store,
    async claim(...given) {
      const claimed = await store.claim(...given);
      return fault === "forgetful" ? claimed.map((delivery) => ({ ...delivery, state: "queued" })) : claimed;
    },
    async commit(changes) {
      const [first] = changes;
      if (fault === "unmarked" && first?.kind === "delivery-sending") return "done";
      if (fault === "dumb") return await store.commit(changes.filter(({ kind }) => kind !== "delivery-queued"));
      if (fault === "unsettled" && first?.kind === "delivery-ended" && first.finalState === "sent") return "done";
      const committed = await store.commit(fault === "hasty" && first?.kind === "delivery-sending" ? [first, sentAlready(first)] : changes);
      return fault === "unfenced" ? "done" : committed;
    },
  };
}

function sentAlready({ key, fence, triedAt }: Extract<Change, { readonly kind: "delivery-sending" }>): Change {
  return { kind: "delivery-ended", key, fence, finalState: "sent", reason: undefined, at: triedAt };
}
