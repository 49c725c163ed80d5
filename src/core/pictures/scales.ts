/** Scales: map numbers to pixels. */

import { scaleLinear, scaleLog } from "d3-scale";
import type { Interval } from "./layout.ts";

/** Maps a number to a pixel. Numbers outside the domain are clamped. */
export type Scale = (value: number) => number;

/** A linear scale. */
export function linear(domain: Interval, pixels: Interval): Scale {
  return scaleLinear().domain(domain).range(pixels).clamp(true);
}

/** A logarithmic scale for ratios: 0.5 and 2 are equally far from 1. */
export function logarithmic(domain: Interval, pixels: Interval): Scale {
  return scaleLog().domain(domain).range(pixels).clamp(true);
}
