/** Scales: what places numbers on the picture. */

import { scaleLinear, scaleLog } from "d3-scale";
import type { Interval } from "./layout.ts";

/** Gives the pixel of a number; one outside its domain is held at the end. */
export type Scale = (value: number) => number;

/** A scale on which equal steps are equally long. */
export function linear(domain: Interval, pixels: Interval): Scale {
  return scaleLinear().domain(domain).range(pixels).clamp(true);
}

/** A scale for ratios, on which half as much is as far from 1 as twice as much. */
export function logarithmic(domain: Interval, pixels: Interval): Scale {
  return scaleLog().domain(domain).range(pixels).clamp(true);
}
