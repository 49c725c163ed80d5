/** Shapes: turn points into paths. */

import { area, curveMonotoneX, line } from "d3-shape";

/** A point, in pixels. */
export type Point = readonly [x: number, y: number];

/** A smooth line through points: its path, and its y at any x between the first and the last point. */
export type Curve = { readonly path: string; readonly yAt: (x: number) => number };

/** The smooth line through `points`, sorted by x. Between two points it never leaves the range of their y values. */
export function smooth(points: readonly Point[]): Curve {
  const path = line<Point>().curve(curveMonotoneX)([...points]) ?? "";
  const segments = Array.from(path.matchAll(/[MC]([^MC]+)/g), ([, numbers = ""]) => numbers.split(",").map(Number));
  return {
    path,
    yAt(x) {
      const passed = segments.findLastIndex((numbers) => (numbers.at(-2) ?? 0) <= x);
      const index = Math.min(Math.max(passed, 0), segments.length - 2);
      const [from = 0, start] = segments[index]?.slice(-2) ?? [];
      const [, first, , second, until = 0, end] = segments[index + 1] ?? [];
      // Control points lie at thirds of the x distance, so x is linear in the curve parameter.
      return cubic([start, first, second, end], (x - from) / (until - from));
    },
  };
}

/** The y of a cubic Bézier curve with four control values, at the parameter `part` (0 to 1). */
function cubic([a = 0, b = 0, c = 0, d = 0]: readonly (number | undefined)[], part: number): number {
  const rest = 1 - part;
  return a * rest ** 3 + 3 * b * rest ** 2 * part + 3 * c * rest * part ** 2 + d * part ** 3;
}

/** The top and the bottom of a filled area at one x. */
export type Slice = { readonly x: number; readonly top: number; readonly bottom: number };

/** The path of the area between two lines, linear from slice to slice. */
export function filled(slices: readonly Slice[]): string {
  const between = area<Slice>()
    .x(({ x }) => x)
    .y0(({ bottom }) => bottom)
    .y1(({ top }) => top);
  return between([...slices]) ?? "";
}
