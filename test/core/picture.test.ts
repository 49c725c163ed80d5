import type { Minutes } from "#core/brand.ts";
import { goodRange, habitWeeks, sweetSpot } from "#core/dose.ts";
import { evidence } from "#core/evidence.ts";
import { drawWeek, factsShown, type PictureFacts } from "#core/picture/draw.ts";
import { opacity, palette } from "#core/picture/palette.ts";
import { acrossOf, placeOf, plot, reference } from "#core/picture/science.ts";
import { element, escape, path } from "#core/picture/svg.ts";
import type { Session } from "#core/session.ts";
import { type Past, trendOf } from "#core/streak.ts";
import { weekAfter, type Weekday, weekOf } from "#core/time.ts";
import { summarize } from "#core/week.ts";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../support/build.ts";

const { drawing, zones } = evidence.dose;
const monday = Temporal.PlainDate.from("2026-11-23");
const aerobic = { strength: 0, aerobic: 1 };

type Given = {
  /** Strength minutes by day of the week, or a session. */
  readonly days?: readonly (number | Partial<Session>)[];
  readonly before?: readonly number[];
  readonly band?: readonly [min: number, max: number];
  readonly today?: string;
  readonly firstDay?: Weekday;
};

/** The week of 23 November 2026, looked at on its Wednesday. */
function given({ days = [], before = [], band, today = "2026-11-25", firstDay = 1 }: Given = {}): PictureFacts {
  const week = weekOf(monday, firstDay);
  const sessions = days.flatMap((each, index) => {
    const over = typeof each === "number" ? { minutes: each as Minutes } : each;
    return over.minutes === 0 ? [] : [aSession({ ...over, day: week.from.add({ days: index }) })];
  });
  const past: Past = before.map((minutes, index) => {
    const earlier = weekAfter(week, index - before.length);
    return summarize(minutes === 0 ? [] : [aSession({ day: earlier.from, minutes: minutes as Minutes })], earlier);
  });
  return {
    user: aUser({ firstDay, band: band && { min: band[0], max: band[1], setOn: monday } }),
    today: Temporal.PlainDate.from(today),
    summary: summarize(sessions, week),
    trend: trendOf(past),
  };
}

/** The texts of a picture, in the order in which they are drawn. */
function textsOf(svg: string): readonly string[] {
  return Array.from(svg.matchAll(/<text[^>]*>(.*?)<\/text>/g), ([, inside = ""]) => inside.replaceAll(/<[^>]*>/g, ""));
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
  const line = lineOf(drawWeek(given()));

  test("goes through the points of the evidence", () => {
    for (const { dose, rr } of drawing.line) {
      const nearest = line.toSorted(([a], [b]) => Math.abs(minutesAt(a) - dose) - Math.abs(minutesAt(b) - dose))[0];
      expect(riskAt(nearest?.[1] ?? 0)).toBeCloseTo(rr, 3);
    }
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
    for (const [index, [x, y]] of line.entries()) {
      const next = line[index + 1]?.[1] ?? y;
      if (minutesAt(x) < (best?.dose ?? 0) - 0.1) expect(next).toBeLessThanOrEqual(y + 1e-6);
      if (minutesAt(x) > (best?.dose ?? 0) + 0.1) expect(next).toBeGreaterThanOrEqual(y - 1e-6);
      if (minutesAt(x) > (last?.dose ?? 0) + 0.1) expect(riskAt(y)).toBeCloseTo(last?.rr ?? 0, 4);
    }
  });

  test("fades from where the evidence says, and is gone where the band is level", () => {
    const svg = drawWeek(given());
    const [fade] = elementsOf(svg, "linearGradient", { id: "line" });
    const stops = elementsOf(svg, "stop", { "stop-color": palette.line }).map((stop) => stop["stop-opacity"]);
    expect(minutesAt(Number(fade?.["x1"]))).toBeCloseTo(drawing.fade_from, 1);
    expect(minutesAt(Number(fade?.["x2"]))).toBeCloseTo(drawing.band.at(-1)?.dose ?? 0, 1);
    expect(stops).toEqual(["1", "0"]);
    expect(Math.max(...line.map(([x]) => minutesAt(x)))).toBeCloseTo(drawing.band.at(-1)?.dose ?? 0, 1);
  });

  test("is where the person's dot stands", () => {
    for (const minutes of [0, 7, 20, 40, 48, 60, 90, 119, 135, 139]) {
      const { x, y } = placeOf(minutes);
      const nearest = line.toSorted(([a], [b]) => Math.abs(a - x) - Math.abs(b - x))[0];
      expect([x, y].map(Math.round)).toEqual([Math.round(acrossOf(minutes)), Math.round(nearest?.[1] ?? 0)]);
    }
  });
});

describe("the band", () => {
  test("is the published one, level from its last point to the end", () => {
    const numbers = numbersOf(elementsOf(drawWeek(given()), "path", { class: "band" })[0]?.["d"]);
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
    const stops = elementsOf(drawWeek(given()), "stop", { "stop-color": palette.band }).map((stop) => Number(stop["stop-opacity"]));
    expect(stops).toEqual(stops.toSorted((a, b) => b - a));
    expect(stops.at(-1)).toBeLessThan(stops[0] ?? 0);
  });
});

describe("the words", () => {
  const weeks: readonly Given[] = [
    {},
    { days: [20, 0, 0, 20], before: [10, 20, 30] },
    { days: [70, 60, 60], before: [120, 130, 140, 150, 160, 170, 180, 190] },
    { days: [600, 600, 600, 600, 600, 600, 600], today: "2026-12-02" },
    { days: [30], band: [60, 120], before: [60, 70, 80, 90, 60, 70, 80, 90] },
  ];

  test.each(weeks)("of %j say nothing of causes and nothing in ratios", (week) => {
    const said = textsOf(drawWeek(given(week))).join("\n");
    expect(said).not.toMatch(/protect|prevent|harm|danger|warn|cause|too much|worse|safe|benefit/iu);
    expect(said).not.toMatch(/\d\.\d\d|%/u);
  });

  test.each(weeks)("of %j are at least 11 pixels high where the picture is as wide as a phone", (week) => {
    const svg = drawWeek(given(week));
    const sizes = Array.from(svg.matchAll(/font-size="([\d.]+)"/g), ([, size]) => Number(size));
    expect(svg).toContain('viewBox="0 0 360 ');
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  test("name the directions, and the minutes of which little is known", () => {
    const words = ["Strength minutes a week", "lower risk seen", "as without strength", "range in studies", "few people studied"];
    expect(textsOf(drawWeek(given()))).toEqual(expect.arrayContaining(words));
  });

  test("number the ends of the evidence and of the sweet spot, and name it as the evidence does", () => {
    const ends = [0, sweetSpot.min, sweetSpot.max, goodRange.max + 1, drawing.band.at(-1)?.dose, drawing.until].map(String);
    expect(textsOf(drawWeek(given()))).toEqual(expect.arrayContaining([...ends, zones.seed_target.name]));
  });

  test("name nobody's band but the person's own", () => {
    const said = textsOf(drawWeek(given({ band: [60, 120], days: [48], before: [50, 50] })));
    expect(said).toEqual(expect.arrayContaining(["60", "120", "your band", "your band 60–120"]));
    for (const name of [zones.seed_target.name, ...zones.list.map((zone) => zone.name)]) {
      expect(said.join("\n").toLowerCase()).not.toContain(name.toLowerCase());
    }
    expect(said).not.toContain("40");
  });

  test.each<readonly [number, number]>([
    [300, 420],
    [5, 10],
    [60, 60],
    [230, 240],
  ])("give both ends of a band from %i to %i, wherever it lies", (min, max) => {
    const said = textsOf(drawWeek(given({ band: [min, max] })));
    const isNumbered = said.includes(String(min)) && said.includes(String(max)) && said.includes("your band");
    expect(isNumbered || said.includes(`your band ${min}–${max}`)).toBe(true);
  });
});

describe("the person", () => {
  const dotOf = (svg: string): readonly number[] => elementsOf(svg, "circle", { r: "6.5" }).map(({ cx }) => minutesAt(Number(cx)));
  const arrowsOf = (svg: string): number => Array.from(svg.matchAll(/l5,5l-5,5/g)).length;

  test("is a dot with the week's minutes", () => {
    const svg = drawWeek(given({ days: [24, 0, 24] }));
    expect(dotOf(svg).map(Math.round)).toEqual([48]);
    expect(textsOf(svg)).toContain("48 min this week");
    expect(svg).not.toContain("l10,10");
    expect(textsOf(svg).join("\n")).not.toContain("average");
  });

  test("has a diamond once there is an average", () => {
    const svg = drawWeek(given({ days: [48], before: [40, 55, 60, 45, 62, 48, 50, 56] }));
    const diamond = numbersOf(/d="(M[\d.,]+l10,10)/.exec(svg)?.[1]);
    expect(Math.round(minutesAt(diamond[0] ?? 0))).toBe(52);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["48 min this week", `${habitWeeks}-week average 52 min`]));
  });

  test.each([drawing.until + 1, 305, 600])("stands at the right edge with an arrow and the true number: %i", (minutes) => {
    const svg = drawWeek(given({ days: [minutes as Minutes] }));
    expect(dotOf(svg)).toEqual([drawing.until]);
    expect(arrowsOf(svg)).toBe(1);
    expect(textsOf(svg)).toContain(`${minutes} min this week`);
  });

  test("has no arrow while there is room", () => {
    expect(arrowsOf(drawWeek(given({ days: [drawing.until as Minutes] })))).toBe(0);
  });

  test("is anywhere in the band where the line has faded, and on the line before", () => {
    expect(placeOf(drawing.fade_from - 1).reach).toBeUndefined();
    const { y, reach } = placeOf(190);
    const last = drawing.band.at(-1);
    expect([riskAt(reach?.top ?? 0), riskAt(reach?.bottom ?? 0)].map((risk) => risk.toFixed(2))).toEqual(
      [last?.lo, last?.hi].map((risk) => risk?.toFixed(2)),
    );
    expect(y).toBeCloseTo(reference, 2);
  });
});

describe("the days", () => {
  const shown = (week: Given): string => factsShown(given(week)).join(", ");

  test("are strength minutes, rest, cardio, and nothing yet", () => {
    const week: Given = { days: [20, 0, { shares: aerobic }, 22] };
    expect(shown({ ...week, today: "2026-11-28" })).toBe(
      "42 min this week, sweet spot 40–60, Mon 20, Tue rest, Wed cardio, Thu 22, Fri rest",
    );
    expect(textsOf(drawWeek(given({ ...week, today: "2026-11-28" }))).filter((text) => text === "today")).toHaveLength(1);
  });

  test("of another week are all over", () => {
    const facts = given({ days: [20], today: "2026-12-02" });
    expect(factsShown(facts)).toEqual([
      "Week of Mon 23 Nov",
      "20 min that week",
      "sweet spot 40–60",
      "Mon 20",
      ...["Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((day) => `${day} rest`),
    ]);
    expect(textsOf(drawWeek(facts))).not.toContain("today");
  });

  test("start on the person's own first day, and keep their halves", () => {
    const facts = given({
      days: [0, { minutes: 45 as Minutes, shares: { strength: 0.5, aerobic: 0.5 } }],
      firstDay: 7,
      today: "2026-11-24",
    });
    expect(factsShown(facts).slice(2)).toEqual(["Sun rest", "Mon 22.5"]);
    const names = textsOf(drawWeek(facts)).filter((text) => /^[A-Z][a-z]{2}$/u.test(text));
    expect(names).toEqual(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
  });

  test("are bars as high as their minutes", () => {
    const bars = elementsOf(drawWeek(given({ days: [60, 30, 0] })), "rect", { width: "22" }).map(({ height }) => Number(height));
    expect(bars).toHaveLength(2);
    expect(bars[0]).toBeGreaterThan(bars[1] ?? 0);
  });
});

describe("the weeks before", () => {
  const bars = (svg: string): number => elementsOf(svg, "rect", { width: "18" }).length;

  test("are left out while there are none", () => {
    const svg = drawWeek(given());
    expect(textsOf(svg)).not.toContain("Weeks before");
    expect(bars(svg)).toBe(0);
  });

  test.each([1, 3, 7, 8, 12])("have a bar each and one for this week, eight at most: %i", (count) => {
    const before = Array.from({ length: count }, (_, index) => 31 + index);
    const facts = given({ days: [48], before });
    const svg = drawWeek(facts);
    expect(bars(svg)).toBe(Math.min(count, habitWeeks) + 1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...before.slice(-habitWeeks).map(String), "48", "this week"]));
    expect(factsShown(facts).slice(-Math.min(count, habitWeeks))).toEqual(before.slice(-habitWeeks).map(String));
  });

  test("of no strength are shown as such", () => {
    expect(textsOf(drawWeek(given({ before: [0, 40, 0] }))).filter((text) => text === "0")).toHaveLength(4);
  });
});

describe("factsShown", () => {
  test.each<Given>([
    { days: [20, 0, { shares: aerobic }, 22], before: [10, 0, 30], today: "2026-11-28" },
    { days: [60, 65, 0, 60, 60, 0, 60], before: [250, 280, 300, 240, 260, 310, 290, 270], today: "2026-12-02" },
    { days: [30], band: [60, 120], before: [70, 85, 90, 65, 110, 95, 80, 100] },
    { band: [300, 420] },
  ])("names every number that is drawn but those of the scale, and nothing that is not drawn: %j", (week) => {
    const piecesOf = (texts: readonly string[]): ReadonlySet<string> => new Set(texts.flatMap((text) => text.split(/[ –]/u)));
    const facts = given(week);
    const [drawn, named] = [piecesOf(textsOf(drawWeek(facts))), piecesOf(factsShown(facts))];
    const scale = [0, drawing.until, drawing.band.at(-1)?.dose, goodRange.max + 1].map(String);
    expect(named.difference(drawn)).toEqual(new Set());
    expect([...drawn.difference(named)].filter((piece) => /\d/u.test(piece) && !scale.includes(piece))).toEqual([]);
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
    const used = drawWeek(given({ days: [300], before: [40, 55, 60, 45, 62, 48, 50, 56] })).match(/#[0-9a-f]{3,8}\b/giu);
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
