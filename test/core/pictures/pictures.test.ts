import type { Minutes } from "#core/lib/ids.ts";
import { goodRange, habitWeeks, sweetSpot } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { drawWeek, factsShown, type PictureFacts } from "#core/pictures/draw.ts";
import { curvePointOf, plot, reference } from "#core/pictures/science.ts";
import type { Session } from "#core/model/session.ts";
import { trendOf } from "#core/training/streak.ts";
import { type Weekday, weekOf } from "#core/lib/time.ts";
import { summarize } from "#core/training/week-summary.ts";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../../support/builders.ts";

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
  return {
    user: aUser({ firstDay, band: band && { min: band[0], max: band[1], setOn: monday } }),
    today: Temporal.PlainDate.from(today),
    summary: summarize(sessions, week),
    trend: trendOf(before),
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

const minutesAt = (x: number): number => ((x - plot.left) / (plot.right - plot.left)) * drawing.until;

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
    const svg = drawWeek(given({ days: [minutes] }));
    expect(dotOf(svg)).toEqual([drawing.until]);
    expect(arrowsOf(svg)).toBe(1);
    expect(textsOf(svg)).toContain(`${minutes} min this week`);
  });

  test("has no arrow while there is room", () => {
    expect(arrowsOf(drawWeek(given({ days: [drawing.until] })))).toBe(0);
  });

  test("is anywhere in the band where the line has faded, and on the line before", () => {
    expect(curvePointOf(drawing.fade_from - 1).reach).toBeUndefined();
    const { y, reach } = curvePointOf(190);
    // From the last point of the band on it is as wide as it gets at the bottom.
    expect(reach?.bottom).toBeCloseTo(plot.bottom, 2);
    expect(reach?.top).toBeLessThan(reference);
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
