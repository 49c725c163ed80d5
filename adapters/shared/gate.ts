/** The gate for adapters. It is asked before anything is acknowledged, looked up or queued. */

import type { CoachApi, Inbound } from "#src/ports/adapter.ts";
import type { Arrival } from "#src/ports/gate.ts";

/** The coach that answers the message `source`; undefined if the gate drops it. If the gate itself answers, the coach is not asked. */
export function admittedCoach(coach: CoachApi, { source, ...arrival }: Arrival & Pick<Inbound, "source">): CoachApi | undefined {
  const admission = coach.gate?.admit(arrival);
  switch (admission?.kind) {
    case "dropped":
      return undefined;
    case "answered":
      return { ...coach, handle: async (inbound) => (inbound.source === source ? admission.reply : await coach.handle(inbound)) };
    case "admitted":
    case undefined:
      return coach;
  }
}
