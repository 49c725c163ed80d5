import { findWeekday, matchDay } from "#core/parsing/day.ts";
import { fold } from "#core/lib/text.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaled } from "../../support/counts.ts";

const monday = "2026-11-23";
const newYear = "2027-01-01";
const leapDay = "2028-02-29";

/** What was understood, and of how many words; the reason where no day came of it. */
function read(text: string, today: string): string | undefined {
  const match = matchDay(fold(text).split(" "), { today: Temporal.PlainDate.from(today) });
  if (!match) return undefined;
  const { count, value } = match;
  return value.kind === "day" ? `${value.day.toString()} of ${count}` : `${value.kind} "${value.said}" of ${count}`;
}

describe("readDay reads days that lie a few days away", () => {
  test.each([
    ["today", monday, "2026-11-23 of 1"],
    ["Today.", monday, "2026-11-23 of 1"],
    ["tonight", monday, "2026-11-23 of 1"],
    ["this morning", monday, "2026-11-23 of 2"],
    ["this evening", monday, "2026-11-23 of 2"],
    ["today at the gym", monday, "2026-11-23 of 1"],
    ["yesterday", monday, "2026-11-22 of 1"],
    ["YESTERDAY,", monday, "2026-11-22 of 1"],
    ["yesterday morning", monday, "2026-11-22 of 2"],
    ["last night", monday, "2026-11-22 of 2"],
    ["day before yesterday", monday, "2026-11-21 of 3"],
    ["3 days ago", monday, "2026-11-20 of 3"],
    ["1 day ago", monday, "2026-11-22 of 3"],
    ["a day ago", monday, "2026-11-22 of 3"],
    ["a week ago", monday, "2026-11-16 of 3"],
    ["one week ago", monday, "2026-11-16 of 3"],
    ["2 weeks ago", monday, "2026-11-09 of 3"],
    ["400 days ago", monday, "2025-10-19 of 3"],
    ["tomorrow", monday, "2026-11-24 of 1"],
    ["yesterday", newYear, "2026-12-31 of 1"],
    ["day before yesterday", newYear, "2026-12-30 of 3"],
    ["last night", newYear, "2026-12-31 of 2"],
    ["yesterday", leapDay, "2028-02-28 of 1"],
    ["yesterday", "2028-03-01", "2028-02-29 of 1"],
    ["yesterday", "2027-03-01", "2027-02-28 of 1"],
    ["tomorrow", "2026-12-31", "2027-01-01 of 1"],
  ])("readDay reads %j said on %s as %s", (text, today, wanted) => {
    expect(read(text, today)).toBe(wanted);
  });

  test.each([
    ["tue", monday, "2026-11-17 of 1"],
    ["mon", monday, "2026-11-23 of 1"],
    ["Monday", monday, "2026-11-23 of 1"],
    ["sun", monday, "2026-11-22 of 1"],
    ["Thurs.", monday, "2026-11-19 of 1"],
    ["fri evening", monday, "2026-11-20 of 2"],
    ["on friday", monday, "2026-11-20 of 2"],
    ["on friday morning", monday, "2026-11-20 of 3"],
    ["on monday", monday, "2026-11-23 of 2"],
    ["last friday", monday, "2026-11-20 of 2"],
    ["last monday", monday, "2026-11-16 of 2"],
    ["last fri night", monday, "2026-11-20 of 3"],
    ["this friday", monday, "2026-11-27 of 2"],
    ["this monday", monday, "2026-11-23 of 2"],
    ["this friday", "2026-11-28", "2026-11-27 of 2"],
    ["next friday", monday, "2026-11-27 of 2"],
    ["next monday", monday, "2026-11-30 of 2"],
    ["next friday", "2026-11-28", "2026-12-04 of 2"],
    ["thu", newYear, "2026-12-31 of 1"],
    ["fri", newYear, "2027-01-01 of 1"],
    ["sat", newYear, "2026-12-26 of 1"],
    ["last tue", leapDay, "2028-02-22 of 2"],
    ["wed", leapDay, "2028-02-23 of 1"],
  ])("readDay reads %j said on %s as %s", (text, today, wanted) => {
    expect(read(text, today)).toBe(wanted);
  });
});

describe("readDay reads dates", () => {
  test.each([
    ["20 nov", monday, "2026-11-20 of 2"],
    ["20 November", monday, "2026-11-20 of 2"],
    ["nov 20", monday, "2026-11-20 of 2"],
    ["November 20th", monday, "2026-11-20 of 2"],
    ["20th nov", monday, "2026-11-20 of 2"],
    ["20. nov.", monday, "2026-11-20 of 2"],
    ["20nov", monday, "2026-11-20 of 1"],
    ["1st nov", monday, "2026-11-01 of 2"],
    ["2nd sept", monday, "2026-09-02 of 2"],
    ["3rd july", monday, "2026-07-03 of 2"],
    ["3 may", monday, "2026-05-03 of 2"],
    ["20 nov 2026", monday, "2026-11-20 of 3"],
    ["nov 20, 2026", monday, "2026-11-20 of 3"],
    ["20nov 2025", monday, "2025-11-20 of 2"],
    ["25 nov", monday, "2026-11-25 of 2"],
    ["31 dec", newYear, "2026-12-31 of 2"],
    ["31 dec", monday, "2025-12-31 of 2"],
    ["1 jan", newYear, "2027-01-01 of 2"],
    ["1 jan", "2026-12-31", "2027-01-01 of 2"],
    ["3 july", newYear, "2026-07-03 of 2"],
    ["29 feb", leapDay, "2028-02-29 of 2"],
    ["29 feb", "2028-11-23", "2028-02-29 of 2"],
    ["29 feb 2028", monday, "2028-02-29 of 3"],
    ["2026-11-20", monday, "2026-11-20 of 1"],
    ["2026-1-5", monday, "2026-01-05 of 1"],
    ["2026/11/20", monday, "2026-11-20 of 1"],
    ["2026.11.20", monday, "2026-11-20 of 1"],
    ["20.11.", monday, "2026-11-20 of 1"],
    ["20.11.2026", monday, "2026-11-20 of 1"],
    ["20.11.2026.", monday, "2026-11-20 of 1"],
    ["31.12.", newYear, "2026-12-31 of 1"],
    ["5.6.", monday, "2026-06-05 of 1"],
    ["20/11", monday, "2026-11-20 of 1"],
    ["11/20", monday, "2026-11-20 of 1"],
    ["20/11/2026", monday, "2026-11-20 of 1"],
    ["11/20/2026", monday, "2026-11-20 of 1"],
    ["6/6", monday, "2026-06-06 of 1"],
  ])("readDay reads %j said on %s as %s", (text, today, wanted) => {
    expect(read(text, today)).toBe(wanted);
  });

  test.each([
    ["20th of nov", "2026-11-20 of 3"],
    ["20th of november,", "2026-11-20 of 3"],
    ["20 of nov 2026", "2026-11-20 of 4"],
  ])("readDay reads %j with its small words", (text, wanted) => {
    expect(read(text, monday)).toBe(wanted);
  });
});

const halves = "nov|may|last|next|on|this|ago|3 days|days ago|x days ago|last week|day before|20 marc|20|".split("|");
const others = "strength|20.11|1.5|2x20|12:30|1h15|20-11|sunny|monkey|market 20|constructor|on __proto__".split("|");

describe("readDay says which words are no day", () => {
  test.each([
    ["31 apr", monday, 'no-such-day "31 apr" of 2'],
    ["apr 31", monday, 'no-such-day "apr 31" of 2'],
    ["31apr", monday, 'no-such-day "31apr" of 1'],
    ["0 nov", monday, 'no-such-day "0 nov" of 2'],
    ["29 feb", monday, 'no-such-day "29 feb" of 2'],
    ["29 feb 2027", monday, 'no-such-day "29 feb" of 3'],
    ["2026-02-30", monday, 'no-such-day "2026-02-30" of 1'],
    ["2026-13-01", monday, 'no-such-day "2026-13-01" of 1'],
    ["2027-02-29", leapDay, 'no-such-day "2027-02-29" of 1'],
    ["31.04.", monday, 'no-such-day "31.04." of 1'],
    ["20.13.2026", monday, 'no-such-day "20.13.2026" of 1'],
    ["31/4", monday, 'no-such-day "31/4" of 1'],
    ["13/13", monday, 'no-such-day "13/13" of 1'],
    ["0/0", monday, 'no-such-day "0/0" of 1'],
    ["5/6", monday, 'two-readings "5/6" of 1'],
    ["5/6/2026", monday, 'two-readings "5/6/2026" of 1'],
    ["12/1", newYear, 'two-readings "12/1" of 1'],
  ])("readDay makes of %j said on %s %s", (text, today, wanted) => {
    expect(read(text, today)).toBe(wanted);
  });

  test("readDay makes no two readings of what is a day in neither", () => {
    expect(read("0/5", monday)).toBe('no-such-day "0/5" of 1');
  });

  test.each([...halves, ...others])("readDay leaves %j alone", (text) => {
    expect(read(text, monday)).toBeUndefined();
  });
});

describe("readDay of anything", () => {
  const today = fc.integer({ min: 0, max: 40_000 }).map((days) => Temporal.PlainDate.from("2020-01-01").add({ days }));
  const number = fc.oneof(fc.nat(99), fc.nat(10_000)).map(String);
  const known = fc.constantFrom(..."on last next fri sunday ago days weeks a one day before yesterday of nov 29feb".split(" "));
  const marks = fc.stringMatching(/^[0-9./,:-]{1,10}$/);
  const word = fc.oneof(known, number, marks, fc.string());

  test("readDay takes at least one word and no more than there are, and never throws", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), today, (words, day) => {
        const count = matchDay(words, { today: day })?.count ?? 1;
        expect(Number.isInteger(count) && count >= 1 && count <= Math.max(1, words.length)).toBe(true);
      }),
      { numRuns: scaled(3000) },
    );
  });

  test("readDay gives a date back that is written in any of the usual ways", () => {
    fc.assert(
      fc.property(today, fc.integer({ min: -330, max: 27 }), (day, away) => {
        const asked = day.add({ days: away });
        const month = asked.toLocaleString("en", { month: "short" }).toLowerCase();
        const ways = [
          `${asked.day} ${month}`,
          `${month} ${asked.day}`,
          `${asked.day}${month}`,
          asked.toString(),
          `${asked.day}.${asked.month}.`,
        ];
        const wanted = ways.map((text) => `${asked.toString()} of ${text.split(" ").length}`);
        expect(ways.map((text) => read(text, day.toString()))).toEqual(wanted);
      }),
    );
  });
});

describe("readDay offers of two readings", () => {
  const likely = (text: string, locale?: string): string | undefined => {
    const value = matchDay([text], { today: Temporal.PlainDate.from(monday), locale })?.value;
    return value?.kind === "two-readings" ? value.likely?.toString() : undefined;
  };

  test.each<[text: string, locale: string | undefined, likely: string]>([
    ["5/6", undefined, "2026-06-05"],
    ["5/6", "en-GB", "2026-06-05"],
    ["5/6", "de-DE", "2026-06-05"],
    ["5/6", "en-US", "2026-05-06"],
    ["5/6/2026", "en-US", "2026-05-06"],
    ["5/6", "ja-JP", "2026-05-06"],
    // What is still to come cannot be logged.
    ["12/11", undefined, "2026-11-12"],
    ["12/11", "en-US", "2026-11-12"],
    ["11/12", "en-US", "2026-11-12"],
    // A platform may say anything.
    ["5/6", "xx", "2026-06-05"],
  ])("%j to somebody whose language is %s: %s", (text, locale, wanted) => {
    expect(likely(text, locale)).toBe(wanted);
  });

  test("only one of them, whatever the language: neither is taken", () => {
    for (const locale of [undefined, "en-US", "en-GB"]) expect(likely("5/6", locale)).toBeDefined();
  });
});

describe("findWeekday", () => {
  test.each([
    ["mon", 1],
    ["tues", 2],
    ["weds", 3],
    ["thur", 4],
    ["friday", 5],
    ["saturday", 6],
    ["sunday", 7],
    ["m", undefined],
    ["Mon", undefined],
    ["toString", undefined],
    ["__proto__", undefined],
  ])("findWeekday makes of %j %j", (word, weekday) => {
    expect(findWeekday(word)).toBe(weekday);
  });
});
