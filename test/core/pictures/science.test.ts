import type { Minutes } from "#core/lib/ids.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { drawWeek } from "#core/pictures/draw.ts";
import { opacity, palette } from "#core/pictures/palette.ts";
import { xOf, curvePointOf, plot, reference } from "#core/pictures/science.ts";
import { element, escape, path } from "#core/pictures/svg.ts";
import { weekOf } from "#core/lib/time.ts";
import { summarize } from "#core/training/week-summary.ts";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../../support/builders.ts";

const { drawing } = evidence.dose;
const today = Temporal.PlainDate.from("2026-11-25");

/** A week with one session, after eight others. */
function picture(minutes = 20): string {
  const summary = summarize([aSession({ minutes: minutes as Minutes })], weekOf(today, 1));
  return drawWeek({ user: aUser(), today, summary, trend: { weeks: [40, 55, 60, 45, 62, 48, 50, 56], average: 52, direction: "level" } });
}

/** The attributes of every element that has all of `wanted`. */
function elementsOf(svg: string, name: string, wanted: Readonly<Record<string, string>>): readonly Readonly<Record<string, string>>[] {
  return Array.from(svg.matchAll(/<([a-zA-Z]+)([^>]*?)\/?>/g), ([, found, attributes = ""]) => ({
    found,
    attributes: Object.fromEntries(Array.from(attributes.matchAll(/([\w-]+)="([^"]*)"/g), ([, key = "", value = ""]) => [key, value])),
  }))
    .filter(({ found, attributes }) => found === name && Object.entries(wanted).every(([key, value]) => attributes[key] === value))
    .map(({ attributes }) => attributes);
}

const numbersOf = (directions: string | undefined): readonly number[] => Array.from(directions?.match(/-?\d+(?:\.\d+)?/g) ?? [], Number);

/** The points of the line as it is drawn, close to each other. */
function lineOf(svg: string): readonly (readonly [x: number, y: number])[] {
  const [startX = 0, startY = 0, ...rest] = numbersOf(elementsOf(svg, "path", { class: "line" })[0]?.["d"]);
  let [x0, y0] = [startX, startY];
  const points: (readonly [number, number])[] = [];
  for (let at = 0; at < rest.length; at += 6) {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = rest.slice(at, at + 6);
    const along = (t: number, [a, b, c, d]: readonly [number, number, number, number]): number =>
      a * (1 - t) ** 3 + 3 * b * (1 - t) ** 2 * t + 3 * c * (1 - t) * t ** 2 + d * t ** 3;
    const start = [x0, y0] as const;
    for (let step = 0; step <= 500; step += 1)
      points.push([along(step / 500, [start[0], x1, x2, x3]), along(step / 500, [start[1], y1, y2, y3])]);
    [x0, y0] = [x3, y3];
  }
  return points;
}

const minutesAt = (x: number): number => ((x - plot.left) / (plot.right - plot.left)) * drawing.until;

/** The scale of heights is logarithmic: two known places of it give every other. */
const riskAt = (y: number): number => Math.exp((Math.log(least) * (y - reference)) / (plot.top - reference));
const least = Math.min(...drawing.band.map(({ lo }) => lo));

/** The published band at `dose`, straight between its points. */
function bandAt(dose: number): { readonly lo: number; readonly hi: number } {
  const from = drawing.band.findLast((point) => point.dose <= dose) ?? { dose: 0, lo: 1, hi: 1 };
  const to = drawing.band.find((point) => point.dose > dose) ?? from;
  const part = to === from ? 0 : (dose - from.dose) / (to.dose - from.dose);
  return { lo: from.lo + (to.lo - from.lo) * part, hi: from.hi + (to.hi - from.hi) * part };
}

describe("the line", () => {
  const line = lineOf(picture());

  test("goes through the points of the evidence", () => {
    const seen = drawing.line.map(({ dose }) => {
      const nearest = line.toSorted(([a], [b]) => Math.abs(minutesAt(a) - dose) - Math.abs(minutesAt(b) - dose))[0];
      return riskAt(nearest?.[1] ?? 0).toFixed(3);
    });
    expect(seen).toEqual(drawing.line.map(({ rr }) => rr.toFixed(3)));
  });

  test("stays inside the published band all along", () => {
    expect(line.length).toBeGreaterThan(1000);
    for (const [x, y] of line) {
      const { lo, hi } = bandAt(minutesAt(x));
      expect(riskAt(y)).toBeGreaterThanOrEqual(lo - 1e-4);
      expect(riskAt(y)).toBeLessThanOrEqual(hi + 1e-4);
    }
  });

  test("has one turn, and does not climb in risk where it ends", () => {
    const best = drawing.line.toSorted((a, b) => a.rr - b.rr)[0];
    const last = drawing.line.at(-1);
    const heights = (from: number, to: number): readonly number[] =>
      line.filter(([x]) => minutesAt(x) > from + 0.1 && minutesAt(x) < to - 0.1).map(([, y]) => y);
    const [rising, falling] = [heights(0, best?.dose ?? 0), heights(best?.dose ?? 0, last?.dose ?? 0)];
    expect(rising).toEqual(rising.toSorted((a, b) => b - a));
    expect(falling).toEqual(falling.toSorted((a, b) => a - b));
    const level = heights(last?.dose ?? 0, drawing.until);
    expect(level.length).toBeGreaterThan(100);
    expect(new Set(level.map((y) => riskAt(y).toFixed(3)))).toEqual(new Set([last?.rr.toFixed(3)]));
  });

  test("fades from where the evidence says, and is gone where the band is level", () => {
    const svg = picture();
    const [fade] = elementsOf(svg, "linearGradient", { id: "line" });
    const stops = elementsOf(svg, "stop", { "stop-color": palette.line }).map((stop) => stop["stop-opacity"]);
    expect(minutesAt(Number(fade?.["x1"]))).toBeCloseTo(drawing.fade_from, 1);
    expect(minutesAt(Number(fade?.["x2"]))).toBeCloseTo(drawing.band.at(-1)?.dose ?? 0, 1);
    expect(stops).toEqual(["1", "0"]);
    expect(Math.max(...line.map(([x]) => minutesAt(x)))).toBeCloseTo(drawing.band.at(-1)?.dose ?? 0, 1);
  });

  test("is where the person's dot stands", () => {
    for (const minutes of [0, 7, 20, 40, 48, 60, 90, 119, 135, 139]) {
      const { x, y } = curvePointOf(minutes);
      const nearest = line.toSorted(([a], [b]) => Math.abs(a - x) - Math.abs(b - x))[0];
      expect([x, y].map(Math.round)).toEqual([Math.round(xOf(minutes)), Math.round(nearest?.[1] ?? 0)]);
    }
  });
});

describe("the band", () => {
  test("is the published one, level from its last point to the end", () => {
    const numbers = numbersOf(elementsOf(picture(), "path", { class: "band" })[0]?.["d"]);
    const points = Array.from(
      { length: numbers.length / 2 },
      (_, index) => [numbers[index * 2] ?? 0, numbers[index * 2 + 1] ?? 0] as const,
    );
    const seen = points.map(([x, y]) => `${Math.round(minutesAt(x))} ${riskAt(y).toFixed(2)}`);
    const last = drawing.band.at(-1);
    const wanted = [...drawing.band, { dose: drawing.until, lo: last?.lo ?? 0, hi: last?.hi ?? 0 }];
    expect(seen).toEqual([
      ...wanted.map(({ dose, lo }) => `${dose} ${lo.toFixed(2)}`),
      ...wanted.toReversed().map(({ dose, hi }) => `${dose} ${hi.toFixed(2)}`),
    ]);
  });

  test("fades to the right", () => {
    const stops = elementsOf(picture(), "stop", { "stop-color": palette.band }).map((stop) => Number(stop["stop-opacity"]));
    expect(stops).toEqual(stops.toSorted((a, b) => b - a));
    expect(stops.at(-1)).toBeLessThan(stops[0] ?? 0);
  });
});

describe("the colours", () => {
  const channels = (colour: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const over = (colour: string, strength: number, below: string): string =>
    `#${channels(colour)
      .map((channel, index) => Math.round(channel * strength + (channels(below)[index] ?? 0) * (1 - strength)))
      .map((channel) => channel.toString(16).padStart(2, "0"))
      .join("")}`;
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(colour)
      .map((channel) => channel / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const band = over(palette.band, opacity.band, palette.card);
  const mark = over(palette.mark, opacity.mark, palette.card);
  const both = over(palette.mark, opacity.mark, band);

  test.each([palette.ink, palette.quiet, palette.markInk, palette.week])("let text in %s be read wherever it may stand", (text) => {
    for (const ground of [palette.card, band, mark, both]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([palette.line, palette.week, palette.ink])("let what is drawn in %s be seen wherever it may stand", (drawn) => {
    for (const ground of [palette.card, band, mark, both]) expect(contrast(drawn, ground)).toBeGreaterThanOrEqual(3);
  });

  test("have no red", () => {
    const colours = Object.values(palette).map(channels);
    expect(colours.filter(([red = 0, green = 0, blue = 0]) => red > 140 && green < red * 0.6 && blue < red * 0.6)).toEqual([]);
  });

  test("are nowhere but in the palette", () => {
    const used = picture(300).match(/#[0-9a-f]{3,8}\b/giu);
    expect(new Set(used).difference(new Set(Object.values(palette)))).toEqual(new Set());
  });
});

describe("element, escape and path", () => {
  test("element writes attributes and content, with numbers in hundredths", () => {
    expect(element("a", { x: 1.23456, y: -0.5, fill: "none" })).toBe('<a x="1.23" y="-0.5" fill="none"/>');
    expect(element("a", {}, element("b", {}), "c")).toBe("<a><b/>c</a>");
  });

  test("element and escape let no text become markup", () => {
    expect(element("a", { title: `"<&'` })).toBe('<a title="&#34;&#60;&#38;&#39;"/>');
    expect(escape("<script>&amp;")).toBe("&#60;script&#62;&#38;amp;");
    expect(escape("40–60 min")).toBe("40–60 min");
  });

  test("path keeps numbers to hundredths", () => {
    expect(path`M${1.005},${2.3456}V${3}h-9z`).toBe("M1,2.35V3h-9z");
  });
});
