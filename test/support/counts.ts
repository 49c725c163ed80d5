/** Repeat counts of tests: in full for `npm run test:soak`, a tenth in any other run. */

const isSoak = process.env["SOAK"] === "1";

/** `full` in a soak test; otherwise a tenth of it, rounded up, but at least `least`. */
export function scaled(full: number, least = 1): number {
  return isSoak ? full : Math.max(least, Math.ceil(full / 10));
}
