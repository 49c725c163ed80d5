/** Room for texts on a drawing that has upright things on it. */

/** The pixels that stay free beside an upright thing. */
const minGap = 6;

/** The first of `starts` from which `width` pixels to the right meet none of `uprights`; undefined where they always do. */
export function freeStart(width: number, starts: readonly number[], uprights: readonly number[]): number | undefined {
  return starts.find((start) => uprights.every((x) => x < start - minGap || x > start + width + minGap));
}
