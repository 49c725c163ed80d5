import type { Minutes } from "#core/lib/ids.ts";
import { goodRange, habitWeeks } from "#core/training/dose.ts";
import type { Session } from "#core/model/session.ts";
import { type PastWeeks, pastWeeks, streakOf as streakOfUser, trendOf } from "#core/training/streak.ts";
import { holds, type Week, weekAfter, weekdays, weekOf } from "#core/lib/time.ts";
import { sum, summarize, type WeekSummary } from "#core/training/week-summary.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../../support/builders.ts";

const thisWeek = weekOf(Temporal.PlainDate.from("2026-11-23"), 1);

/** This week, with so many minutes of strength. */
function aWeek(minutes: number): WeekSummary {
  return summarize(minutes === 0 ? [] : [aSession({ day: thisWeek.from, minutes: minutes as Minutes })], thisWeek);
}

const streakOf = (past: PastWeeks, current: WeekSummary): number => streakOfUser(past, current, aUser());

/** "+" is a good week and "-" one that is not; the last one is the current week. */
function streak(weeks: string): number {
  const minutes = Array.from(weeks, (sign) => (sign === "+" ? 40 : 0));
  return streakOf(minutes.slice(0, -1), aWeek(minutes.at(-1) ?? 0));
}

describe("streakOf", () => {
  test.each([
    ["-", 0],
    ["+", 1],
    ["+-", 1],
    ["++", 2],
    ["-+", 1],
    ["--", 0],
    ["+++++", 5],
    ["++++-", 4],
    ["+-+", 2],
    ["+--", 1],
    ["+--+", 1],
    ["+---", 0],
    ["++--+", 1],
    ["+-+-+-+", 4],
    ["+-+-+-", 3],
    ["+-+-+--", 3],
    ["+-+-+---", 0],
    ["--+", 1],
    ["-+-+", 2],
    ["+++--+++-", 3],
  ])("streakOf %s is %i: one week that is not good waits, two end it, the current one never counts against", (weeks, wanted) => {
    expect(streak(weeks)).toBe(wanted);
  });

  test.each([
    [goodRange.min - 1, 0],
    [goodRange.min, 1],
    [goodRange.max, 1],
    [goodRange.max + 1, 0],
    [600, 0],
  ])("streakOf counts a week from 30 to 119 minutes: %i", (minutes, wanted) => {
    expect(streakOf([], aWeek(minutes))).toBe(wanted);
    expect(streakOf([minutes], aWeek(0))).toBe(wanted);
  });

  const anyPast = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 12 });
  const anyMinutes = fc.integer({ min: 0, max: 200 });
  const good = fc.integer({ min: goodRange.min, max: goodRange.max });

  test("streakOf rises by one with each good week at the end", () => {
    fc.assert(
      fc.property(anyPast, anyMinutes, good, (weeks, current, added) => {
        expect(streakOf([...weeks, added], aWeek(current))).toBe(streakOf(weeks, aWeek(current)) + 1);
        expect(streakOf(weeks, aWeek(added))).toBe(streakOf([...weeks, added], aWeek(0)));
      }),
    );
  });

  test("streakOf is never longer for minutes above the good range than at its end", () => {
    const capped = (minutes: number): number => Math.min(minutes, goodRange.max);
    fc.assert(
      fc.property(anyPast, anyMinutes, (weeks, current) => {
        expect(streakOf(weeks, aWeek(current))).toBeLessThanOrEqual(streakOf(weeks.map(capped), aWeek(capped(current))));
      }),
    );
  });

  test("streakOf is the number of good weeks since two in a row were not good", () => {
    const isGood = (minutes: number): boolean => minutes >= goodRange.min && minutes <= goodRange.max;
    fc.assert(
      fc.property(anyPast, anyMinutes, (weeks, current) => {
        const signs = weeks.map((minutes) => (isGood(minutes) ? "+" : "-")).join("");
        const since = signs.slice(signs.lastIndexOf("--") + 1);
        expect(streakOf(weeks, aWeek(current))).toBe(since.replaceAll("-", "").length + (isGood(current) ? 1 : 0));
      }),
    );
  });
});

describe("trendOf", () => {
  test.each<readonly [readonly number[], number | undefined, string | undefined]>([
    [[], undefined, undefined],
    [[40, 40, 40, 40, 40, 40, 40], undefined, undefined],
    [[40, 40, 40, 40, 40, 40, 40, 40], 40, "level"],
    [[0, 0, 0, 0, 0, 0, 0, 0], 0, "level"],
    [[20, 20, 20, 20, 40, 40, 40, 40], 30, "more"],
    [[40, 40, 40, 40, 20, 20, 20, 20], 30, "less"],
    [[30, 30, 30, 30, 45, 45, 45, 45], 38, "more"],
    [[30, 30, 30, 30, 45, 45, 45, 44], 37, "level"],
    [[45, 45, 45, 45, 30, 30, 30, 30], 38, "less"],
    [[45, 45, 45, 45, 30, 30, 30, 31], 38, "level"],
    [[600, 40, 40, 40, 40, 40, 40, 40, 40], 40, "level"],
    [[0, 0, 0, 0, 0, 0, 0, 60], 8, "more"],
  ])("trendOf %j is %s on average and %s", (minutes, average, direction) => {
    expect(trendOf(minutes)).toEqual({ weeks: minutes.slice(-habitWeeks), average, direction });
  });
});

describe("pastWeeks", () => {
  const on = (day: string, minutes = 20): Session => aSession({ day: Temporal.PlainDate.from(day), minutes: minutes as Minutes });

  test.each<readonly [string, readonly string[], readonly number[]]>([
    ["nothing of nobody", [], []],
    ["nothing in the first week", ["2026-11-24"], []],
    ["nothing of what lies ahead", ["2026-12-01"], []],
    ["last week", ["2026-11-22"], [20]],
    ["weeks with nothing between", ["2026-11-02", "2026-11-18", "2026-11-23"], [20, 0, 20]],
    ["a week's sessions together", ["2026-11-16", "2026-11-22"], [40]],
    ["weeks since a long time ago", ["2026-11-08"], [20, 0, 0]],
  ])("pastWeeks gives %s", (_, days, wanted) => {
    const sessions = days.map((day) => on(day));
    expect(pastWeeks(sessions, thisWeek, 1)).toEqual(wanted);
  });

  test("pastWeeks starts on the person's own first day", () => {
    const current = weekOf(Temporal.PlainDate.from("2026-11-23"), 7);
    const sessions = [on("2026-11-14", 10), on("2026-11-15", 20), on("2026-11-21", 30), on("2026-11-22", 40)];
    expect(pastWeeks(sessions, current, 7)).toEqual([10, 50]);
  });

  test("pastWeeks abut up to the current week, whatever the first day, and lose nothing", () => {
    const anyDays = fc.array(fc.nat(200), { maxLength: 20 }).map((days) => days.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(anyDays, fc.nat(200), fc.constantFrom(...weekdays), (days, today, firstDay) => {
        const start = Temporal.PlainDate.from("2026-08-01");
        const sessions = days.map((after) => on(start.add({ days: after }).toString()));
        const current = weekOf(start.add({ days: today }), firstDay);
        const weeks = pastWeeks(sessions, current, firstDay);
        const before = sessions.filter(({ day }) => Temporal.PlainDate.compare(day, current.from) < 0);
        const weekOfPlace = (place: number): Week => weekAfter(current, place - weeks.length);
        expect(before.length === 0 ? weeks.length === 0 : holds(weekOfPlace(0), before[0]?.day ?? current.from)).toBe(true);
        const minutesIn = (week: Week): number => sum(before.filter(({ day }) => holds(week, day)).map(({ minutes }) => minutes));
        expect(weeks).toEqual(weeks.map((_, place) => minutesIn(weekOfPlace(place))));
        expect(sum(weeks)).toBe(sum(before.map(({ minutes }) => minutes)));
      }),
    );
  });
});
