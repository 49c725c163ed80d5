import { describe, expect, test } from "vitest";
import type { Minutes, UserId } from "#core/lib/ids.ts";
import { type TimeZone, type Weekday, weekOf } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { nextNudge, weeklyDue, nextWeeklyTime } from "#core/schedule/due-times.ts";
import { afterQuiet, isQuiet } from "#core/schedule/quiet-hours.ts";
import { aUser } from "../../support/builders.ts";
import { scaled } from "../../support/counts.ts";
import fc from "fast-check";

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const time = (text: string): Temporal.PlainTime => Temporal.PlainTime.from(text);
const inZone = (timeZone: string, over: Partial<User> = {}): User => aUser({ timeZone: timeZone as TimeZone, ...over });
const local = (instant: Temporal.Instant | undefined, { timeZone }: User): string | undefined =>
  instant?.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
const at = (text: string, { timeZone }: User): Temporal.Instant => Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).toInstant();
const hours = (from: string, until: string): User["quietHours"] => ({ from: time(from), until: time(until) });
const on = (weekday: Weekday, clock: string): User["feedback"] => ({ weekday, time: time(clock) });

describe("weeklyDue is the first asked wall time after the week", () => {
  test.each<readonly [name: string, user: User, week: string, due: string]>([
    ["on Monday at eight, unless asked otherwise", inZone("Europe/Berlin"), "2026-11-23", "2026-11-30T08:00"],
    ["on the asked day", inZone("Europe/Berlin", { feedback: on(4, "18:30") }), "2026-11-23", "2026-12-03T18:30"],
    [
      "for a week that starts on Sunday",
      inZone("America/New_York", { firstDay: 7, feedback: on(7, "09:00") }),
      "2026-11-22",
      "2026-11-29T09:00",
    ],
    [
      "at midnight, when the week ends",
      inZone("Europe/Berlin", { feedback: on(1, "00:00"), quietHours: undefined }),
      "2026-11-23",
      "2026-11-30T00:00",
    ],
    ["after the clocks went back", inZone("Europe/Berlin"), "2026-10-19", "2026-10-26T08:00"],
    ["after the clocks went forward", inZone("Europe/Berlin"), "2027-03-22", "2027-03-29T08:00"],
    [
      "at a time that the clocks skip, as much later",
      inZone("Europe/Berlin", { feedback: on(7, "02:30"), quietHours: undefined }),
      "2027-03-15",
      "2027-03-28T03:30",
    ],
    [
      "at a time that comes twice, the first time",
      inZone("Europe/Berlin", { feedback: on(7, "02:30"), quietHours: undefined }),
      "2026-10-12",
      "2026-10-25T02:30",
    ],
    [
      "where midnight is skipped",
      inZone("Africa/Cairo", { feedback: on(5, "00:30"), firstDay: 5, quietHours: undefined }),
      "2027-04-23",
      "2027-04-30T01:30",
    ],
    [
      "at the end of the quiet hours that it falls into",
      inZone("Europe/Berlin", { feedback: on(1, "06:15") }),
      "2026-11-23",
      "2026-11-30T07:00",
    ],
    [
      "at their end on the day after, when they begin before midnight",
      inZone("Europe/Berlin", { feedback: on(1, "23:00") }),
      "2026-11-23",
      "2026-12-01T07:00",
    ],
    [
      "also where feedback is off, to see who has grown silent",
      inZone("Europe/Berlin", { feedback: undefined }),
      "2026-11-23",
      "2026-11-30T08:00",
    ],
  ])("%s", (_, user, week, due) => {
    expect(local(weeklyDue(user, weekOf(day(week), user.firstDay), 0), user)).toBe(due);
  });

  test("feedback whose time has passed comes when a clock next shows the asked time", () => {
    const user = inZone("Europe/Berlin");
    expect(local(nextWeeklyTime(user, at("2026-11-26T15:00", user), 0), user)).toBe("2026-11-27T08:00");
    expect(local(nextWeeklyTime(user, at("2026-11-26T07:59", user), 0), user)).toBe("2026-11-26T08:00");
  });
});

describe("nextNudge", () => {
  const next = (kind: "rest" | "training", user: User, after: string, notBefore?: string): string | undefined => {
    const prompt = nextNudge(kind, user, { after: at(after, user), jitter: 0, ...(notBefore && { notBefore: day(notBefore) }) });
    return prompt && `${prompt.localDate.toString()} ${local(prompt.dueAt, user)}`;
  };
  const planner = (over: Partial<User> = {}): User =>
    inZone("Europe/Berlin", { trainingNudges: true, plan: { days: [2, 5], minutes: 20 as Minutes }, ...over });

  test("of rest is at half past eight every morning", () => {
    const user = inZone("Europe/Berlin");
    expect(next("rest", user, "2026-11-25T08:29")).toBe("2026-11-25 2026-11-25T08:30");
    expect(next("rest", user, "2026-11-25T08:30")).toBe("2026-11-26 2026-11-26T08:30");
    expect(next("rest", user, "2026-11-25T08:29", "2026-11-27")).toBe("2026-11-27 2026-11-27T08:30");
  });
  test("of rest comes at the end of the quiet hours of that day, and not at all where they last all day", () => {
    expect(next("rest", inZone("Europe/Berlin", { quietHours: hours("21:00", "10:00") }), "2026-11-25T08:00")).toBe(
      "2026-11-25 2026-11-25T10:00",
    );
    expect(next("rest", inZone("Europe/Berlin", { quietHours: hours("08:00", "07:00") }), "2026-11-25T08:00")).toBeUndefined();
  });
  test("of training is on the evenings of planned days", () => {
    expect(next("training", planner(), "2026-11-25T12:00")).toBe("2026-11-27 2026-11-27T18:00");
    expect(next("training", planner(), "2026-11-27T18:00")).toBe("2026-12-01 2026-12-01T18:00");
  });
  test("of training follows days that were moved for one week", () => {
    const moved = planner({ moved: { week: day("2026-11-23"), days: [6] } });
    expect(next("training", moved, "2026-11-25T12:00")).toBe("2026-11-28 2026-11-28T18:00");
    expect(next("training", moved, "2026-11-28T18:00")).toBe("2026-12-01 2026-12-01T18:00");
    expect(next("training", planner({ moved: { week: day("2026-11-23"), days: [] } }), "2026-11-25T12:00")).toBe(
      "2026-12-01 2026-12-01T18:00",
    );
  });
  test("is none for who wants none, or has no plan", () => {
    expect(next("rest", inZone("Europe/Berlin", { restNudges: false }), "2026-11-25T08:00")).toBeUndefined();
    expect(next("training", planner({ trainingNudges: false }), "2026-11-25T08:00")).toBeUndefined();
    expect(next("training", planner({ plan: undefined }), "2026-11-25T08:00")).toBeUndefined();
  });
  test("leaves out a day that the calendar does not have", () => {
    const user = inZone("Pacific/Apia");
    expect(next("rest", user, "2011-12-29T12:00")).toBe("2011-12-31 2011-12-31T08:30");
  });
});

describe("quiet hours", () => {
  test.each<readonly [string, string, string, boolean]>([
    ["22:00", "07:00", "21:59", false],
    ["22:00", "07:00", "22:00", true],
    ["22:00", "07:00", "00:00", true],
    ["22:00", "07:00", "06:59", true],
    ["22:00", "07:00", "07:00", false],
    ["12:00", "14:00", "11:59", false],
    ["12:00", "14:00", "13:00", true],
    ["12:00", "14:00", "14:00", false],
  ])("from %s until %s hold %s: %s", (from, until, clock, held) => {
    const user = inZone("Europe/Berlin", { quietHours: hours(from, until) });
    expect(isQuiet(at(`2026-11-25T${clock}`, user), user)).toBe(held);
  });

  const zones = [
    "Europe/Berlin",
    "Africa/Cairo",
    "America/Havana",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "America/Nuuk",
    "Pacific/Chatham",
  ];
  const clock = fc.integer({ min: 0, max: 1439 }).map((minutes) => Temporal.PlainTime.from("00:00").add({ minutes }));
  const moment = fc.integer({ min: 0, max: 366 * 24 * 60 }).map((minutes) => Temporal.Instant.from("2026-06-01T00:00Z").add({ minutes }));
  const anyUser = fc
    .record({ zone: fc.constantFrom(...zones), from: clock, until: clock })
    .filter(({ from, until }) => !from.equals(until))
    .map(({ zone, from, until }) => inZone(zone, { quietHours: { from, until } }));

  test("are over at their end, in every zone and across every change of the clocks", () => {
    fc.assert(
      fc.property(anyUser, moment, (user, instant) => {
        const open = afterQuiet(instant, user);
        expect(Temporal.Instant.compare(open, instant)).toBeGreaterThanOrEqual(0);
        expect(isQuiet(open, user)).toBe(false);
        expect(open.since(instant).total("hours")).toBeLessThanOrEqual(50);
      }),
      { numRuns: scaled(2000) },
    );
  });
  test("keep out the spread, also where they are as short as it", () => {
    const user = inZone("Europe/Berlin", { quietHours: hours("23:43", "00:00"), feedback: on(1, "23:42") });
    for (const jitter of [1, 5, 14, 17, 60]) expect(isQuiet(weeklyDue(user, weekOf(day("2026-06-01"), 1), jitter), user)).toBe(false);
  });
  test("never hold what is due, whatever is asked for", () => {
    fc.assert(
      fc.property(anyUser, moment, clock, fc.integer({ min: 0, max: 60 }), (given, instant, asked, jitter) => {
        const user: User = { ...given, feedback: { weekday: 3, time: asked } };
        const due = weeklyDue(user, weekOf(instant.toZonedDateTimeISO(user.timeZone).toPlainDate(), 1), jitter);
        expect(isQuiet(due, user)).toBe(false);
        const nudge = nextNudge("rest", user, { after: instant, jitter });
        expect(nudge && isQuiet(nudge.dueAt, user)).not.toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the spread", () => {
  const id = (index: number): UserId => `0199c0de-0000-7000-8000-${index.toString(16).padStart(12, "0")}` as UserId;
  const minutesAfterEight = (index: number): number => {
    const user = inZone("Europe/Berlin", { id: id(index) });
    const due = weeklyDue(user, weekOf(day("2026-11-23"), 1), 60);
    return due.since(at("2026-11-30T08:00", user)).total("minutes");
  };

  test("puts a crowd evenly over the hour, and each person at the same minute every week", () => {
    const quarters = [0, 0, 0, 0];
    for (let index = 0; index < 4000; index += 1)
      quarters[Math.floor(minutesAfterEight(index) / 15)] = (quarters[Math.floor(minutesAfterEight(index) / 15)] ?? 0) + 1;
    for (const count of quarters) expect(count).toBeGreaterThan(850);
    expect(quarters).toHaveLength(4);
    expect(minutesAfterEight(7)).toBe(minutesAfterEight(7));
  });
  test("of none is none", () => {
    const user = inZone("Europe/Berlin", { id: id(7) });
    expect(local(weeklyDue(user, weekOf(day("2026-11-23"), 1), 0), user)).toBe("2026-11-30T08:00");
  });
  test("does not reach into quiet hours", () => {
    for (let index = 0; index < 200; index += 1) {
      const user = inZone("Europe/Berlin", { id: id(index), feedback: on(1, "21:45") });
      expect(isQuiet(weeklyDue(user, weekOf(day("2026-11-23"), 1), 60), user)).toBe(false);
    }
  });
});
