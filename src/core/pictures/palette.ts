/**
 * Colours of the pictures. The card has its own background, so it is readable on dark and light surfaces. Blue, teal and honey are
 * distinct for every kind of colour vision. No colour signals a warning.
 */

/** Every colour, by purpose. */
export const palette = {
  card: "#fbf9f4",
  edge: "#e2dccf",
  /** Primary text. */
  ink: "#1f2d3a",
  /** Secondary text. */
  quiet: "#4d5a66",
  /** Base lines and empty marks. */
  hairline: "#cfc9bc",
  /** The result of the studies: the band and the line in it. */
  band: "#bfd0e0",
  line: "#3f6a94",
  /** The target range of the week. */
  mark: "#f6dd9a",
  markInk: "#6b4e00",
  /** The week shown, and the weeks before it. */
  week: "#0a5c63",
  before: "#8fa9bf",
} as const;

/** Fill opacities, 0 to 1. */
export const opacity = { band: 0.75, bandFar: 0.22, mark: 0.75, reach: 0.28 } as const;
