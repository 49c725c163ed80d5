import {
  dayAt,
  type Days,
  daysOf,
  holds,
  nextLocal,
  parseTimeZone,
  type Span,
  spanOf,
  type TimeZone,
  weekAfter,
  type Weekday,
  weekdayOf,
  weekdays,
  weekOf,
} from "#core/lib/time.ts";
import { describe, expect, test } from "vitest";

const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const days = (from: string, until: string): Days => ({ from: date(from), until: date(until) });
const texts = ({ from, until }: Days | Span): string => `${from.toString()} ${until.toString()}`;

const offsets = ["+02:00", "-05:00", "+0200", "02:00", "UTC+2", "GMT+2", "GMT-5", "Etc/GMT+5", "etc/gmt-14", "Etc/Greenwich", "Z", "Zulu"];
const abbreviations = ["EST", "CET", "PST", "GMT", "BST", "EST5EDT", "PST8PDT", "Factory"];
const broken = [
  "",
  " ",
  "/",
  "//",
  "Europe/",
  "/Berlin",
  "Europe//Berlin",
  "Europe/Berlin/",
  "_",
  "-",
  "../UTC",
  "Europe/Berlin\u0000",
  "\ud800",
];
const unknown = [
  "Europe/Gotham",
  "gotham",
  "here",
  "Europe/Berl\u0131n",
  "ベルリン",
  "Europe/Berlin[u-ca=hebrew]",
  "2026-11-23T00:00[Europe/Berlin]",
];
const ofPrototypes = ["__proto__", "constructor", "toString", "Pacific/__proto__", "hasOwnProperty"];

describe("parseTimeZone", () => {
  test.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["EUROPE/BERLIN", "Europe/Berlin"],
    ["  America/New_York ", "America/New_York"],
    ["america/new york", "America/New_York"],
    ["America/Port-au-Prince", "America/Port-au-Prince"],
    ["asia/calcutta", "Asia/Calcutta"],
    ["Antarctica/DumontDUrville", "Antarctica/DumontDUrville"],
    ["auckland", "Pacific/Auckland"],
    ["new york", "America/New_York"],
    ["New   York", "America/New_York"],
    ["new_york", "America/New_York"],
    ["los angeles", "America/Los_Angeles"],
    ["kolkata", "Asia/Kolkata"],
    ["cairo", "Africa/Cairo"],
    ["sydney", "Australia/Sydney"],
    ["reykjavik", "Atlantic/Reykjavik"],
    ["mauritius", "Indian/Mauritius"],
    ["ushuaia", "America/Argentina/Ushuaia"],
    ["mcmurdo", "Antarctica/McMurdo"],
    ["longyearbyen", "Arctic/Longyearbyen"],
    ["utc", "UTC"],
    ["Etc/UTC", "UTC"],
  ])("parseTimeZone reads %j as %s", (text, wanted) => {
    expect(parseTimeZone(text)).toBe(wanted);
  });

  test.each([...offsets, ...abbreviations, ...broken, ...unknown, ...ofPrototypes])("parseTimeZone refuses %j", (text) => {
    expect(parseTimeZone(text)).toBeUndefined();
  });

  test("parseTimeZone refuses a very long text at once", () => {
    const started = performance.now();
    expect(["a".repeat(100_000), `${"a".repeat(100_000)}1`, "a/".repeat(50_000), "_".repeat(100_000)].map(parseTimeZone)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("days", () => {
  test.each([
    ["2026-11-23T10:59:59Z", "Pacific/Auckland", "2026-11-23"],
    ["2026-11-23T11:00:00Z", "Pacific/Auckland", "2026-11-24"],
    ["2026-11-23T11:00:00Z", "Pacific/Pago_Pago", "2026-11-23"],
    ["2026-11-23T10:59:59Z", "Pacific/Pago_Pago", "2026-11-22"],
    ["2026-11-23T18:14:59Z", "Asia/Kathmandu", "2026-11-23"],
    ["2026-11-23T18:15:00Z", "Asia/Kathmandu", "2026-11-24"],
    ["2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29"],
    ["2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31"],
  ])("dayAt %s in %s is %s", (instant, timeZone, wanted) => {
    expect(dayAt(Temporal.Instant.from(instant), timeZone as TimeZone).toString()).toBe(wanted);
  });

  test("weekdayOf counts from Monday to Sunday", () => {
    expect(daysOf(days("2026-11-23", "2026-11-30")).map(weekdayOf)).toEqual(weekdays);
  });

  test.each([
    ["2026-12-31", "2027-01-02", ["2026-12-31", "2027-01-01"]],
    ["2028-02-28", "2028-03-01", ["2028-02-28", "2028-02-29"]],
    ["2026-11-23", "2026-11-23", []],
  ])("daysOf from %s until %s leaves the last out", (from, until, wanted) => {
    expect(daysOf(days(from, until)).map(String)).toEqual(wanted);
  });

  test.each([
    ["2026-11-22", false],
    ["2026-11-23", true],
    ["2026-11-29", true],
    ["2026-11-30", false],
  ])("holds counts the first day in and the last out: %s", (day, wanted) => {
    expect(holds(days("2026-11-23", "2026-11-30"), date(day))).toBe(wanted);
  });
});

describe("weeks", () => {
  test.each<readonly [string, Weekday, string]>([
    ["2026-11-23", 1, "2026-11-23 2026-11-30"],
    ["2026-11-29", 1, "2026-11-23 2026-11-30"],
    ["2026-11-22", 1, "2026-11-16 2026-11-23"],
    ["2026-11-23", 7, "2026-11-22 2026-11-29"],
    ["2026-11-28", 7, "2026-11-22 2026-11-29"],
    ["2026-11-23", 6, "2026-11-21 2026-11-28"],
    ["2026-12-31", 1, "2026-12-28 2027-01-04"],
    ["2027-01-01", 1, "2026-12-28 2027-01-04"],
    ["2027-01-03", 1, "2026-12-28 2027-01-04"],
    ["2027-01-04", 1, "2027-01-04 2027-01-11"],
    ["2021-01-01", 1, "2020-12-28 2021-01-04"],
    ["2025-12-29", 1, "2025-12-29 2026-01-05"],
    ["2028-02-29", 3, "2028-02-23 2028-03-01"],
  ])("weekOf %s with first day %i is %s", (day, firstDay, wanted) => {
    expect(texts(weekOf(date(day), firstDay))).toBe(wanted);
  });

  test.each([
    [1, "2027-01-04 2027-01-11"],
    [0, "2026-12-28 2027-01-04"],
    [-1, "2026-12-21 2026-12-28"],
    [53, "2028-01-03 2028-01-10"],
  ])("weekAfter goes %i weeks on from the 53rd of 2026", (count, wanted) => {
    expect(texts(weekAfter(weekOf(date("2027-01-01"), 1), count))).toBe(wanted);
  });

  test.each([
    ["Europe/Berlin", "2026-11-23", "2026-11-22T23:00:00Z 2026-11-29T23:00:00Z", 168],
    ["Europe/Berlin", "2026-03-23", "2026-03-22T23:00:00Z 2026-03-29T22:00:00Z", 167],
    ["Europe/Berlin", "2026-10-19", "2026-10-18T22:00:00Z 2026-10-25T23:00:00Z", 169],
    ["Pacific/Apia", "2011-12-26", "2011-12-26T10:00:00Z 2012-01-01T10:00:00Z", 144],
    ["Australia/Lord_Howe", "2026-03-30", "2026-03-29T13:00:00Z 2026-04-05T13:30:00Z", 168.5],
  ])("spanOf gives a week its real length: %s from %s is %s, %d hours", (timeZone, monday, wanted, hours) => {
    const span = spanOf(weekOf(date(monday), 1), timeZone as TimeZone);
    expect([texts(span), span.from.until(span.until).total("hours")]).toEqual([wanted, hours]);
  });

  test.each([
    ["Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"],
    ["America/Havana", "2024-03-10", "2024-03-10T05:00:00Z"],
    ["Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z"],
    ["America/Asuncion", "2023-10-01", "2023-10-01T04:00:00Z"],
  ])("spanOf begins a day without midnight at its first moment: %s %s", (timeZone, day, wanted) => {
    const { from } = spanOf({ from: date(day), until: date(day).add({ days: 1 }) }, timeZone as TimeZone);
    expect([from.toString(), from.toZonedDateTimeISO(timeZone).hour]).toEqual([wanted, 1]);
  });
});

type Case = { readonly timeZone: string; readonly wall: string; readonly weekday?: Weekday; readonly after: string; readonly next: string };

const berlin = "Europe/Berlin";
const apia = "Pacific/Apia";
const nuuk = "America/Nuuk";

const plain: readonly Case[] = [
  { timeZone: berlin, wall: "08:00", after: "2026-11-23T07:59", next: "2026-11-23T08:00" },
  { timeZone: berlin, wall: "08:00", after: "2026-11-23T08:00", next: "2026-11-24T08:00" },
  { timeZone: berlin, wall: "08:00", weekday: 1, after: "2026-11-23T08:00", next: "2026-11-30T08:00" },
  { timeZone: berlin, wall: "08:00", weekday: 7, after: "2026-11-23T08:00", next: "2026-11-29T08:00" },
  { timeZone: "Pacific/Auckland", wall: "08:00", after: "2026-12-31T23:59", next: "2027-01-01T08:00" },
  { timeZone: berlin, wall: "08:00", after: "2028-02-28T12:00", next: "2028-02-29T08:00" },
];

const skipped: readonly Case[] = [
  { timeZone: berlin, wall: "02:30", after: "2026-03-29T00:00", next: "2026-03-29T03:30" },
  { timeZone: berlin, wall: "02:30", after: "2026-03-29T03:30", next: "2026-03-30T02:30" },
  { timeZone: "Australia/Lord_Howe", wall: "02:15", after: "2026-10-04T00:00", next: "2026-10-04T02:45" },
  { timeZone: "Africa/Cairo", wall: "00:00", after: "2024-04-25T12:00", next: "2024-04-26T01:00" },
  { timeZone: "America/Havana", wall: "00:30", after: "2024-03-09T12:00", next: "2024-03-10T01:30" },
  { timeZone: "Asia/Beirut", wall: "00:59", after: "2024-03-30T12:00", next: "2024-03-31T01:59" },
  { timeZone: nuuk, wall: "23:30", after: "2026-03-28T22:00", next: "2026-03-29T00:30" },
  { timeZone: nuuk, wall: "23:30", after: "2026-03-29T00:10", next: "2026-03-29T00:30" },
  { timeZone: nuuk, wall: "23:30", weekday: 6, after: "2026-03-29T00:10", next: "2026-03-29T00:30" },
  { timeZone: nuuk, wall: "23:30", after: "2026-03-29T00:30", next: "2026-03-29T23:30" },
];

const missing: readonly Case[] = [
  { timeZone: apia, wall: "08:00", after: "2011-12-29T12:00", next: "2011-12-31T08:00" },
  { timeZone: apia, wall: "08:00", after: "2011-12-31T08:00", next: "2012-01-01T08:00" },
  { timeZone: apia, wall: "08:00", weekday: 5, after: "2011-12-29T12:00", next: "2011-12-31T08:00" },
  { timeZone: apia, wall: "08:00", weekday: 5, after: "2011-12-31T07:00", next: "2011-12-31T08:00" },
  { timeZone: apia, wall: "08:00", weekday: 5, after: "2011-12-31T08:00", next: "2012-01-06T08:00" },
];

function nextIn({ timeZone, wall, weekday, after }: Case): string {
  const asked = { ...(weekday ? { weekday } : {}), time: Temporal.PlainTime.from(wall) };
  const next = nextLocal(asked, timeZone as TimeZone, Temporal.PlainDateTime.from(after).toZonedDateTime(timeZone).toInstant());
  return next.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
}

describe("nextLocal", () => {
  test.each(plain)("nextLocal is the first later one: $wall $weekday in $timeZone after $after is $next", (each) => {
    expect(nextIn(each)).toBe(each.next);
  });

  test.each(skipped)("nextLocal comes as much later as the clocks skip: $wall $weekday in $timeZone after $after is $next", (each) => {
    expect(nextIn(each)).toBe(each.next);
  });

  test.each(missing)("nextLocal comes the day after a missing day: $wall $weekday in $timeZone after $after is $next", (each) => {
    expect(nextIn(each)).toBe(each.next);
  });

  test.each([
    ["2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"],
    ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    ["2026-10-25T01:00:00Z", "2026-10-26T01:30:00Z"],
  ])("nextLocal takes the first of two half past twos in Berlin: after %s comes %s", (after, wanted) => {
    const next = nextLocal({ time: Temporal.PlainTime.from("02:30") }, "Europe/Berlin" as TimeZone, Temporal.Instant.from(after));
    expect(next.toString()).toBe(wanted);
  });
});
