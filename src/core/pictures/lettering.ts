/** Letters on the picture: few sizes and two weights of Inter, and about how wide a text will be. */

import { drawable } from "./layout.ts";
import { palette } from "./palette.ts";
import { element, escape } from "./svg.ts";

/** How a text looks: pixels, weight and colour. */
export type TextStyle = { readonly size: number; readonly weight: 500 | 700; readonly fill: string };

/** Every style that there is. None is smaller than 11 pixels, which a phone shows at its full size. */
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

/** Where a text starts, has its middle, or ends; `y` is its base. */
export type TextPosition = { readonly x: number; readonly y: number; readonly anchor?: "start" | "middle" | "end" };

/** A text, markup. */
export function label(text: string, style: TextStyle, { x, y, anchor = "start" }: TextPosition): string {
  return element("text", { x, y, "text-anchor": anchor, ...fontAttributes(style) }, escape(text));
}

function fontAttributes({ size, weight, fill }: TextStyle): Readonly<Record<string, string | number>> {
  return { "font-size": size, "font-weight": weight, fill };
}

/** A part of a line of text with its own style; the space before the next one belongs to it. */
export type TextRun = { readonly text: string; readonly style: TextStyle };

/** A line of several runs, markup. */
export function line(runs: readonly TextRun[], { x, y, anchor = "start" }: TextPosition): string {
  const spans = runs.map(({ text, style }) => element("tspan", fontAttributes(style), escape(text)));
  return element("text", { x, y, "text-anchor": anchor }, ...spans);
}

/** A line of several runs with its middle at `x`, or as near to it as the picture allows, markup. */
export function centeredLine(runs: readonly TextRun[], { x, y }: TextPosition): string {
  const half = widthOf(runs) / 2;
  if (x - half < drawable.left) return line(runs, { x: drawable.left, y });
  return line(runs, x + half > drawable.right ? { x: drawable.right, y, anchor: "end" } : { x, y, anchor: "middle" });
}

/** About how many pixels wide a line of `runs` is; rather too many than too few. */
export function widthOf(runs: readonly TextRun[]): number {
  let width = 0;
  for (const { text, style } of runs) for (const letter of text) width += style.size * (advances.get(letter) ?? 0.64);
  return width;
}

/** Advances of the letters of Inter Bold, in ems. */
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
