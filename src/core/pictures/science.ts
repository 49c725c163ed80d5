/** The dose-response curve of the evidence, in pixels. It is the same for all users and is computed once. */

import { evidence } from "#core/evidence/evidence.ts";
import { drawable } from "./layout.ts";
import { opacity, palette } from "./palette.ts";
import { linear, logarithmic } from "./scales.ts";
import { filled, type Point, type Slice, smooth } from "./shapes.ts";
import { element, path } from "./svg.ts";

const { line, band, fade_from: fadeFrom, until } = evidence.dose.drawing;

/** The plot area, in pixels. */
export const plot = { left: drawable.left + 6, right: drawable.right - 10, top: 71, bottom: 209 } as const;

/** Strength minutes a week from which the band is level, because few people were studied there. */
export const levelFrom: number = band.at(-1)?.dose ?? until;

/** The x of minutes a week, in pixels. Minutes beyond the plot are clamped to its right edge. */
export const xOf = linear([0, until], [plot.left, plot.right]);

const ratios = band.flatMap(({ lo, hi }) => [lo, hi]);

/** The y of a relative risk, in pixels. Lower risk is higher up. */
const yOf = logarithmic([Math.min(...ratios), Math.max(...ratios)], [plot.top, plot.bottom]);

/** The y of the reference group, people without strength training. */
export const reference: number = yOf(1);

/** The pooled line. After its last point it stays level, so that it implies no further data, and ends where the band is level. */
const curve = smooth([...line.map(({ dose, rr }): Point => [xOf(dose), yOf(rr)]), [xOf(levelFrom), yOf(line.at(-1)?.rr ?? 1)]]);

/** The y of the line's highest point. */
export const peak: number = Math.min(...line.map(({ rr }) => yOf(rr)));

const slices: readonly Slice[] = [...band, { ...band.at(-1), dose: until }].map(({ dose, lo = 1, hi = 1 }) => ({
  x: xOf(dose),
  top: yOf(lo),
  bottom: yOf(hi),
}));

/** The position of a week's minutes on the line. Where the line has faded, `reach` is the uncertain range, the band's top to bottom. */
export type CurvePoint = {
  readonly x: number;
  readonly y: number;
  readonly reach: { readonly top: number; readonly bottom: number } | undefined;
  /** Whether the minutes exceed the plot. */
  readonly isBeyond: boolean;
};

/** The position of a week, or of an average, with `minutes`. */
export function curvePointOf(minutes: number): CurvePoint {
  const x = xOf(minutes);
  const y = curve.yAt(Math.min(x, xOf(levelFrom)));
  return { x, y, reach: minutes >= fadeFrom ? bandAt(x) : undefined, isBeyond: minutes > until };
}

function bandAt(x: number): { readonly top: number; readonly bottom: number } {
  const [from, to] = [slices.findLast((slice) => slice.x <= x), slices.find((slice) => slice.x > x) ?? slices.at(-1)];
  if (!from || !to) return { top: plot.top, bottom: plot.bottom };
  const along = linear([from.x, to.x], [0, 1])(x);
  return { top: from.top + (to.top - from.top) * along, bottom: from.bottom + (to.bottom - from.bottom) * along };
}

/** Markup of the horizontal gradients. */
export const gradients: string = element(
  "defs",
  {},
  gradient(
    "band",
    [0, until],
    [
      { at: 0, colour: palette.band, strength: opacity.band },
      { at: fadeFrom / until, colour: palette.band, strength: opacity.band },
      { at: 1, colour: palette.band, strength: opacity.bandFar },
    ],
  ),
  gradient(
    "line",
    [fadeFrom, levelFrom],
    [
      { at: 0, colour: palette.line, strength: 1 },
      { at: 1, colour: palette.line, strength: 0 },
    ],
  ),
);

type Stop = { readonly at: number; readonly colour: string; readonly strength: number };

function gradient(id: string, [from, to]: readonly [number, number], stops: readonly Stop[]): string {
  const across = { id, gradientUnits: "userSpaceOnUse", x1: xOf(from), x2: xOf(to), y1: 0, y2: 0 };
  const markup = stops.map(({ at, colour, strength }) => element("stop", { offset: at, "stop-color": colour, "stop-opacity": strength }));
  return element("linearGradient", across, ...markup);
}

/** Markup of the band: the uncertainty of the studies. */
export const bandMarkup: string = element("path", { d: filled(slices), fill: "url(#band)", class: "band" });

/** Markup of the pooled line and of the reference level without strength training. */
export const lineMarkup: string =
  element("path", {
    d: path`M${plot.left},${reference}H${plot.right}`,
    stroke: palette.quiet,
    "stroke-width": 1,
    "stroke-dasharray": "2 3",
  }) +
  element("path", { d: curve.path, fill: "none", stroke: "url(#line)", "stroke-width": 2.5, "stroke-linecap": "round", class: "line" });
