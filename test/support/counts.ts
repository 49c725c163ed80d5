/** How often something is repeated: in full by `npm run test:soak`, and a tenth as often by any other run. */

const isSoak = process.env["SOAK"] === "1";

/** `full` in a soak; otherwise a tenth of it, rounded up, and never fewer than `least`. */
export function scaled(full: number, least = 1): number {
  return isSoak ? full : Math.max(least, Math.ceil(full / 10));
}
