/** The fact that explains a week's message: the target of *Why?*. */

import { factAbout } from "./find-answer.ts";
import type { ZoneId } from "#core/evidence/evidence.ts";
import type { Fact } from "#core/evidence/parse-facts.ts";
import type { User } from "#core/model/user.ts";
import type { WeekSummary } from "#core/training/week-summary.ts";

/** The fact that explains the sweet spot. */
export const defaultFact: Fact = factAbout("Why 40 to 60 minutes a week?");

const behind: Readonly<Record<ZoneId, Fact>> = {
  none: factAbout("Do a few minutes count?"),
  start: factAbout("Do a few minutes count?"),
  sweet: defaultFact,
  solid: factAbout("Should I stop at 60 minutes?"),
  plateau: factAbout("How much strength training is too much?"),
  thin: factAbout("I train four hours a week. Am I harming myself?"),
};

/** The fact that explains the message on this week. A user with a custom range gets the default fact. */
export function factBehind({ dose }: WeekSummary, { band }: User): Fact {
  return band ? defaultFact : behind[dose.zone.id];
}
