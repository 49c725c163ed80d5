/** How far two spellings lie apart. */

import leven from "leven";

/** How many letters have to be put in, taken out or changed to make `b` of `a`; undefined when more than `most`. */
export function distance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined;
  const edits = leven(a, b, { maxDistance: most + 1 });
  return edits > most ? undefined : edits;
}
