import type { Minutes } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import { strengthMinutes } from "#core/model/session.ts";
import { type Weekday, weekOf } from "#core/lib/time.ts";
import { aerobicMinutes, sum, summarize } from "#core/training/week-summary.ts";
import { describe, expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";

const monday = Temporal.PlainDate.from("2026-11-23");

/** A session so many days after Monday 23 November 2026. */
const on = (after: number, minutes: number, over: Partial<Session> = {}): Session =>
  aSession({ day: monday.add({ days: after }), minutes: minutes as Minutes, ...over });

const strength = { strength: 1, aerobic: 0 };
const aerobic = { strength: 0, aerobic: 1 };
const mixed = { strength: 0.5, aerobic: 0.5 };

describe("strengthMinutes and aerobicMinutes", () => {
  test.each<readonly [Session["intensity"], Session["shares"], number, number]>([
    ["light", strength, 25, 0],
    ["moderate", strength, 25, 0],
    ["vigorous", strength, 25, 0],
    ["light", aerobic, 0, 0],
    ["moderate", aerobic, 0, 25],
    ["vigorous", aerobic, 0, 50],
    ["light", mixed, 12.5, 0],
    ["moderate", mixed, 12.5, 12.5],
    ["vigorous", mixed, 12.5, 25],
    ["vigorous", { strength: 0, aerobic: 0 }, 0, 0],
  ])("25 %s minutes with shares %j are %d and %d, vigorous doubled and light not counted", (intensity, shares, ofStrength, ofAerobic) => {
    const session = on(0, 25, { intensity, shares });
    expect([strengthMinutes(session), aerobicMinutes(session)]).toEqual([ofStrength, ofAerobic]);
  });
});

describe("summarize", () => {
  test("summarize of nothing is an empty week", () => {
    const week = weekOf(monday, 1);
    const summary = summarize([], week);
    expect([summary.dose.minutes, summary.aerobic, summary.vigorous]).toEqual([0, 0, 0]);
    expect([summary.dose.zone.id, summary.strengthDays, summary.isConsecutive]).toEqual(["none", [], false]);
    expect(summary.days.map(({ weekday, strength, aerobic }) => `${weekday} ${strength} ${aerobic}`)).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((weekday) => `${weekday} 0 0`),
    );
    expect(summary.week).toBe(week);
  });

  test("summarize takes the first day in and the day after the last out", () => {
    const sessions = [on(-1, 1), on(0, 2), on(6, 4), on(7, 8)];
    expect([1, 7].map((firstDay) => summarize(sessions, weekOf(monday, firstDay as Weekday)).dose.minutes)).toEqual([6, 3]);
  });

  test("summarize adds up a day's sessions and keeps its halves", () => {
    const { days } = summarize(
      [on(1, 25, { shares: mixed }), on(1, 10), on(1, 20, { shares: aerobic, intensity: "vigorous" })],
      weekOf(monday, 1),
    );
    expect([days[1]?.strength, days[1]?.aerobic]).toEqual([22.5, 52.5]);
    expect(sum(days.map(({ strength }) => strength))).toBe(22.5);
  });

  test("summarize rounds the week once, halves up, and not each session", () => {
    const halves = [on(0, 1, { shares: mixed }), on(2, 1, { shares: mixed }), on(4, 1, { shares: mixed })];
    expect([1, 2, 3].map((count) => summarize(halves.slice(0, count), weekOf(monday, 1)).dose.minutes)).toEqual([1, 1, 2]);
    expect([1, 2, 3].map((count) => summarize(halves.slice(0, count), weekOf(monday, 1)).aerobic)).toEqual([1, 1, 2]);
  });

  test.each([
    [39, 1, 40, "sweet"],
    [60, 1, 61, "solid"],
    [119, 1, 120, "plateau"],
  ])("summarize rounds %i and a half before it looks for a zone", (whole, half, minutes, zone) => {
    const { dose } = summarize([on(0, whole), on(2, half, { shares: mixed })], weekOf(monday, 1));
    expect([dose.minutes, dose.zone.id]).toEqual([minutes, zone]);
  });

  test("summarize counts vigorous minutes once", () => {
    const summary = summarize(
      [
        on(0, 30, { shares: aerobic, intensity: "vigorous" }),
        on(1, 15, { shares: mixed, intensity: "vigorous" }),
        on(2, 40, { shares: aerobic, intensity: "light" }),
        on(3, 20, { shares: { strength: 0, aerobic: 0 }, intensity: "light" }),
      ],
      weekOf(monday, 1),
    );
    expect([summary.vigorous, summary.aerobic, summary.dose.minutes]).toEqual([38, 75, 8]);
  });

  test.each<readonly [string, readonly number[], Weekday, boolean]>([
    ["two days that touch", [1, 2], 1, true],
    ["two days apart", [0, 2], 1, false],
    ["one day twice", [3, 3], 1, false],
    ["the first and the last day", [0, 6], 1, false],
    ["Sunday and Monday in one week", [-1, 0], 7, true],
    ["Sunday and Monday in two weeks", [-1, 0], 1, false],
    ["the last two days", [5, 6], 1, true],
  ])("summarize sees whether strength days touch inside the week: %s", (_, after, firstDay, wanted) => {
    expect(
      summarize(
        after.map((days) => on(days, 20)),
        weekOf(monday, firstDay),
      ).isConsecutive,
    ).toBe(wanted);
  });

  test("summarize takes days of cardio for no strength days, and days of mixed training for some", () => {
    const { strengthDays, isConsecutive } = summarize(
      [on(0, 20), on(1, 30, { shares: aerobic }), on(2, 20, { shares: mixed })],
      weekOf(monday, 1),
    );
    expect([strengthDays.map(String), isConsecutive]).toEqual([["1", "3"], false]);
  });
});

describe("sum", () => {
  test.each([
    [[], 0],
    [[1], 1],
    [[1, 2.5, -3], 0.5],
  ])("sum of %j is %d", (numbers, wanted) => {
    expect(sum(numbers)).toBe(wanted);
  });
});
