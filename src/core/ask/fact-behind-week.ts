/** Which fact stands behind a week: where *Why?* leads. */

import { factAbout } from "./find-answer.ts";
import type { ZoneId } from "#core/evidence/evidence.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import type { User } from "#core/model/user.ts";
import type { WeekSummary } from "#core/training/week-summary.ts";

/** The fact that says where the sweet spot comes from. */
export const defaultFact: Fact = factAbout("Why 40 to 60 minutes a week?");

const behind: Readonly<Record<ZoneId, Fact>> = {
  none: factAbout("Do a few minutes count?"),
  start: factAbout("Do a few minutes count?"),
  sweet: defaultFact,
  solid: factAbout("Should I stop at 60 minutes?"),
  plateau: factAbout("How much strength training is too much?"),
  thin: factAbout("I train four hours a week. Am I harming myself?"),
};

/** The fact behind what was said of this week. Who has a band of their own is told where ours comes from. */
export function factBehind({ dose }: WeekSummary, { band }: User): Fact {
  return band ? defaultFact : behind[dose.zone.id];
}
