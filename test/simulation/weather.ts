/** How the platform behaves: mostly well, and sometimes not. All of it follows from the seed. */

import { createChance, fractionOf } from "./chance.ts";
import { hour, minute, usualDay } from "./wall.ts";

/** A time at which the platform takes next to nothing; where it says after how long to try again, `after` is that. */
export type Trouble = { readonly from: number; readonly until: number; readonly after: number | undefined };

/** What the platform answers to a try. */
export type Answer = { readonly kind: "sent" | "later" | "refused" | "unknown"; readonly after?: number };

/** Troubles of a year: short ones, one that outlasts all tries, and one that outlasts the two days in which feedback is of use. */
export function troublesOf(seed: string, year: { readonly from: number; readonly until: number }): readonly Trouble[] {
  const chance = createChance(`${seed} weather`);
  const hours = [0.5, 1, 1, 2, 2, 3, 4, 9, 54];
  return hours.map((length, index) => {
    const from = year.from + chance.next() * (year.until - year.from - 60 * usualDay) + 20 * usualDay;
    const after = index % 3 === 2 ? chance.between(1, 90) * minute : undefined;
    return { from, until: from + length * hour, after };
  });
}

/** The answer at `at` to the try that is called `name`: the same each time that it is asked. */
export function answerTo(name: string, at: number, troubles: readonly Trouble[]): Answer {
  const chance = fractionOf(name);
  const trouble = troubles.find(({ from, until }) => from <= at && at < until);
  if (trouble) {
    if (chance < 0.1) return { kind: "unknown" };
    return { kind: "later", ...(trouble.after !== undefined && { after: trouble.after }) };
  }
  if (chance < 0.01) return { kind: "later" };
  if (chance < 0.014) return { kind: "later", after: Math.ceil(fractionOf(`${name} after`) * 400) * minute };
  if (chance < 0.02) return { kind: "unknown" };
  return { kind: chance < 0.022 ? "refused" : "sent" };
}
