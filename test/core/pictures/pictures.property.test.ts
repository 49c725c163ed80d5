import { createRequire } from "node:module";
import type { Minutes } from "#core/lib/ids.ts";
import { habitWeeks } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { drawWeek, factsShown, type PictureFacts } from "#core/pictures/draw.ts";
import { textStyles, widthOf } from "#core/pictures/lettering.ts";
import type { Session } from "#core/model/session.ts";
import { weekAfter, weekdays, weekOf } from "#core/lib/time.ts";
import { sum, summarize } from "#core/training/week-summary.ts";
import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../../support/builders.ts";

const start = Temporal.PlainDate.from("2026-12-14");
const shares = evidence.activities.activities.map(({ suggested_split }) => suggested_split);

const anySession = fc
  .record({
    minutes: fc.integer({ min: 1, max: 600 }).map((minutes) => minutes as Minutes),
    intensity: fc.constantFrom<Session["intensity"]>("light", "moderate", "vigorous"),
    shares: fc.constantFrom(...shares, { strength: 1, aerobic: 0 }),
    day: fc.nat(27).map((days) => start.add({ days })),
  })
  .map(aSession);

const anyMinutes = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 10_080 }));
const anyBand = fc
  .tuple(anyMinutes, anyMinutes)
  .map(([one, other]) => ({ min: Math.max(1, Math.min(one, other)), max: Math.max(1, one, other), setOn: start }));
const anyWeeks = fc.array(anyMinutes, { maxLength: habitWeeks });

/** Any week of anybody, looked at on one of its days or later. */
const anyFacts: fc.Arbitrary<PictureFacts> = fc
  .record({
    sessions: fc.array(anySession, { maxLength: 40 }),
    band: fc.option(anyBand, { nil: undefined }),
    firstDay: fc.constantFrom(...weekdays),
    day: fc.nat(27),
    ago: fc.nat(2),
    weeks: anyWeeks,
  })
  .map(({ sessions, band, firstDay, day, ago, weeks }) => {
    const today = start.add({ days: day });
    const average = weeks.length < habitWeeks ? undefined : Math.round(sum(weeks) / habitWeeks);
    return {
      user: aUser({ band, firstDay }),
      today,
      summary: summarize(sessions, weekAfter(weekOf(today, firstDay), -ago)),
      trend: { weeks, average, direction: undefined },
    };
  });

const require = createRequire(import.meta.url);
const fontFiles = ["500Medium/Inter_500Medium.ttf", "700Bold/Inter_700Bold.ttf"].map((name) =>
  require.resolve(`@expo-google-fonts/inter/${name}`),
);
const font = { loadSystemFonts: false, fontFiles, defaultFontFamily: "Inter" };

/** How wide `text` really is at 100 pixels, by the drawing of it. */
function measured(text: string, weight: string): number {
  const drawn = `<text y="100" font-family="Inter" font-size="100" font-weight="${weight}">${text}</text>`;
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="200">${drawn}</svg>`, { font }).getBBox()?.width ?? 0;
}

const advances = new Map<string, number>();

/** The width of a letter in ems; it is measured between two bars, so that spaces count. */
function advanceOf(letter: string, weight: string): number {
  const key = `${weight}${letter}`;
  const known = advances.get(key) ?? (measured(`|${letter.repeat(10)}|`, weight) - measured("||", weight)) / 1000;
  advances.set(key, known);
  return known;
}

type Box = { readonly text: string; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };

/** Where each text of a picture really stands. */
function boxesOf(svg: string): readonly Box[] {
  const panels = Array.from(svg.matchAll(/<g transform="translate\(0 ([\d.]+)\)">(.*?)<\/g>/gs));
  return panels.flatMap(([, down, inside = ""]) =>
    Array.from(inside.matchAll(/<text ([^>]*)>(.*?)<\/text>/g), ([, attributes = "", content = ""]) =>
      boxOf(attributes, content, Number(down)),
    ),
  );
}

function boxOf(attributes: string, content: string, down: number): Box {
  const get = (from: string, name: string): string => new RegExp(`${name}="([^"]*)"`).exec(from)?.[1] ?? "";
  const spans = Array.from(content.matchAll(/<tspan ([^>]*)>([^<]*)<\/tspan>/g), ([, of = "", text = ""]) => ({ of, text }));
  const runs = spans.length > 0 ? spans : [{ of: attributes, text: content }];
  const size = Math.max(...runs.map(({ of }) => Number(get(of, "font-size"))));
  const width = sum(
    runs.map(({ of, text }) => Number(get(of, "font-size")) * sum(Array.from(text, (letter) => advanceOf(letter, get(of, "font-weight"))))),
  );
  const [x, y] = [Number(get(attributes, "x")), Number(get(attributes, "y")) + down];
  const left = x - width * ({ start: 0, middle: 0.5, end: 1 }[get(attributes, "text-anchor")] ?? 0);
  const text = runs.map((run) => run.text).join("");
  return { text, left, right: left + width, top: y - 0.73 * size, bottom: y + 0.2 * size };
}

const meet = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Something upright at `x`, from one height to another. */
function uprightOf([x = 0, from = 0, to = 0]: readonly number[]): Box {
  return { text: "|", left: x - 1, right: x + 1, top: Math.min(from, to), bottom: Math.max(from, to) };
}

const sizeOf = (svg: string): readonly number[] => /viewBox="0 0 (\d+) ([\d.]+)"/.exec(svg)?.slice(1).map(Number) ?? [];

describe("the picture of anything", () => {
  test("holds nothing that is no number, and the same twice", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const svg = drawWeek(facts);
        expect(svg).not.toMatch(/NaN|undefined|Infinity|null|e-\d/u);
        expect(drawWeek(facts)).toBe(svg);
      }),
      { numRuns: 500 },
    );
  });

  test("is well-formed, and lies inside its card", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const svg = drawWeek(facts);
        const drawn = new Resvg(svg, { font });
        const [width = 0, height = 0] = sizeOf(svg);
        const { x, y, width: across, height: down } = drawn.getBBox() ?? { x: -1, y: -1, width: 0, height: 0 };
        expect([drawn.width, drawn.height]).toEqual([width, height]);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + across).toBeLessThanOrEqual(width);
        expect(y + down).toBeLessThanOrEqual(height);
      }),
      { numRuns: 60 },
    );
  });

  test("has no text that meets the edge or another text", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const svg = drawWeek(facts);
        const [width = 0, height = 0] = sizeOf(svg);
        const boxes = boxesOf(svg);
        expect(boxes.filter(({ left, right, top, bottom }) => left < 8 || right > width - 8 || top < 8 || bottom > height - 8)).toEqual([]);
        expect(
          boxes.flatMap((one, index) =>
            boxes
              .slice(index + 1)
              .filter((other) => meet(one, other))
              .map((other) => [one, other]),
          ),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("lets nothing upright run through the person's labels or the band's name", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const svg = drawWeek(facts);
        const boxes = boxesOf(svg).filter(({ text }) => /average| (?:this|that) week|range in/u.test(text));
        const pins = Array.from(svg.matchAll(/d="M([\d.]+),([\d.]+)V([\d.]+)/g), ([, ...ends]) => uprightOf(ends.map(Number)));
        const reaches = Array.from(svg.matchAll(/x="([\d.]+)" y="([\d.]+)" width="5" height="([\d.]+)"/g), ([, ...size]) => {
          const [x = 0, y = 0, height = 0] = size.map(Number);
          return uprightOf([x + 2.5, y, y + height]);
        });
        expect(boxes.length).toBeGreaterThan(0);
        expect(boxes.filter((box) => [...pins, ...reaches].some((upright) => meet(box, upright)))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps its marks inside the card", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const svg = drawWeek(facts);
        const places = Array.from(svg.matchAll(/ (?:x|cx|x1|x2)="(-?[\d.]+)"/g), ([, x]) => Number(x));
        const wide = Array.from(svg.matchAll(/ x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g), ([, x, width]) => Number(x) + Number(width));
        const high = Array.from(svg.matchAll(/ (?:width|height|r)="(-?[\d.]+)"/g), ([, length]) => Number(length));
        expect(Math.min(...places, ...high)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...places, ...wide)).toBeLessThanOrEqual(360);
      }),
      { numRuns: 300 },
    );
  });

  test("names no fact in words that it does not draw", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const drawn = new Set(boxesOf(drawWeek(facts)).flatMap(({ text }) => text.split(/[ –]/u)));
        expect(
          factsShown(facts)
            .flatMap((fact) => fact.split(/[ –]/u))
            .filter((piece) => !drawn.has(piece)),
        ).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("does not touch what it is given", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const before = JSON.stringify(facts);
        drawWeek(facts);
        expect(JSON.stringify(facts)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });
});

describe("widthOf", () => {
  test("widthOf is what the font comes to, or a little more", () => {
    const svgs = fc.sample(anyFacts, 30).map(drawWeek);
    const texts = new Set(svgs.flatMap(boxesOf).map(({ text }) => text));
    for (const text of texts) {
      for (const style of [textStyles.note, textStyles.hero]) {
        const real = style.size * sum(Array.from(text, (letter) => advanceOf(letter, String(style.weight))));
        expect(widthOf([{ text, style }])).toBeGreaterThanOrEqual(real * 0.98);
        expect(widthOf([{ text, style }])).toBeLessThanOrEqual(real * 1.2 + style.size / 4);
      }
    }
  });
});
