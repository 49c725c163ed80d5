/**
 * The colours of the picture. Its card has a background of its own, so that it reads on dark and on light surfaces alike; blue, teal and
 * honey stay apart for every kind of colour vision, and none of them warns.
 */

/** Every colour, by what it is for. */
export const palette = {
  card: "#fbf9f4",
  edge: "#e2dccf",
  /** What is read first. */
  ink: "#1f2d3a",
  /** What is read when looked for. */
  quiet: "#4d5a66",
  /** Base lines, and places that are still empty. */
  hairline: "#cfc9bc",
  /** What the studies saw: the band and the line in it. */
  band: "#bfd0e0",
  line: "#3f6a94",
  /** The range that the week is measured with. */
  mark: "#f6dd9a",
  markInk: "#6b4e00",
  /** The week that is spoken of, and the weeks before it. */
  week: "#0a5c63",
  before: "#8fa9bf",
} as const;

/** How much of a colour is laid over what is below it, 0 to 1. */
export const opacity = { band: 0.75, bandFar: 0.22, mark: 0.75, reach: 0.28 } as const;
