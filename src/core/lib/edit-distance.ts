/** Edit distance between two words. */

import leven from "leven";

/** The Levenshtein distance from `a` to `b`; undefined when it is more than `max`. */
export function editDistance(a: string, b: string, max: number): number | undefined {
  if (Math.abs(a.length - b.length) > max) return undefined;
  const edits = leven(a, b, { maxDistance: max + 1 });
  return edits > max ? undefined : edits;
}
