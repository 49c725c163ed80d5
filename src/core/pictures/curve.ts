/** The dose-response panel: the evidence, the target range, and the user on the curve. */

import { goodRange, targetRangeOf, sweetSpot } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { User } from "#core/model/user.ts";
import { drawable, type Panel } from "./layout.ts";
import { label, centeredLine, type TextRun, type TextStyle, textStyles, widthOf } from "./lettering.ts";
import { opacity, palette } from "./palette.ts";
import { drawPerson, type Person } from "./person.ts";
import { xOf, bandMarkup, levelFrom, lineMarkup, peak, curvePointOf, plot, reference } from "./science.ts";
import { freeStart } from "./room.ts";
import { element, path } from "./svg.ts";
import { captions, targetName, targetWords } from "./words.ts";

const { until } = evidence.dose.drawing;

/** The panel for `user`, with `person` drawn on it. */
export function drawCurve(user: User, person: Person): Panel {
  const axis = drawAxis(user);
  const markup = [heading, bandMarkup, drawTargetRange(user), lineMarkup, drawAsides(person), axis.markup, drawPerson(person)];
  return { height: plot.bottom + axis.height, markup: markup.join("") };
}

/** The title, and the meaning of the vertical axis. */
const heading =
  label(captions.curve, textStyles.title, { x: drawable.left, y: 30 }) +
  label(captions.lower, textStyles.note, { x: drawable.right, y: 30, anchor: "end" }) +
  element("path", {
    d: path`M${drawable.right - noteWidth(captions.lower) - 7},30v-9m-3.5,3.5l3.5,-3.5l3.5,3.5`,
    fill: "none",
    stroke: palette.quiet,
    "stroke-width": 1.4,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });

/** The target range, over the full height of the plot. */
function drawTargetRange(user: User): string {
  const { min, max } = targetRangeOf(user);
  const x = Math.min(xOf(min), plot.right - 2);
  const size = { x, y: plot.top, width: Math.max(xOf(max) - x, 2), height: plot.bottom - plot.top };
  return element("rect", { ...size, rx: 2, fill: palette.mark, "fill-opacity": opacity.mark });
}

/** The captions of the level line and, if there is room, of the band. Neither overlaps the user's marks. */
function drawAsides({ minutes, average }: Person): string {
  const week = curvePointOf(minutes);
  const habit = average === undefined ? undefined : curvePointOf(average);
  const above = [week.x, ...(habit?.reach ? [habit.x] : [])];
  const below = [...(habit ? [habit.x] : []), ...(week.reach ? [week.x] : [])];
  const range = freeStart(noteWidth(captions.range), [pastSweetSpot, pastLevel], above);
  const level = freeStart(noteWidth(captions.reference), [atEnd, plot.left, beside(habit), beside(week)], below);
  const named =
    range === undefined ? "" : label(captions.range, textStyles.note, { x: range, y: range === pastLevel ? reference - 18 : peak - 11 });
  return named + label(captions.reference, textStyles.note, { x: level ?? atEnd, y: reference + 15 });
}

/** Possible starts of the two captions, in pixels. */
const pastSweetSpot = xOf(sweetSpot.max) + 6;
const pastLevel = xOf(levelFrom) + 6;
const atEnd = plot.right - 4 - noteWidth(captions.reference);

function beside({ x }: { readonly x: number } = { x: plot.left }): number {
  return Math.min(x + 8, atEnd + 10);
}

function noteWidth(text: string): number {
  return widthOf([{ text, style: textStyles.note }]);
}

/** The axis below the plot: numbers and names of ranges. */
function drawAxis(user: User): Panel {
  const ticks = ticksOf(user);
  const names = drawNames(user, ticks);
  const numbers = ticks.map(({ minutes, style }) =>
    label(String(minutes), style, { x: xOf(minutes), y: plot.bottom + 16, anchor: "middle" }),
  );
  return { height: names.height, markup: numbers.join("") + names.markup };
}

type Tick = { readonly minutes: number; readonly style: TextStyle };

/** The ticks: the ends of the target range first, then the others that do not overlap. */
function ticksOf(user: User): readonly Tick[] {
  const { min, max } = targetRangeOf(user);
  const marks = [min, max].filter((minutes) => minutes <= until).map((minutes): Tick => ({ minutes, style: textStyles.mark }));
  const others = [0, until, levelFrom, goodRange.max + 1].map((minutes): Tick => ({ minutes, style: textStyles.note }));
  let shown: readonly Tick[] = [];
  for (const tick of [...marks, ...others]) shown = shown.some((other) => touches(tick, other)) ? shown : [...shown, tick];
  return shown;
}

function touches(one: Tick, other: Tick): boolean {
  const room = widthOf([{ text: `${one.minutes}${other.minutes}`, style: textStyles.mark }]) / 2 + 4;
  return Math.abs(xOf(one.minutes) - xOf(other.minutes)) < room;
}

/** Names of the target range, with numbers if a tick lacks room, and of the range few people trained, lower if both would overlap. */
function drawNames(user: User, ticks: readonly Tick[]): Panel {
  const { min, max } = targetRangeOf(user);
  const isNumbered = [min, max].every((end) => ticks.some(({ minutes }) => minutes === end));
  const mark: TextRun = { text: isNumbered ? targetName(user) : targetWords(user), style: textStyles.mark };
  const few: TextRun = { text: captions.few, style: textStyles.note };
  const [markX, fewX] = [(xOf(min) + xOf(max)) / 2, (xOf(levelFrom) + plot.right) / 2];
  const y = plot.bottom + 31;
  const isApart = fewX - markX > (widthOf([mark]) + widthOf([few])) / 2 + 20;
  const markup = centeredLine([mark], { x: markX, y }) + centeredLine([few], { x: fewX, y: isApart ? y : y + 15 });
  return { height: isApart ? 38 : 53, markup };
}
