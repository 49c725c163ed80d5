/** The gate as adapters ask it: before anything is acknowledged, looked up or queued. */

import type { Ear, Inbound } from "#src/ports/adapter.ts";
import type { Arrival } from "#src/ports/gate.ts";

/**
 * The ear that answers what arrived from `source`; undefined where nothing comes of it. Where the gate gives the answer itself, the coach is
 * not asked.
 */
export function earFor(ear: Ear, { source, ...arrival }: Arrival & Pick<Inbound, "source">): Ear | undefined {
  const admission = ear.gate?.admit(arrival);
  switch (admission?.kind) {
    case "dropped":
      return undefined;
    case "answered":
      return { ...ear, handle: async (inbound) => (inbound.source === source ? admission.reply : await ear.handle(inbound)) };
    case "admitted":
    case undefined:
      return ear;
  }
}
