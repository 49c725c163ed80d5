import type { Minutes } from "#core/lib/ids.ts";
import { evidence } from "#core/evidence/evidence.ts";
import type { Session } from "#core/model/session.ts";
import { daysOf, holds, weekAfter, weekdays, weekOf } from "#core/lib/time.ts";
import { summarize, type WeekSummary } from "#core/training/week-summary.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";

const start = Temporal.PlainDate.from("2026-12-21");
const shares = evidence.activities.activities.map(({ suggested_split }) => suggested_split);
const twice = evidence.activities.equivalence.vigorous_to_moderate;

const anySession = fc
  .record({
    minutes: fc.integer({ min: 1, max: 600 }).map((minutes) => minutes as Minutes),
    intensity: fc.constantFrom<Session["intensity"]>("light", "moderate", "vigorous"),
    shares: fc.constantFrom(...shares),
    day: fc.nat(20).map((days) => start.add({ days })),
  })
  .map(aSession);
const anySessions = fc.array(anySession, { maxLength: 25 });
const anyWeek = fc.tuple(fc.nat(20), fc.constantFrom(...weekdays)).map(([days, firstDay]) => weekOf(start.add({ days }), firstDay));

/** Hundredths of minutes, so that no half is lost on the way. */
const hundredths = (minutes: number, share: number): number => minutes * Math.round(share * 100);
const rounded = (parts: number): number => Math.floor((parts + 50) / 100);

/** The numbers of a week, made one session after the other in whole hundredths. */
function recount(sessions: readonly Session[]): readonly number[] {
  let [strength, aerobic, vigorous] = [0, 0, 0];
  for (const { minutes, intensity, shares } of sessions) {
    const part = hundredths(minutes, shares.aerobic);
    strength += hundredths(minutes, shares.strength);
    aerobic += intensity === "vigorous" ? part * twice : intensity === "moderate" ? part : 0;
    vigorous += intensity === "vigorous" ? part : 0;
  }
  return [rounded(strength), rounded(aerobic), rounded(vigorous)];
}

const numbers = ({ dose, aerobic, vigorous }: WeekSummary): readonly number[] => [dose.minutes, aerobic, vigorous];

describe("summarize of any sessions", () => {
  test("summarize comes to what a recount of the week's own sessions comes to", () => {
    fc.assert(
      fc.property(anySessions, anyWeek, (sessions, week) => {
        expect(numbers(summarize(sessions, week))).toEqual(recount(sessions.filter(({ day }) => holds(week, day))));
      }),
      { numRuns: 500 },
    );
  });

  test("summarize comes to what a recount of each day comes to", () => {
    fc.assert(
      fc.property(anySessions, anyWeek, (sessions, week) => {
        const { days, strengthDays } = summarize(sessions, week);
        const dates = daysOf(week);
        const ofDay = (day: Temporal.PlainDate): readonly number[] => recount(sessions.filter((session) => session.day.equals(day)));
        expect(days.map(({ strength, aerobic }) => [Math.round(strength), Math.round(aerobic)])).toEqual(
          dates.map((day) => ofDay(day).slice(0, 2)),
        );
        expect(days.map(({ weekday }) => weekday)).toEqual(dates.map((day) => day.dayOfWeek));
        expect(strengthDays).toEqual(dates.filter((day) => (ofDay(day)[0] ?? 0) > 0).map((day) => day.dayOfWeek));
      }),
      { numRuns: 300 },
    );
  });

  test("summarize does not mind the order of the sessions", () => {
    const shuffled = anySessions.chain((sessions) =>
      fc.tuple(fc.constant(sessions), fc.shuffledSubarray(sessions, { minLength: sessions.length })),
    );
    fc.assert(
      fc.property(shuffled, anyWeek, ([sessions, others], week) => {
        expect(JSON.stringify(summarize(others, week))).toBe(JSON.stringify(summarize(sessions, week)));
      }),
      { numRuns: 300 },
    );
  });

  test("summarize loses and doubles no session over the weeks", () => {
    fc.assert(
      fc.property(anySessions, anyWeek, (sessions, week) => {
        const weeks = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((count) => summarize(sessions, weekAfter(week, count)).days);
        const strength = weeks.flat().reduce((total, day) => total + day.strength, 0);
        expect(strength).toBeCloseTo(
          sessions.reduce((total, { minutes, shares }) => total + minutes * shares.strength, 0),
          6,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("summarize says consecutive exactly when two strength days of the week are a day apart", () => {
    fc.assert(
      fc.property(anySessions, anyWeek, (sessions, week) => {
        const { strengthDays, isConsecutive } = summarize(sessions, week);
        const dates = daysOf(week).filter((day) => strengthDays.some((weekday) => weekday === day.dayOfWeek));
        const gaps = dates.map((day, index) => dates[index + 1]?.since(day).days);
        expect(isConsecutive).toBe(gaps.includes(1));
      }),
      { numRuns: 300 },
    );
  });
});
