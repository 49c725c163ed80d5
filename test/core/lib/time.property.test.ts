import {
  dayAt,
  dayNumber,
  daysOf,
  holds,
  nextLocal,
  parseTimeZone,
  spanOf,
  type TimeZone,
  weekAfter,
  type Weekday,
  weekdays,
  weekOf,
} from "#core/lib/time.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaled } from "../../support/counts.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const from = Temporal.Instant.from("2020-01-01T00:00:00Z");
const until = Temporal.Instant.from("2036-01-01T00:00:00Z");
const timeZones = Intl.supportedValuesOf("timeZone").map((name) => name as TimeZone);

/** A change of the clocks: offsets from UTC in milliseconds just before and from then on. */
type Turn = { readonly timeZone: TimeZone; readonly at: number; readonly before: number; readonly after: number };

function turnsOf(timeZone: TimeZone): readonly Turn[] {
  const turns: Turn[] = [];
  let last = from.toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = last.getTimeZoneTransition("next");
    if (!next || Temporal.Instant.compare(next.toInstant(), until) >= 0) return turns;
    const before = next.subtract({ nanoseconds: 1 }).offsetNanoseconds / 1e6;
    turns.push({ timeZone, at: next.epochMilliseconds, before, after: next.offsetNanoseconds / 1e6 });
    last = next;
  }
}

const turns = timeZones.flatMap(turnsOf);

const instant = (milliseconds: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.floor(milliseconds));
const plainTime = (milliseconds: number): Temporal.PlainTime => Temporal.PlainTime.from("00:00").add({ milliseconds });
const modulo = (number: number, by: number): number => ((number % by) + by) % by;

/** 1 January 1970 was a Thursday. */
const weekdayOfNumber = (dayNumber: number): Weekday => (modulo(dayNumber + 3, 7) + 1) as Weekday;

/** When the clocks show the wall time `time` on the day `dayNumber` after 1970, by plain sums; no other turn may be near. */
function shownAt(dayNumber: number, time: number, { at, before, after }: Turn): number {
  const local = dayNumber * day + time;
  if (local - before < at) return local - before;
  return local - after >= at ? local - after : local - before;
}

/** The first moment after `now` at which the wall time comes on one of the days around `turn`. */
function expected(time: number, weekday: Weekday | undefined, turn: Turn, now: number): number | undefined {
  const today = Math.floor((now + turn.before) / day);
  return Array.from({ length: 12 }, (_, index) => today - 3 + index)
    .filter((number) => weekday === undefined || weekdayOfNumber(number) === weekday)
    .map((number) => shownAt(number, time, turn))
    .find((moment) => moment > now);
}

/** Wall times that a change of the clocks can touch: half-way through it and its very ends, and by turns one that people like. */
function wallTimes({ at, before, after }: Turn, index: number): readonly number[] {
  const [low, high] = [Math.min(before, after), Math.max(before, after)];
  const usual = [0, 8 * 60 * minute, day - 30 * minute][index % 3] ?? 0;
  return [at + (low + high) / 2, at + low, at + high, usual].map((time) => modulo(time, day));
}

const moments = (at: number): readonly number[] => [
  at - 25 * 60 * minute,
  at - 61 * minute,
  at - 1,
  at,
  at + 10 * minute,
  at + 50 * minute,
];

describe("weeks tile time", () => {
  test("turns are found in many time zones and far enough apart to be looked at one by one", () => {
    expect(timeZones.length).toBeGreaterThan(400);
    expect(new Set(turns.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(100);
    const gaps = turns.map(({ at, timeZone }, index) =>
      turns[index - 1]?.timeZone === timeZone ? at - (turns[index - 1]?.at ?? 0) : 30 * day,
    );
    expect(Math.min(...gaps)).toBeGreaterThan(20 * day);
  });

  test.each(weekdays)("spanOf makes weeks from day %i on abut around every change of the clocks", (firstDay) => {
    const broken = turns.filter(({ timeZone, at }) => {
      const week = weekOf(dayAt(instant(at), timeZone), firstDay);
      const [last, now, next] = [weekAfter(week, -1), week, weekAfter(week, 1)].map((each) => spanOf(each, timeZone));
      return !(last && now && next && last.until.equals(now.from) && now.until.equals(next.from));
    });
    expect(broken).toEqual([]);
  });

  test("spanOf holds an instant exactly when the week holds its day, at every change of the clocks", () => {
    const broken = turns.flatMap((turn, index) => {
      const firstDay = weekdays[index % 7] ?? 1;
      return moments(turn.at).filter((now) => !isInOneWeek(instant(now), turn.timeZone, firstDay));
    });
    expect(broken).toEqual([]);
  });

  test("spanOf holds any instant from 2020 to 2035 in any time zone in one week only", () => {
    fc.assert(
      fc.property(anyTimeZone, anyMoment, anyWeekday, (timeZone, now, firstDay) => {
        expect(isInOneWeek(instant(now), timeZone, firstDay)).toBe(true);
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("weekOf gives seven days that hold the asked one and start on the first day, in any year", () => {
    const anyDay = fc.integer({ min: -700_000, max: 700_000 }).map((days) => Temporal.PlainDate.from("2000-01-01").add({ days }));
    fc.assert(
      fc.property(anyDay, anyWeekday, (asked, firstDay) => {
        const week = weekOf(asked, firstDay);
        expect(holds(week, asked)).toBe(true);
        expect(week.from.dayOfWeek).toBe(firstDay);
        expect(daysOf(week).map((each) => each.until(week.until).days)).toEqual([7, 6, 5, 4, 3, 2, 1]);
        expect(weekOf(week.until, firstDay).from.equals(week.until)).toBe(true);
      }),
    );
  });
});

const anyTimeZone = fc.constantFrom(...timeZones);
const anyWeekday = fc.constantFrom(...weekdays);
const anyMoment = fc.integer({ min: from.epochMilliseconds, max: until.epochMilliseconds - 1 });
const anyMinute = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minutes) => minutes * minute);
const anyWall = fc.record({ time: anyMinute.map(plainTime), weekday: anyWeekday }, { requiredKeys: ["time"] });

function isInOneWeek(now: Temporal.Instant, timeZone: TimeZone, firstDay: Weekday): boolean {
  const week = weekOf(dayAt(now, timeZone), firstDay);
  const holding = [-1, 0, 1].filter((count) => {
    const span = spanOf(weekAfter(week, count), timeZone);
    return Temporal.Instant.compare(span.from, now) <= 0 && Temporal.Instant.compare(now, span.until) < 0;
  });
  return holding.join(" ") === "0";
}

/** Turns by part of the world, so that each test is short. */
const parts = [...Map.groupBy(turns, ({ timeZone }) => timeZone.split("/")[0] ?? "")];

describe("nextLocal around every change of the clocks", () => {
  test.each(parts)("nextLocal gives each local day once, later by the skip where the clocks skip it: %s", (_, some) => {
    const broken = some.flatMap((turn, index) =>
      wallTimes(turn, index).flatMap((time) => {
        const wall = { time: plainTime(time) };
        return moments(turn.at)
          .filter((now) => nextLocal(wall, turn.timeZone, instant(now)).epochMilliseconds !== expected(time, undefined, turn, now))
          .map((now) => `${turn.timeZone} ${wall.time.toString()} after ${instant(now).toString()}`);
      }),
    );
    expect([broken.length, broken.slice(0, 5)]).toEqual([0, []]);
  });

  test.each(parts)("nextLocal gives each week once, on the days around the change: %s", (_, some) => {
    const broken = some.flatMap((turn, index) => {
      const number = Math.floor((turn.at + turn.before) / day) - 1 + (index % 3);
      const weekday = weekdayOfNumber(number);
      return moments(turn.at)
        .map((now, at) => ({ now, time: wallTimes(turn, index)[(index + at) % 4] ?? 0 }))
        .filter(
          ({ now, time }) =>
            nextLocal({ weekday, time: plainTime(time) }, turn.timeZone, instant(now)).epochMilliseconds !==
            expected(time, weekday, turn, now),
        )
        .map(({ now, time }) => `${turn.timeZone} ${plainTime(time).toString()} on ${weekday} after ${instant(now).toString()}`);
    });
    expect([broken.length, broken.slice(0, 5)]).toEqual([0, []]);
  });
});

describe("nextLocal at any time", () => {
  test("nextLocal is later, and the same for every moment until it comes", () => {
    fc.assert(
      fc.property(anyTimeZone, anyMoment, anyWall, fc.nat(1000), (timeZone, now, wall, part) => {
        const next = nextLocal(wall, timeZone, instant(now));
        const between = now + Math.floor(((next.epochMilliseconds - now - 1) * part) / 1000);
        expect(Temporal.Instant.compare(next, instant(now))).toBe(1);
        expect(nextLocal(wall, timeZone, instant(between)).toString()).toBe(next.toString());
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("nextLocal shows the asked wall time and day, or the clocks skipped it within the last day", () => {
    fc.assert(
      fc.property(anyTimeZone, anyMoment, anyMinute, anyWeekday, (timeZone, now, time, weekday) => {
        const shown = nextLocal({ weekday, time: plainTime(time) }, timeZone, instant(now)).toZonedDateTimeISO(timeZone);
        const isAsked = shown.toPlainTime().equals(plainTime(time)) && shown.dayOfWeek === weekday;
        expect(isAsked || shown.offsetNanoseconds > shown.subtract({ hours: 24 }).offsetNanoseconds).toBe(true);
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("nextLocal of one day's time comes on the next day, all through a year in any time zone", () => {
    fc.assert(
      fc.property(anyTimeZone, anyMinute, fc.integer({ min: 2020, max: 2034 }), (timeZone, time, year) => {
        const wall = { time: plainTime(time) };
        let now = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone).subtract({ nanoseconds: 1 }).toInstant();
        const end = Temporal.PlainDate.from({ year: year + 1, month: 1, day: 1 })
          .toZonedDateTime(timeZone)
          .toInstant();
        let count = 0;
        for (; ; count += 1) {
          now = nextLocal(wall, timeZone, now);
          if (Temporal.Instant.compare(now, end) >= 0) break;
        }
        expect(count).toBe(Temporal.PlainDate.from({ year, month: 1, day: 1 }).daysInYear);
      }),
      { numRuns: 50 },
    );
  });
});

describe("parseTimeZone of every time zone", () => {
  test("parseTimeZone reads every name that Node knows in upper and lower case", () => {
    const named = timeZones.filter((name) => name !== "UTC");
    expect(named.filter((name) => parseTimeZone(name.toLowerCase()) !== name || parseTimeZone(name.toUpperCase()) !== name)).toEqual([]);
  });

  test("parseTimeZone takes a city for no other city's clocks", () => {
    const clocks = (name: string): Temporal.ZonedDateTime => new Temporal.ZonedDateTime(0n, name);
    const wrong = timeZones.filter((name) => {
      const found = parseTimeZone(name.split("/").at(-1)?.replaceAll("_", " ").toLowerCase() ?? "");
      return found !== undefined && !clocks(found).equals(clocks(name));
    });
    expect(wrong).toEqual([]);
  });

  test("parseTimeZone gives a time zone that Temporal takes, or nothing, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const found = parseTimeZone(text);
        expect(found === undefined || dayAt(from, found).year >= 2019).toBe(true);
      }),
    );
  });
});

test("dayNumber counts days as Temporal does, over four thousand years", () => {
  const beginning = Temporal.PlainDate.from("1970-01-01");
  fc.assert(
    fc.property(fc.integer({ min: -730_000, max: 730_000 }), (days) => {
      expect(dayNumber(beginning.add({ days }))).toBe(days);
    }),
    { numRuns: scaled(2000) },
  );
});
