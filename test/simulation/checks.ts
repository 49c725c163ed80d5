/** Every checker, by the invariants that it holds a simulated year against. */

import type { Chronicle } from "./chronicle.ts";
import { checkConsent } from "./consent.ts";
import { checkEnds } from "./ends.ts";
import { askedAt } from "./journal.ts";
import { checkNumbers } from "./numbers.ts";
import { checkOnce } from "./once.ts";
import { changesOf, zones } from "./places.ts";
import { checkPresence } from "./presence.ts";
import { checkProgress } from "./progress.ts";
import { checkTimes } from "./right-time.ts";
import { usualDay } from "./wall.ts";

/** What a checker found: a sentence for each break of its rule, with the person, the moment and the rule. */
export type Check = (chronicle: Chronicle) => readonly string[];

/** All of them. */
export const checks: readonly (readonly [rule: string, check: Check])[] = [
  ["I3: each period is spoken of once, and no week is left out", checkOnce],
  ["I4: everything comes to one end, for a reason that holds", checkEnds],
  ["I4: nothing that was to be said is missing", checkPresence],
  ["I6: everything comes at the asked wall time, or by a documented exception", (chronicle) => checkTimes(chronicle).findings],
  ["I7: every number that is said is that of the journal", checkNumbers],
  ["I8: while the platform is well, nothing waits", checkProgress],
  ["I11 and I12: nobody is sent what they do not want, or when", checkConsent],
];

/** The changes of clocks that somebody lived through: a message came in the eight days before it and in those after it, in that place. */
export function changesLivedThrough({ stories, from, until }: Chronicle): { readonly met: number; readonly all: number } {
  const all = zones.flatMap((zone) => changesOf(zone, from + 21 * usualDay, until - 8 * usualDay).map((at) => ({ zone, at })));
  const met = all.filter(({ zone, at }) =>
    stories.some(({ journal, attempts }) => {
      const near = attempts.filter((one) => one.isShown && Math.abs(one.at - at) < 8 * usualDay && askedAt(journal, one.at).zone === zone);
      return near.some((one) => one.at < at) && near.some((one) => one.at >= at);
    }),
  );
  return { met: met.length, all: all.length };
}
