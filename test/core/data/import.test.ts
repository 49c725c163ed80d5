/** What a file of sessions may look like, and why one is not taken. */

import { describe, expect, test } from "vitest";
import { findColumns, separatorOf } from "#core/data/import/columns.ts";
import { orderIn, orderOf, readDate } from "#core/data/import/dates.ts";
import { isRefused, mayHoldSessions } from "#core/model/import.ts";
import { createDeduplicator } from "#core/data/import/deduplicate.ts";
import { readRow, readSession } from "#core/data/import/parse-row.ts";
import { textOf } from "#core/data/import/decode-text.ts";
import { sayImportRefusal } from "#core/voice/import.ts";
import type { SessionId } from "#core/lib/ids.ts";
import { aSession } from "../../support/builders.ts";

const today = Temporal.PlainDate.from("2026-11-25");

describe("columns", () => {
  test.each([
    [["Date", "Minutes", "Activity"], { date: 0, minutes: 1, activity: 2 }],
    [["activity", "DATE", "min"], { date: 1, minutes: 2, activity: 0 }],
    [["Start Date", "Duration (min)", "Activity Type", "Notes"], { date: 0, minutes: 1, activity: 2, note: 3 }],
    [["Datum", "Dauer", "Sportart", "Notiz"], { date: 0, minutes: 1, activity: 2, note: 3 }],
    [["fecha", "minutos", "actividad"], { date: 0, minutes: 1, activity: 2 }],
    [["Tag", "Aktivität", "Minuten"], { date: 0, minutes: 2, activity: 1 }],
    [["id", "type", "time", "date", "distance"], { date: 3, minutes: 2, activity: 1, id: 0 }],
  ])("%j are found", (header, columns) => {
    expect(findColumns(header)).toEqual(columns);
  });
  test.each([
    [["date", "distance"], "minutes, activity; date, distance"],
    [["a", "b"], "date, minutes, activity; a, b"],
  ])("%j are refused, with what is missing", (header, said) => {
    expect(findColumns(header)).toEqual({ kind: "columns", said });
  });
  test.each([
    ["date,minutes,activity", ","],
    ["date;minutes;activity", ";"],
    ["date\tminutes\tactivity", "\t"],
  ])("%j are parted by %j", (header, separator) => {
    expect(separatorOf(header)).toBe(separator);
  });
});

describe("dates", () => {
  test.each([
    ["2026-11-05", "2026-11-05"],
    ["2026/11/05", "2026-11-05"],
    ["2026-11-05T18:30:00Z", "2026-11-05"],
    ["2026-11-05 18:30", "2026-11-05"],
    ["05.11.2026", "2026-11-05"],
    ["5.11.2026 18:30", "2026-11-05"],
    ["11/11/2026", "2026-11-11"],
    ["2026-02-30", undefined],
    ["30.02.2026", undefined],
    ["yesterday", undefined],
    ["5.11.26", undefined],
    ["", undefined],
  ])("%j is %s, whoever reads it", (text, day) => {
    expect(readDate(text, undefined)?.toString()).toBe(day);
  });
  test.each([
    [["25/11/2026", "05/11/2026"], undefined, "2026-11-05"],
    [["11/25/2026", "05/11/2026"], undefined, "2026-05-11"],
    [["05/11/2026"], "en-US", "2026-05-11"],
    [["05/11/2026"], "en-GB", "two-ways"],
    [["05/11/2026"], undefined, "two-ways"],
  ])("of %j, read by %s, the last is %s", (dates, locale, day) => {
    expect(readDate(dates.at(-1) ?? "", orderOf(dates.map(orderIn).find(Boolean), locale))?.toString()).toBe(day);
  });
});

describe("a row", () => {
  const reader = { columns: { date: 0, minutes: 1, activity: 2, intensity: 3, note: 4 }, order: undefined, today, words: {} };
  const read = (...cells: readonly string[]) => readRow(cells, 7, reader);
  test.each([
    ["45", 45],
    ["45 min", 45],
    ["1:15", 75],
    ["0:45:29", 45],
    ["1:00:31", 61],
    ["1h15", 75],
    ["44.6", 45],
    ["44,4", 44],
    ["1.5h", 90],
  ])("holds %j as %i minutes", (said, minutes) => {
    expect(read("2026-11-20", said, "strength")).toMatchObject({ minutes, activity: "strength" });
  });
  test.each([
    ["2026-11-20", "45", "blorf", "activity", "blorf"],
    ["2026-11-20", "45", "kettelbells", "activity", "kettelbells (kettlebells?)"],
    ["2026-11-20", "0", "run", "minutes", "0"],
    ["2026-11-20", "601", "run", "minutes", "601"],
    ["2026-11-20", "long", "run", "minutes", "long"],
    ["tomorrow", "45", "run", "date", "tomorrow"],
    ["2026-11-26", "45", "run", "future", "2026-11-26"],
    ["05/11/2026", "45", "run", "two-ways", "05/11/2026"],
  ])("of %s, %s and %s is refused with its line: %s", (...[date, minutes, activity, kind, said]) => {
    expect(read(date, minutes, activity)).toEqual({ kind, said, row: 7 });
  });
  test.each(["light", "moderate", "vigorous"] as const)("takes the intensity %s", (intensity) => {
    expect(read("2026-11-20", "45", "run", intensity)).toMatchObject({ intensity });
  });
  test("takes an effort in the person's words, and refuses what is neither", () => {
    expect(read("2026-11-20", "45", "run", "easy")).toMatchObject({ intensity: "moderate" });
    expect(read("2026-11-20", "45", "run", "11/10")).toMatchObject({ kind: "intensity" });
  });
  test("keeps a note of 200 characters, and none that is longer", () => {
    expect(read("2026-11-20", "45", "run", "", "x".repeat(200))).toMatchObject({ note: "x".repeat(200) });
    expect(read("2026-11-20", "45", "run", "", "x".repeat(201))).toMatchObject({ kind: "note" });
    expect(read("2026-11-20", "45", "run", "", "'=felt easy")).toMatchObject({ note: "=felt easy" });
  });
});

describe("a session of our JSON", () => {
  const whole = {
    id: "s1",
    activity: "strength",
    intensity: "light",
    minutes: 20,
    strengthShare: 1,
    aerobicShare: 0,
    day: "2026-11-20",
    loggedAt: "2026-11-20T08:00:00Z",
  };
  test("is read", () => {
    expect(readSession(whole, 1, today)).toMatchObject({ id: "s1", minutes: 20, shares: { strength: 1, aerobic: 0 } });
  });
  test.each([
    [{ ...whole, minutes: 0 }, "form"],
    [{ ...whole, activity: "blorf" }, "activity"],
    [{ ...whole, day: "2026-11-26" }, "future"],
    [{ ...whole, day: "20.11.2026" }, "form"],
    [{ ...whole, note: "\u0000" }, "note"],
    [{ ...whole, strengthShare: 2 }, "form"],
    ["nothing", "form"],
    [null, "form"],
  ])("%j is refused: %s", (value, kind) => {
    const read = readSession(value, 3, today);
    expect(isRefused(read) && [read.kind, "row" in read && read.row]).toEqual([kind, 3]);
  });
  test.each([
    ["nothing", "Row 3: that is not a session from my export."],
    [{ ...whole, minutes: 0 }, 'Row 3: its "minutes" is not what my export writes.'],
  ])("%j is refused in words of ours", (value, words) => {
    const read = readSession(value, 3, today);
    expect(isRefused(read) && sayImportRefusal(read)).toBe(words);
  });
});

describe("the words of a file", () => {
  const words = "date,note\nü,“€”\n";
  test.each([
    ["UTF-8", Buffer.from(words)],
    ["UTF-8 with its mark", Buffer.from(`\uFEFF${words}`)],
    ["UTF-16 with its mark", Buffer.from(`\uFEFF${words}`, "utf16le")],
    ["UTF-16 the other way round", Buffer.from(`\uFEFF${words}`, "utf16le").swap16()],
    ["Windows-1252", Buffer.from([...Buffer.from("date,note\n", "latin1"), 0xfc, 0x2c, 0x93, 0x80, 0x94, 0x0a])],
  ])("are read in %s", (_, bytes) => {
    expect(textOf(bytes)).toBe(words);
  });
  test.each([
    ["UTF-16 without a mark", Buffer.from(words, "utf16le")],
    ["a picture", Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0])],
  ])("are not read in %s", (_, bytes) => {
    expect(textOf(bytes)).toBeUndefined();
  });
  test.each(["a.csv", "A.CSV", "a.json", "a.txt", "a.tsv"])("may stand in %s", (name) => {
    expect(mayHoldSessions(name)).toBe(true);
  });
  test.each(["a.png", "csv", "a.csv.exe"])("do not stand in %s", (name) => {
    expect(mayHoldSessions(name)).toBe(false);
  });
});

describe("what is known already", () => {
  test("is known by its id, also when it was corrected since", () => {
    const deduplicator = createDeduplicator();
    deduplicator.add(aSession());
    expect(deduplicator.isNew({ ...aSession(), minutes: aSession().minutes, note: "another" })).toBe(false);
  });
  test("is known by what it is, as often as it is there", () => {
    const deduplicator = createDeduplicator();
    deduplicator.add(aSession({ id: "a" as SessionId }));
    deduplicator.add(aSession({ id: "b" as SessionId }));
    const { id: _, ...incoming } = aSession();
    expect([1, 2, 3].map(() => deduplicator.isNew(incoming))).toEqual([false, false, true]);
  });
  test("is what stands twice in a file under one id", () => {
    const deduplicator = createDeduplicator();
    expect([1, 2].map(() => deduplicator.isNew(aSession()))).toEqual([true, false]);
  });
});
