/** The week picture: the curve with the user on it, the week's days, and the weeks before. */

import type { Trend } from "#core/training/streak.ts";
import { holds } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { shortWeekday } from "#core/phrases.ts";
import type { WeekSummary } from "#core/training/week-summary.ts";
import { drawCurve } from "./curve.ts";
import { dayMarks, drawDays } from "./days.ts";
import { type Panel, width } from "./layout.ts";
import { palette } from "./palette.ts";
import { gradients } from "./science.ts";
import { element } from "./svg.ts";
import { drawTrend } from "./trend.ts";
import { barWords, captions, targetWords, minutesWords, weekTitle, weekWord } from "./words.ts";

/** The data of a week picture. */
export type PictureFacts = {
  readonly user: User;
  readonly today: Temporal.PlainDate;
  /** The week shown. */
  readonly summary: WeekSummary;
  /** The weeks before it. */
  readonly trend: Trend;
};

/** The week picture as SVG, 360 pixels wide and as high as its panels. */
export function drawWeek(facts: PictureFacts): string {
  const { user, summary, trend } = facts;
  const person = { week: weekWord(facts), minutes: summary.dose.minutes, average: trend.average };
  const panels = [drawCurve(user, person), drawDays(facts), drawTrend(facts, trend)].filter((panel) => panel !== undefined);
  const height = panels.reduce((total, panel) => total + panel.height, margin);
  const size = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "Inter" };
  return element("svg", size, gradients, card(height), ...stack(panels));
}

/** Pixels below the last panel. */
const margin = 8;

function card(height: number): string {
  const size = { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 14 };
  return element("rect", { ...size, fill: palette.card, stroke: palette.edge, "stroke-width": 1 });
}

/** Stacks the panels from top to bottom. */
function stack(panels: readonly Panel[]): readonly string[] {
  let y = 0;
  return panels.map(({ height, markup }) => {
    const placed = element("g", { transform: `translate(0 ${y})` }, markup);
    y += height;
    return placed;
  });
}

/** Every fact about the user that the picture shows, as text: "48 min this week", "Mon 20", "Tue rest", "52". */
export function factsShown(facts: PictureFacts): readonly string[] {
  const { user, today, summary, trend } = facts;
  const days = dayMarks(facts).flatMap(({ weekday, is }) => {
    if (is === "ahead" || is === "today") return [];
    return [`${shortWeekday(weekday)} ${typeof is === "number" ? barWords(is) : captions[is]}`];
  });
  return [
    ...(holds(summary.week, today) ? [] : [weekTitle(facts)]),
    `${minutesWords(summary.dose.minutes)} ${weekWord(facts)}`,
    ...(trend.average === undefined ? [] : [`${captions.average} ${minutesWords(trend.average)}`]),
    targetWords(user),
    ...days,
    ...trend.weeks.map(barWords),
  ];
}
