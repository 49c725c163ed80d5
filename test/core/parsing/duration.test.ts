import { matchDuration } from "#core/parsing/duration.ts";
import { fold } from "#core/lib/text.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scaled } from "../../support/counts.ts";

/** The minutes, and of how many words; the words where they are no whole minutes. */
function read(text: string): string | undefined {
  const match = matchDuration(fold(text).split(/\s+/));
  if (!match) return undefined;
  const { count, value } = match;
  return value.kind === "minutes" ? `${value.minutes} of ${count}` : `fraction "${value.said}" of ${count}`;
}

const noNumber = [
  "",
  "-",
  ".",
  ",",
  ":",
  "'",
  "m",
  "h",
  "min",
  "hour",
  "half",
  "an",
  "a",
  "one",
  "strength",
  "h15",
  "m20",
  "twenty",
  "constructor",
];
const noLength = [
  "1:75",
  "1:5",
  "1:2:3",
  "1::15",
  ":15",
  "2x20",
  "20x2",
  "20-30",
  "20/30",
  "20m30",
  "1h75",
  "20k",
  "5k",
  "20kg",
  "20%",
  "2026-11-20",
];
const otherNotations = ["1e3", "0x14", "0b11", "Infinity", "NaN", "+20", "1_000", "1.2.3", "1,2,3", "1..5", "--5"];

describe("readDuration", () => {
  test.each([
    ["20", "20 of 1"],
    ["20 strength", "20 of 1"],
    ["20.", "20 of 1"],
    ["020", "20 of 1"],
    ["20.0", "20 of 1"],
    ["45m", "45 of 1"],
    ["45 m", "45 of 2"],
    ["45min", "45 of 1"],
    ["45 min", "45 of 2"],
    ["45 min.", "45 of 2"],
    ["45mins", "45 of 1"],
    ["45 minutes", "45 of 2"],
    ["1 minute", "1 of 2"],
    ["90'", "90 of 1"],
    ["90’", "90 of 1"],
    ["90 '", "90 of 2"],
    ["45 MIN", "45 of 2"],
  ])("readDuration reads minutes: %j as %s", (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  test.each([
    ["1h", "60 of 1"],
    ["1 h", "60 of 2"],
    ["2hrs", "120 of 1"],
    ["1 hour", "60 of 2"],
    ["2 hours strength", "120 of 2"],
    ["1h15", "75 of 1"],
    ["1h05", "65 of 1"],
    ["1h5", "65 of 1"],
    ["1h15m", "75 of 1"],
    ["1h15min", "75 of 1"],
    ["1hr15", "75 of 1"],
    ["1h 15", "75 of 2"],
    ["1h 15m", "75 of 2"],
    ["1 h 15 min", "75 of 4"],
    ["1 h 15", "75 of 3"],
    ["1 hour 15", "75 of 3"],
    ["1 hour 15 minutes", "75 of 4"],
    ["1 h 75", "60 of 2"],
    ["1:15", "75 of 1"],
    ["1:15h", "75 of 1"],
    ["0:45", "45 of 1"],
    ["00:45", "45 of 1"],
    ["1.5h", "90 of 1"],
    ["1,5h", "90 of 1"],
    ["1.5 h", "90 of 2"],
    ["1.25 hours", "75 of 2"],
    [".5h", "30 of 1"],
    ["1.1h", "66 of 1"],
    ["1½h", "90 of 1"],
    ["½ h", "30 of 2"],
    ["1¼ hours", "75 of 2"],
    ["¾h", "45 of 1"],
  ])("readDuration reads hours: %j as %s", (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  test.each([
    ["half an hour", "30 of 3"],
    ["half an hour run", "30 of 3"],
    ["half hour", "30 of 2"],
    ["an hour", "60 of 2"],
    ["one hour", "60 of 2"],
    ["an hour and a half", "90 of 5"],
    ["an hour and a half of yoga", "90 of 5"],
    ["an hour and more", "60 of 2"],
  ])("readDuration reads words: %j as %s", (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  test.each([
    ["0", "0 of 1"],
    ["0m", "0 of 1"],
    ["-5", "-5 of 1"],
    ["−5", "-5 of 1"],
    ["-5 min", "-5 of 2"],
    ["601", "601 of 1"],
    ["20 h", "1200 of 2"],
    ["18:30", "1110 of 1"],
    ["20.5", 'fraction "20.5" of 1'],
    ["20,5", 'fraction "20,5" of 1'],
    ["20.5 min", 'fraction "20.5 min" of 2'],
    ["0.01h", 'fraction "0.01h" of 1'],
    ["20½", 'fraction "20.5" of 1'],
  ])("readDuration hands on what is out of range or not whole: %j as %s", (text, wanted) => {
    expect(read(text)).toBe(wanted);
  });

  test("readDuration takes a number of 400 digits for too many minutes, not for a fraction", () => {
    expect(String(read("9".repeat(400)))).not.toMatch(/^fraction/);
  });

  test.each([...noNumber, ...noLength, ...otherNotations])("readDuration leaves %j alone", (text) => {
    expect(read(text)).toBeUndefined();
  });
});

const hours = (minutes: number): number => Math.floor(minutes / 60);
const rest = (minutes: number): number => minutes % 60;
const two = (number: number): string => String(number).padStart(2, "0");

const forms: readonly ((minutes: number) => string)[] = [
  (minutes) => `${minutes}`,
  ...["m", "min", "mins", "minute", "minutes", "'", " m", " min", " min.", " minutes"].map(
    (unit) => (minutes: number) => `${minutes}${unit}`,
  ),
  (minutes) => `${hours(minutes)}:${two(rest(minutes))}`,
  (minutes) => `${two(hours(minutes))}:${two(rest(minutes))}`,
  ...["h", "hr", "hrs", "hour", "hours"].map((unit) => (minutes: number) => `${hours(minutes)}${unit}${two(rest(minutes))}`),
  ...["h", "hr", "hour", "hours"].map((unit) => (minutes: number) => `${hours(minutes)} ${unit} ${rest(minutes)}`),
  (minutes) => `${hours(minutes)}h${rest(minutes)}m`,
  (minutes) => `${hours(minutes)}h ${rest(minutes)}m`,
  (minutes) => `${hours(minutes)} h ${rest(minutes)} min`,
  (minutes) => `${hours(minutes)} hours ${rest(minutes)} minutes`,
  (minutes) => `${(minutes / 60).toFixed(6)}h`,
  (minutes) => `${(minutes / 60).toFixed(6)} hours`.replace(".", ","),
];

describe("readDuration of every session's length", () => {
  test.each(forms.map((form) => [form(75), form] as const))("readDuration reads every length from 1 to 600 in the form %j", (_, form) => {
    const wrong = Array.from({ length: 600 }, (_, index) => index + 1).filter((minutes) => {
      const text = form(minutes);
      return read(text) !== `${minutes} of ${text.split(" ").length}`;
    });
    expect(wrong).toEqual([]);
  });

  test("readDuration takes at least one word and no more than there are, and never throws", () => {
    const known = fc.constantFrom("h", "min", "hour", "15", "1", "half", "an", "and", "a", "one", "'", "1h", "-2", "1:15");
    const word = fc.oneof(known, fc.stringMatching(/^[0-9.,:h'm-]{1,8}$/), fc.string());
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const count = matchDuration(words)?.count ?? 1;
        expect(Number.isInteger(count) && count >= 1 && count <= Math.max(1, words.length)).toBe(true);
      }),
      { numRuns: scaled(3000) },
    );
  });
});
