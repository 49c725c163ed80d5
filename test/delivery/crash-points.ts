/** The crash points of a delivery: named points between two steps, at which a process can be stopped. */

import type { Change } from "#core/model/changes/index.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";

/** All of them, in the order in which a delivery passes them. */
export const crashPoints = [
  /** What came of looking at prompts was committed. */
  "queued",
  "before-claim",
  "claimed",
  /** It was judged, and is not marked as on its way. */
  "before-sending",
  /** It is marked, and was not handed over. */
  "sending",
  /** The platform has it, and nobody wrote that down. */
  "sent",
  "settled",
] as const;

/** One of them. */
export type CrashPoint = (typeof crashPoints)[number];

/** What is done where a crash point is passed. Who is to be stopped there does not return from it. */
export type PassCrashPoint = (crashPoint: CrashPoint) => void | Promise<void>;

const before: { readonly [Kind in Change["kind"]]?: CrashPoint } = { "delivery-sending": "before-sending" };
const after: { readonly [Kind in Change["kind"]]?: CrashPoint } = {
  "prompt-moved": "queued",
  "delivery-sending": "sending",
  "delivery-ended": "settled",
};

/** `store`, with its crash points. */
export function withCrashPoints(store: Store, pass: PassCrashPoint): Store {
  return {
    ...store,
    async claim(...given) {
      await pass("before-claim");
      const claimed = await store.claim(...given);
      await pass("claimed");
      return claimed;
    },
    async commit(changes) {
      const [first] = changes;
      const pointBefore = first && before[first.kind];
      if (pointBefore) await pass(pointBefore);
      const committed = await store.commit(changes);
      const pointAfter = first && after[first.kind];
      if (pointAfter && committed === "done") await pass(pointAfter);
      return committed;
    },
  };
}

/** `adapter`, with its crash point. */
export function withAdapterCrashPoints(adapter: Adapter, pass: PassCrashPoint): Adapter {
  return {
    ...adapter,
    async send(surface, reply, key) {
      const result = await adapter.send(surface, reply, key);
      await pass("sent");
      return result;
    },
  };
}
