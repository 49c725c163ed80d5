/** The user's marks on the curve: a dot for the week and a diamond for the average of the weeks before it. */

import { drawable } from "./layout.ts";
import { line, centeredLine, type TextRun, textStyles, widthOf } from "./lettering.ts";
import { opacity, palette } from "./palette.ts";
import { freeStart } from "./room.ts";
import { type CurvePoint, curvePointOf, plot, reference } from "./science.ts";
import { element, path } from "./svg.ts";
import { captions, minutesWords } from "./words.ts";

/** The marks' data: the week's name ("this week") and minutes, and the average in minutes, if there is one. */
export type Person = { readonly week: string; readonly minutes: number; readonly average: number | undefined };

/** Baselines of the two labels. One is above the plot and one below the line, so that they never overlap. */
const rows = { week: plot.top - 9, average: reference + 38 } as const;

/** Markup of the user's marks and labels. */
export function drawPerson({ week, minutes, average }: Person): string {
  const place = curvePointOf(minutes);
  const { x, y } = place;
  const words: readonly TextRun[] = [
    { text: `${minutesWords(minutes)} `, style: textStyles.hero },
    { text: week, style: textStyles.weekName },
  ];
  return [
    drawReach(place, palette.week),
    drawPin(place, { to: rows.week + 5, colour: palette.week }),
    average === undefined ? "" : drawHabit(average, place),
    drawArrow(place, palette.week),
    element("circle", { cx: x, cy: y, r: 6.5, fill: palette.week, stroke: palette.card, "stroke-width": 2 }),
    centeredLine(words, { x, y: rows.week }),
  ].join("");
}

function drawHabit(average: number, week: CurvePoint): string {
  const place = curvePointOf(average);
  const { x, y } = place;
  const words: readonly TextRun[] = [
    { text: `${captions.average} `, style: textStyles.name },
    { text: minutesWords(average), style: textStyles.value },
  ];
  const width = widthOf(words);
  const held = (start: number): number => Math.min(Math.max(start, drawable.left), drawable.right - width);
  const middle = held(x - width / 2);
  const reaches = [week, place].flatMap((each) => (each.reach ? [each.x] : []));
  const start = freeStart(width, [middle, held(Math.min(x, ...reaches) - width - 8)], reaches) ?? middle;
  const shape = {
    d: path`M${x},${y - 10}l10,10l-10,10l-10,-10z`,
    fill: palette.card,
    stroke: palette.ink,
    "stroke-width": 2,
    "stroke-linejoin": "round",
  };
  return [
    drawReach(place, palette.ink),
    x > start + width ? drawElbow(place, start + width + 3) : drawPin(place, { to: rows.average - 13, colour: palette.ink }),
    drawArrow(place, palette.ink),
    element("path", shape),
    line(words, { x: start, y: rows.average }),
  ].join("");
}

/** Where the line has faded, the mark is a range between the band's ends. */
function drawReach({ x, reach }: CurvePoint, colour: string): string {
  if (!reach) return "";
  const { top, bottom } = reach;
  return element("rect", { x: x - 2.5, y: top, width: 5, height: bottom - top, rx: 2.5, fill: colour, "fill-opacity": opacity.reach });
}

/** A thin line from a mark to its label. */
function drawPin({ x, y }: CurvePoint, { to, colour }: { readonly to: number; readonly colour: string }): string {
  return element("path", { d: path`M${x},${y}V${to}`, stroke: colour, "stroke-width": 1.2 });
}

/** A thin line from a mark down and then left, to the end of its label. */
function drawElbow({ x, y }: CurvePoint, to: number): string {
  return element("path", { d: path`M${x},${y}V${rows.average - 4}H${to}`, fill: "none", stroke: palette.ink, "stroke-width": 1.2 });
}

/** An arrow to the right, for minutes that exceed the plot. */
function drawArrow({ x, y, isBeyond }: CurvePoint, colour: string): string {
  if (!isBeyond) return "";
  return element("path", {
    d: path`M${x + 12},${y - 5}l5,5l-5,5`,
    fill: "none",
    stroke: colour,
    "stroke-width": 2.2,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}
