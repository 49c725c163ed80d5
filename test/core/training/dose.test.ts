import {
  aerobicGoal,
  aerobicZoneOf,
  doseOf,
  goodRange,
  habitWeeks,
  vigorousPlateauMinutes,
  positionIn,
  sweetSpot,
  wholeMinutes,
} from "#core/training/dose.ts";
import { files } from "#src/evidence/files.ts";
import { describe, expect, test } from "vitest";

type Item = { readonly id: string; readonly min: number; readonly max: number | null };
type File = {
  readonly zones: {
    readonly habit_weeks: number;
    readonly seed_target: { readonly range: readonly [number, number] };
    readonly scored_as_good: { readonly range: readonly [number, number] };
    readonly list: readonly Item[];
  };
  readonly aerobic_zones: { readonly list: readonly Item[]; readonly vigorous_alone: readonly Item[] };
};

/** The files as they lie there, not as the coach read them. */
const { zones, aerobic_zones: aerobicZones } = files["dose-response.json"] as File;
const guidelines = files["guidelines.json"] as {
  readonly items: readonly { readonly id: string; readonly value: Record<string, unknown> }[];
};
const minutes = Array.from({ length: 2001 }, (_, index) => index);
const fitting = (list: readonly Item[], minute: number): readonly string[] =>
  list.filter(({ min, max }) => min <= minute && minute <= (max ?? Infinity)).map(({ id }) => id);

describe("doseOf", () => {
  test("doseOf finds for every whole minute up to 2000 the one zone of the data", () => {
    expect(minutes.map((minute) => [doseOf(minute).zone.id])).toEqual(minutes.map((minute) => fitting(zones.list, minute)));
  });

  test("doseOf keeps the minutes and counts the way to the sweet spot", () => {
    const [low] = zones.seed_target.range;
    expect(minutes.map((minute) => doseOf(minute).minutes)).toEqual(minutes);
    expect(minutes.map((minute) => doseOf(minute).toSweetSpot)).toEqual(minutes.map((minute) => (minute < low ? low - minute : 0)));
  });

  test("doseOf scores a week as good within the range of the data and nowhere else", () => {
    const [first, last] = zones.scored_as_good.range;
    expect(minutes.filter((minute) => doseOf(minute).isGood)).toEqual(minutes.filter((minute) => minute >= first && minute <= last));
  });

  test.each([
    [0, "none", false, 40],
    [1, "start", false, 39],
    [29, "start", false, 11],
    [30, "start", true, 10],
    [39, "start", true, 1],
    [40, "sweet", true, 0],
    [60, "sweet", true, 0],
    [61, "solid", true, 0],
    [119, "solid", true, 0],
    [120, "plateau", false, 0],
    [149, "plateau", false, 0],
    [150, "thin", false, 0],
    [10_080, "thin", false, 0],
  ])("doseOf holds the bounds of product.md: %i minutes", (minute, ...wanted) => {
    const { zone, isGood, toSweetSpot } = doseOf(minute);
    expect([zone.id, isGood, toSweetSpot]).toEqual(wanted);
  });

  test.each([-1, 0.5, 39.5, 60.5, 119.5, 149.5, Number.NaN])("doseOf refuses %d minutes", (minute) => {
    expect(() => doseOf(minute)).toThrow(`Find the zone of "${minute}": it must be whole minutes from 0 up`);
  });
});

describe("what the dose takes from the data", () => {
  test("sweetSpot, goodRange and habitWeeks are those of the data", () => {
    expect([sweetSpot.min, sweetSpot.max]).toEqual(zones.seed_target.range);
    expect([goodRange.min, goodRange.max]).toEqual(zones.scored_as_good.range);
    expect(habitWeeks).toBe(zones.habit_weeks);
  });

  test("sweetSpot is the zone of that name and lies in goodRange", () => {
    const sweet = zones.list.find(({ id }) => id === "sweet");
    expect([sweetSpot.min, sweetSpot.max]).toEqual([sweet?.min, sweet?.max]);
    expect(goodRange.min <= sweetSpot.min && sweetSpot.max <= goodRange.max).toBe(true);
  });

  test("aerobicGoal is the guideline's range and vigorousPlateau the open end of the data", () => {
    const goal = guidelines.items.find(({ id }) => id === "who-adult-aerobic")?.value["moderate_min_per_week"];
    expect([aerobicGoal.min, aerobicGoal.max]).toEqual(goal);
    expect(aerobicZoneOf(aerobicGoal.min).id).toBe("guideline");
    expect(vigorousPlateauMinutes).toBe(aerobicZones.vigorous_alone.find(({ max }) => max === null)?.min);
    expect(Number.isInteger(vigorousPlateauMinutes)).toBe(true);
  });

  test("aerobicGoal is the range that product.md names", () => {
    expect([aerobicGoal.min, aerobicGoal.max]).toEqual([150, 300]);
  });

  test("aerobicZoneOf finds for every whole minute up to 2000 the one zone of the data", () => {
    expect(minutes.map((minute) => [aerobicZoneOf(minute).id])).toEqual(minutes.map((minute) => fitting(aerobicZones.list, minute)));
  });

  test.each([
    [0, "none"],
    [1, "some"],
    [149, "some"],
    [150, "guideline"],
    [299, "guideline"],
    [300, "more"],
    [600, "plenty"],
  ])("aerobicZoneOf %i minutes is %s", (minute, id) => {
    expect(aerobicZoneOf(minute).id).toBe(id);
  });
});

describe("wholeMinutes", () => {
  test.each([
    [0, 0],
    [0.4, 0],
    [0.5, 1],
    [1.5, 2],
    [2.5, 3],
    [39.5, 40],
    [60.5, 61],
    [119.5, 120],
    [119.49, 119],
    [40, 40],
  ])("wholeMinutes makes of %d %d, halves up", (sum, wanted) => {
    expect(wholeMinutes(sum)).toBe(wanted);
  });
});

describe("placeIn", () => {
  const band = { min: 60, max: 120, setOn: Temporal.PlainDate.from("2026-11-23") };

  test.each([
    [0, "below"],
    [59, "below"],
    [60, "inside"],
    [120, "inside"],
    [121, "above"],
  ])("placeIn a band of 60 to 120: %i minutes are %s", (minute, wanted) => {
    expect(positionIn(band, minute)).toBe(wanted);
  });

  test("placeIn takes a band of one minute", () => {
    expect([59, 60, 61].map((minute) => positionIn({ ...band, max: 60 }, minute))).toEqual(["below", "inside", "above"]);
  });
});
