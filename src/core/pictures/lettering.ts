/** Text on the pictures: the styles, in two weights of Inter, and the estimated width of a text. */

import { drawable } from "./layout.ts";
import { palette } from "./palette.ts";
import { element, escape } from "./svg.ts";

/** A text style: size in pixels, font weight and colour. */
export type TextStyle = { readonly size: number; readonly weight: 500 | 700; readonly fill: string };

/** All text styles. The minimum is 11 pixels, because a phone shows the picture unscaled. */
export const textStyles = {
  title: { size: 13, weight: 700, fill: palette.ink },
  note: { size: 11.5, weight: 500, fill: palette.quiet },
  name: { size: 12, weight: 500, fill: palette.ink },
  strong: { size: 12, weight: 700, fill: palette.ink },
  mark: { size: 12, weight: 700, fill: palette.markInk },
  value: { size: 13, weight: 700, fill: palette.ink },
  week: { size: 13, weight: 700, fill: palette.week },
  hero: { size: 21, weight: 700, fill: palette.week },
  weekName: { size: 12, weight: 500, fill: palette.week },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** The position of a text: `x` is its start, middle or end, `y` its baseline. */
export type TextPosition = { readonly x: number; readonly y: number; readonly anchor?: "start" | "middle" | "end" };

/** The markup of a text. */
export function label(text: string, style: TextStyle, { x, y, anchor = "start" }: TextPosition): string {
  return element("text", { x, y, "text-anchor": anchor, ...fontAttributes(style) }, escape(text));
}

function fontAttributes({ size, weight, fill }: TextStyle): Readonly<Record<string, string | number>> {
  return { "font-size": size, "font-weight": weight, fill };
}

/** A part of a line with its own style. It includes the space before the next run. */
export type TextRun = { readonly text: string; readonly style: TextStyle };

/** The markup of a line of several runs. */
export function line(runs: readonly TextRun[], { x, y, anchor = "start" }: TextPosition): string {
  const spans = runs.map(({ text, style }) => element("tspan", fontAttributes(style), escape(text)));
  return element("text", { x, y, "text-anchor": anchor }, ...spans);
}

/** The markup of a line centred at `x`, or as near to `x` as the picture allows. */
export function centeredLine(runs: readonly TextRun[], { x, y }: TextPosition): string {
  const half = widthOf(runs) / 2;
  if (x - half < drawable.left) return line(runs, { x: drawable.left, y });
  return line(runs, x + half > drawable.right ? { x: drawable.right, y, anchor: "end" } : { x, y, anchor: "middle" });
}

/** The estimated width of a line, in pixels. It is too high rather than too low. */
export function widthOf(runs: readonly TextRun[]): number {
  let width = 0;
  for (const { text, style } of runs) for (const letter of text) width += style.size * (advances.get(letter) ?? 0.64);
  return width;
}

/** Advance widths of Inter Bold, in ems. */
const advances: ReadonlyMap<string, number> = new Map(
  Object.entries({
    " ijl.,": 0.29,
    ft: 0.36,
    r: 0.41,
    "1-–": 0.48,
    aceksvxyz: 0.59,
    "023456789+": 0.67,
    ADNOT: 0.8,
    Smw: 0.9,
    MW: 1.06,
  }).flatMap(([letters, em]) => Array.from(letters, (letter) => [letter, em] as const)),
);
