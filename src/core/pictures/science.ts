/** The dose-response drawing of the evidence, placed on the picture. It is the same for everybody, and made once. */

import { evidence } from "#core/evidence/evidence.ts";
import { drawable } from "./layout.ts";
import { opacity, palette } from "./palette.ts";
import { linear, logarithmic } from "./scales.ts";
import { filled, type Point, type Slice, smooth } from "./shapes.ts";
import { element, path } from "./svg.ts";

const { line, band, fade_from: fadeFrom, until } = evidence.dose.drawing;

/** The pixels that the drawing fills. */
export const plot = { left: drawable.left + 6, right: drawable.right - 10, top: 71, bottom: 209 } as const;

/** Strength minutes a week where the band becomes level: from there on few people were studied. */
export const levelFrom: number = band.at(-1)?.dose ?? until;

/** Where minutes a week stand across; more than the drawing's last stand at its right edge. */
export const xOf = linear([0, until], [plot.left, plot.right]);

const ratios = band.flatMap(({ lo, hi }) => [lo, hi]);

/** Where a relative risk stands. Lower risk is higher up. */
const yOf = logarithmic([Math.min(...ratios), Math.max(...ratios)], [plot.top, plot.bottom]);

/** The height of no strength, which everything is compared with. */
export const reference: number = yOf(1);

/** Past its last point the line stays level and is gone where the band is level too: it must not climb as if more were known. */
const curve = smooth([...line.map(({ dose, rr }): Point => [xOf(dose), yOf(rr)]), [xOf(levelFrom), yOf(line.at(-1)?.rr ?? 1)]]);

/** The highest that the line goes. */
export const peak: number = Math.min(...line.map(({ rr }) => yOf(rr)));

const slices: readonly Slice[] = [...band, { ...band.at(-1), dose: until }].map(({ dose, lo = 1, hi = 1 }) => ({
  x: xOf(dose),
  top: yOf(lo),
  bottom: yOf(hi),
}));

/** Where a week of so many minutes stands: on the line, and where that has faded, anywhere on a reach from the band's top to its bottom. */
export type CurvePoint = {
  readonly x: number;
  readonly y: number;
  readonly reach: { readonly top: number; readonly bottom: number } | undefined;
  /** Whether there are more minutes than the drawing has room for. */
  readonly isBeyond: boolean;
};

/** The place of a week, or of an average, of so many minutes. */
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

/** Fills that change from left to right, markup. */
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

/** What the studies saw, as wide as they are unsure, markup. */
export const bandMarkup: string = element("path", { d: filled(slices), fill: "url(#band)", class: "band" });

/** The pooled line, and the level of no strength, markup. */
export const lineMarkup: string =
  element("path", {
    d: path`M${plot.left},${reference}H${plot.right}`,
    stroke: palette.quiet,
    "stroke-width": 1,
    "stroke-dasharray": "2 3",
  }) +
  element("path", { d: curve.path, fill: "none", stroke: "url(#line)", "stroke-width": 2.5, "stroke-linecap": "round", class: "line" });
