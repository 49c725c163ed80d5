import { describe, expect, test } from "vitest";
import type { Minutes } from "#core/lib/ids.ts";
import { type Weekday, weekdays } from "#core/lib/time.ts";
import type { Plan } from "#core/model/user.ts";
import { plannedMinutes, plansConsecutiveDays } from "#core/training/plan.ts";
import fc from "fast-check";

const plan = (minutes: number, ...days: readonly Weekday[]): Plan => ({ days, minutes: minutes as Minutes });

describe("plannedMinutes", () => {
  test.each([
    [plan(20, 2, 5), 40],
    [plan(40, 6), 40],
    [plan(20, 1, 2, 3, 4, 5, 6, 7), 140],
    [plan(20), 0],
  ])("plannedMinutes of %j is %i", (given, wanted) => {
    expect(plannedMinutes(given)).toBe(wanted);
  });
});

describe("plansConsecutiveDays", () => {
  test.each([
    [plan(20, 2, 5), false],
    [plan(20, 1, 3, 5), false],
    [plan(20, 1, 3, 5, 7), true],
    [plan(20, 1, 2), true],
    [plan(20, 5, 4), true],
    [plan(20, 7, 1), true],
    [plan(20, 1, 7), true],
    [plan(20, 7, 2), false],
    [plan(20, 7), false],
    [plan(20, 1), false],
    [plan(20), false],
  ])("plansConsecutiveDays of %j is %j", (given, wanted) => {
    expect(plansConsecutiveDays(given)).toBe(wanted);
  });

  test("plansConsecutiveDays is what two such weeks in a row show", () => {
    fc.assert(
      fc.property(fc.subarray([...weekdays]), (days) => {
        const twoWeeks = [...days, ...days.map((day) => day + 7)];
        expect(plansConsecutiveDays(plan(20, ...days))).toBe(twoWeeks.some((day, index) => twoWeeks[index + 1] === day + 1));
      }),
    );
  });
});
