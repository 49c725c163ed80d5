/** The days panel: training days, rest days and days ahead. */

import { targetRangeOf } from "#core/training/dose.ts";
import { indexInWeek, type Weekday } from "#core/lib/time.ts";
import { type Spoken, shortWeekday } from "#core/phrases.ts";
import { drawable, type Panel } from "./layout.ts";
import { label, textStyles } from "./lettering.ts";
import { palette } from "./palette.ts";
import { linear, type Scale } from "./scales.ts";
import { element, path } from "./svg.ts";
import { barWords, captions, weekTitle } from "./words.ts";

/** A day on the picture: strength minutes, a word, or nothing yet. */
export type DayMark = { readonly weekday: Weekday; readonly isToday: boolean; readonly is: number | "rest" | "cardio" | "today" | "ahead" };

/** The seven days, in week order. A past day without strength or cardio is rest. */
export function dayMarks({ summary, today }: Spoken): readonly DayMark[] {
  const now = indexInWeek(summary.week, today);
  return summary.days.map(({ weekday, strength, aerobic }, place) => {
    const without = aerobic > 0 ? "cardio" : place === now ? "today" : place > now ? "ahead" : "rest";
    return { weekday, isToday: place === now, is: strength > 0 ? strength : without };
  });
}

const tallest = 36;
const step = (drawable.right - drawable.left) / 7;

/** The centre and the base line of a day, in pixels. */
type Column = { readonly x: number; readonly base: number };

/** The days panel of a week. */
export function drawDays(spoken: Spoken): Panel {
  const marks = dayMarks(spoken);
  const most = Math.max(targetRangeOf(spoken.user).min / 2, ...marks.map(({ is }) => (typeof is === "number" ? is : 0)));
  const heightOf = linear([0, most], [3, tallest]);
  const base = marks.some(({ is }) => typeof is === "number") ? 92 : 66;
  const days = marks.map((mark, index) => drawDay(mark, { x: drawable.left + (index + 0.5) * step, base }, heightOf));
  const title = label(weekTitle(spoken), textStyles.title, { x: drawable.left, y: 24 });
  return { height: base + 26, markup: title + ground(base) + days.join("") };
}

function drawDay({ weekday, isToday, is }: DayMark, { x, base }: Column, heightOf: Scale): string {
  const style = is === "ahead" ? textStyles.note : isToday ? textStyles.strong : textStyles.name;
  const name = label(shortWeekday(weekday), style, { x, y: base + 17, anchor: "middle" });
  if (is === "ahead") return name;
  if (typeof is === "string") {
    const isEmpty = is === "today";
    const dot = { cx: x, cy: base - 8, r: 3, fill: isEmpty ? palette.card : palette.before, stroke: palette.before, "stroke-width": 1.5 };
    return name + element("circle", dot) + label(captions[is], textStyles.note, { x, y: base - 17, anchor: "middle" });
  }
  const height = heightOf(is);
  const bar = element("rect", { x: x - 11, y: base - height, width: 22, height, rx: 3, fill: palette.week });
  return name + bar + label(barWords(is), textStyles.week, { x, y: base - height - 6, anchor: "middle" });
}

/** Markup of the base line of the bars, at `y`. */
export function ground(y: number): string {
  return element("path", { d: path`M${drawable.left},${y}H${drawable.right}`, stroke: palette.hairline, "stroke-width": 1 });
}
