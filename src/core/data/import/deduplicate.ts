/** Which of what comes in is there already. */

import type { Session } from "#core/model/session.ts";
import type { Incoming } from "#core/model/import.ts";

/** What two sessions have in common that are the same bout: all that can be said of one. */
export function boutOf({ day, activity, minutes, intensity, note = "", word = "" }: Incoming | Session): string {
  return JSON.stringify([day.toString(), activity, minutes, intensity, note, word]);
}

/** Sorts what comes in, one after the other, into new and known: by its id, and as many times as its bout is there. */
export function createSieve() {
  const ids = new Set<string>();
  const bouts = new Map<string, number>();
  const seen = new Set<string>();
  return {
    /** `session` is there. */
    keep(session: Session): void {
      ids.add(session.id);
      bouts.set(boutOf(session), (bouts.get(boutOf(session)) ?? 0) + 1);
    },
    /** Whether it is new. What is there counts for one of its bout at most. */
    isNew(incoming: Incoming): boolean {
      const bout = boutOf(incoming);
      const left = bouts.get(bout) ?? 0;
      const isTwice = incoming.id !== undefined && seen.has(incoming.id);
      if (incoming.id !== undefined) seen.add(incoming.id);
      const isThere = isTwice || left > 0 || (incoming.id !== undefined && ids.has(incoming.id));
      if (left > 0 && !isTwice) bouts.set(bout, left - 1);
      return !isThere;
    },
  };
}
