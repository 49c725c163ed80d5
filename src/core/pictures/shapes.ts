/** Shapes: what joins points to paths. */

import { area, curveMonotoneX, line } from "d3-shape";

/** A point of the picture, in pixels. */
export type Point = readonly [x: number, y: number];

/** A smooth line through points: its path, and its height at any x between the first and the last of them. */
export type Curve = { readonly path: string; readonly yAt: (x: number) => number };

/** The smooth line through `points`, which go from left to right. Between two of them it never leaves the range of their heights. */
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
      // The controls lie at thirds of the way, so that x runs evenly along it.
      return cubic([start, first, second, end], (x - from) / (until - from));
    },
  };
}

/** The height of a Bézier curve of four heights, after `part` (0 to 1) of it. */
function cubic([a = 0, b = 0, c = 0, d = 0]: readonly (number | undefined)[], part: number): number {
  const rest = 1 - part;
  return a * rest ** 3 + 3 * b * rest ** 2 * part + 3 * c * rest * part ** 2 + d * part ** 3;
}

/** A place across, and the two heights between which an area is filled there. */
export type Slice = { readonly x: number; readonly top: number; readonly bottom: number };

/** The path of the area between two lines, straight from slice to slice. */
export function filled(slices: readonly Slice[]): string {
  const between = area<Slice>()
    .x(({ x }) => x)
    .y0(({ bottom }) => bottom)
    .y1(({ top }) => top);
  return between([...slices]) ?? "";
}
