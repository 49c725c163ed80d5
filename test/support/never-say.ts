/** Statements that the bot must never make. */

import { evidence } from "#core/evidence/evidence.ts";
import { expect } from "vitest";

const { caveats } = evidence.dose;

/** Patterns that no sentence may match: the entries of the evidence's own list, and words that the bot does not use. */
export const forbidden: readonly (readonly [string, RegExp])[] = [
  ["that lifting above a number of minutes is worse than doing nothing", /worse|than (doing )?nothing|than sedentary/i],
  ["that anybody is shortening their life", /shorten\w* (?:your|their|his|her|a) li|cost(s|ing)? you|years? off|die |death/i],
  ["that minutes above the sweet spot must be cut", /\bcut\b|reduce|less lifting|too much|too many|overdo|overtrain|back off|slow down/i],
  ["a personal risk or a number of years", /your risk|\d+ years|live longer|life expectancy|\d+ ?%/i],
  ["that one week, or a missed one, changes somebody's health", /missed|behind|failed|lost|your health/i],
  [
    "that exercise protects, prevents, causes or adds, where only a link was seen",
    /protect|prevent|\bcauses?\b|adds (years|life)|boost|proven|guarantee/i,
  ],
  ["that the person may train, is safe or is cleared", /safe for you|you are safe|cleared|you may train/i],
  ["more praise for more minutes", /well done|great|amazing|awesome|impressive|record\b(?! it)|beast|congrat/i],
  ["orders, shouts and blame", /!|\bshould\b|\bmust\b|\byou only\b|\blazy\b|\bonly \d/i],
];

/** Removes the evidence's caveats from a text. They may be quoted as they are. */
export function withoutCaveats(said: string): string {
  return Object.values(caveats)
    .filter((caveat) => typeof caveat === "string")
    .reduce((rest, caveat) => rest.replaceAll(caveat, ""), said);
}

/** Fails when `said` contains a forbidden statement. */
export function expectHeld(said: string): void {
  for (const [never, pattern] of forbidden) expect(withoutCaveats(said), `never say ${never}`).not.toMatch(pattern);
}
