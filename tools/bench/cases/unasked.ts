/** The coach and the outbox without a platform, with a clock that the benchmark sets. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Block, Reply } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { platform, timeZone } from "../support/people.ts";
import { dueIn } from "../support/waiting.ts";

/** Sends prompts and outbox messages. */
export type Speaker = {
  setTo(instant: Temporal.Instant): void;
  /** Evaluates due prompts. */
  tick(): Promise<void>;
  /** Sends queued messages. */
  deliver(): Promise<void>;
  /** Closes the store too. */
  close(): Promise<void>;
};

/** Creates a coach and an outbox on `store`, an hour before the first feedback is due. `take` receives each message. */
export function createSpeaker(store: Store, take: (reply: Reply) => Promise<unknown> = async () => undefined): Speaker {
  let now = dueIn(0).subtract({ hours: 1 });
  const clock = { now: () => now };
  const log = { info: () => undefined, warn: fail, error: fail };
  const adapter: Adapter = {
    async start() {},
    async send(_, reply) {
      await take(reply);
      return { kind: "sent" };
    },
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: Promise.resolve(),
    async stop() {},
  };
  const coach = createCoach({ store, clock, log, freshId: fail, timeZone: timeZone as TimeZone, jitter: 0 });
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform as PlatformName, adapter]]), random: () => 0.5 });
  return {
    setTo(instant) {
      now = instant;
    },
    tick: coach.evaluateDuePrompts,
    deliver: outbox.deliver,
    close: () => store.close(),
  };
}

/** The picture's SVG in `reply`. Throws if there is none. */
export function svgOf({ blocks }: Reply): string {
  const found = blocks.find((block): block is Extract<Block, { readonly kind: "picture" }> => block.kind === "picture");
  if (!found) throw new Error("Send weekly feedback: it must have a picture");
  return found.svg;
}

/** Throws: a run with errors is not measured. */
function fail(...why: readonly unknown[]): never {
  throw new Error(`Measure what is sent unasked: ${JSON.stringify(why)}`);
}
