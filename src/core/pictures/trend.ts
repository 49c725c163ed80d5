/** The trend panel: the weeks before, followed by the week shown. */

import { habitWeeks, targetRangeOf } from "#core/training/dose.ts";
import type { Trend } from "#core/training/streak.ts";
import type { Spoken } from "#core/phrases.ts";
import { ground } from "./days.ts";
import { drawable, type Panel } from "./layout.ts";
import { label, textStyles, widthOf } from "./lettering.ts";
import { opacity, palette } from "./palette.ts";
import { linear, type Scale } from "./scales.ts";
import { element } from "./svg.ts";
import { barWords, captions, targetWords, weekWord } from "./words.ts";

const base = 90;
const tallest = 42;
const step = (drawable.right - drawable.left) / (habitWeeks + 1);

/** The trend panel; undefined if there are no earlier weeks. */
export function drawTrend(spoken: Spoken, { weeks }: Trend): Panel | undefined {
  if (weeks.length === 0) return undefined;
  const { user, summary } = spoken;
  const minutes = [...weeks, summary.dose.minutes];
  const { min, max } = targetRangeOf(user);
  const heightOf = linear([0, Math.max(max, ...minutes)], [0, tallest]);
  const from = drawable.right - minutes.length * step;
  const bars = minutes.map((each, index) =>
    drawWeekBar(each, { x: from + (index + 0.5) * step, isLast: index === weeks.length }, heightOf),
  );
  const range = {
    x: drawable.left,
    y: base - heightOf(max),
    width: drawable.right - drawable.left,
    height: Math.max(2, heightOf(max) - heightOf(min)),
  };
  const markup = [
    label(captions.trend, textStyles.title, { x: drawable.left, y: 24 }),
    legend(targetWords(user)),
    element("rect", { ...range, fill: palette.mark, "fill-opacity": opacity.mark }),
    ground(base),
    ...bars,
    label(weekWord(spoken), textStyles.weekName, { x: drawable.right, y: base + 17, anchor: "end" }),
  ];
  return { height: base + 26, markup: markup.join("") };
}

function drawWeekBar(minutes: number, { x, isLast }: { readonly x: number; readonly isLast: boolean }, heightOf: Scale): string {
  const height = Math.max(2, heightOf(minutes));
  const bar = { x: x - 9, y: base - height, width: 18, height, rx: Math.min(3, height / 2), fill: isLast ? palette.week : palette.before };
  const style = isLast ? textStyles.week : textStyles.strong;
  return element("rect", bar) + label(barWords(minutes), style, { x, y: base - height - 5, anchor: "middle" });
}

/** The legend of the target range, right of the title. */
function legend(words: string): string {
  const x = drawable.right - widthOf([{ text: words, style: textStyles.mark }]) - 15;
  const swatch = element("rect", { x, y: 14, width: 11, height: 11, rx: 2, fill: palette.mark });
  return swatch + label(words, textStyles.mark, { x: drawable.right, y: 24, anchor: "end" });
}
