/** Free space for captions between vertical marks. */

/** Minimum gap between a caption and a vertical mark, in pixels. */
const minGap = 6;

/** The first of `starts` where a caption of `width` pixels overlaps none of `uprights`; undefined if each overlaps. */
export function freeStart(width: number, starts: readonly number[], uprights: readonly number[]): number | undefined {
  return starts.find((start) => uprights.every((x) => x < start - minGap || x > start + width + minGap));
}
