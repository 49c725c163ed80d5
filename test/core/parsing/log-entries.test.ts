import { describe, expect, test } from "vitest";
import type { ActivityId } from "#core/lib/ids.ts";
import { typedName } from "#core/evidence/activities.ts";
import { parseEntries, type ParseContext } from "#core/parsing/log-entries.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { fold } from "#core/lib/text.ts";

/** A Wednesday. */
const today = Temporal.PlainDate.from("2026-11-25");
const reader: ParseContext = { today, words: {}, answered: [] };

/** What was understood, in one line for each entry: minutes, activity, day, effort and note. */
function read(text: string, over: Partial<ParseContext> = {}): string {
  const result = parseEntries(text, { ...reader, ...over });
  if (result.kind === "clarification") return `ask ${result.clarification.kind}`;
  if (result.kind !== "entries") return `no ${result.kind} "${result.said}"`;
  const lines = result.entries.map(({ minutes, activity, word, day, effort, note }) =>
    [minutes, word ?? activity.id, day, effort, note && `“${note}”`].filter((part) => part !== undefined).join(" "),
  );
  return lines.join(" | ");
}

describe("parseEntries reads what people write", () => {
  test.each([
    ["20 strength", "20 strength 2026-11-25"],
    ["strength 20", "20 strength 2026-11-25"],
    ["45m run yesterday", "45 run 2026-11-24"],
    ["1h15 walk", "75 walk 2026-11-25"],
    ["1:15 walk", "75 walk 2026-11-25"],
    ["1.5h hike sat", "90 hike 2026-11-21"],
    ["20 strength, 30 walk", "20 strength 2026-11-25 | 30 walk 2026-11-25"],
    ['20 min kettlebells hard tue "felt easy"', "20 kettlebell 2026-11-24 hard “felt easy”"],
    ["yesterday run 45m", "45 run 2026-11-24"],
    ["45m run yest", "45 run 2026-11-24"],
    ["hard 20 strength", "20 strength 2026-11-25 hard"],
    ["20 strength;30 walk+15 yoga\n10 core", "20 strength 2026-11-25 | 30 walk 2026-11-25 | 15 yoga 2026-11-25 | 10 core 2026-11-25"],
    ["20 strength,30 walk,", "20 strength 2026-11-25 | 30 walk 2026-11-25"],
    ["20 strength “up, down + done; really”, 30 walk", "20 strength 2026-11-25 “up, down + done; really” | 30 walk 2026-11-25"],
    ['20 strength "no end', "20 strength 2026-11-25 “no end”"],
    ["20 STRENGTH", "20 strength 2026-11-25"],
    ["20 Push-Ups", "20 calisthenics 2026-11-25"],
    ["20 push ups", "20 calisthenics 2026-11-25"],
    ["30 5k run", "30 run 2026-11-25"],
    ["7 minute workout 7", "7 bodyweight-circuit 2026-11-25"],
    ["15 sun salutations sun", "15 yoga 2026-11-22"],
    ["20 strenght", "20 strength 2026-11-25"],
    ["２０ strength", "20 strength 2026-11-25"],
    ["٢٠ strength", "20 strength 2026-11-25"],
    ["20\u00a0strength", "20 strength 2026-11-25"],
    ["20 \u202estrength\u202c", "20 strength 2026-11-25"],
    ["20 stre\u200bngth", "20 strength 2026-11-25"],
    ["20 min of strength on friday", "20 strength 2026-11-20"],
    ["20 strength at the gym", "20 strength 2026-11-25"],
    ["1½h walk", "90 walk 2026-11-25"],
    ["20 strength 20 nov", "20 strength 2026-11-20"],
    ["20 strength fri 20 nov", "20 strength 2026-11-20"],
    ["run 20 nov 45", "45 run 2026-11-20"],
    ["20 nov 20 min strength", "20 strength 2026-11-20"],
    ["1 hour and 15 min walk", "75 walk 2026-11-25"],
    ["240 hike", "240 hike 2026-11-25"],
    ["1 strength 2025-11-25", "1 strength 2025-11-25"],
  ])("%j", (text, understood) => {
    expect(read(text)).toBe(understood);
  });
});

describe("parseEntries refuses what it cannot read, and says which words", () => {
  test.each([
    ["strength", 'no no-time "strength"'],
    ["strength lots", 'no no-time "strength lots"'],
    ["hello there", 'no no-time "hello there"'],
    ["20", 'no no-activity "20"'],
    ["0 strength", 'no minutes-range "0"'],
    ["-5 run", 'no minutes-range "-5"'],
    ["1000 strength", 'no minutes-range "1000"'],
    ["601 strength", 'no minutes-range "601"'],
    ["999999999999999 strength", 'no minutes-range "999999999999999"'],
    ["20 h hike", 'no minutes-range "20 h"'],
    ["run 30 nov 20", 'no two-readings "30 nov 20"'],
    ["20 strength tomorrow", 'no future "2026-11-26"'],
    ["20 strength 2020-01-01", 'no too-old "2020-01-01"'],
    ["20 strength 2025-11-24", 'no too-old "2025-11-24"'],
    ["20 strength 31 feb", 'no no-such-day "31 feb"'],
    ["20 strength 5/6", 'no two-readings "5/6"'],
    ["20 strength, 0 walk", 'no minutes-range "0"'],
    ["20,5 strength", 'no fraction "20,5"'],
    ["20 strength 30", 'no two-times "20 strength 30"'],
    ["20 swim yoga", 'no two-activities "20 swim yoga"'],
    ["20 strength tue fri", 'no two-days "20 strength tue fri"'],
    ["20 strength felt great", 'no unknown-words "felt great"'],
    ["1e3 strength", 'no no-time "1e3 strength"'],
    ["0x14 strength", 'no no-time "0x14 strength"'],
    ["Infinity strength", 'no no-time "Infinity strength"'],
    ["😀", 'no no-time "😀"'],
    ["20 rest", 'no not-training "rest"'],
    ["rest day", 'no not-training "rest day"'],
    [",;+", 'no empty ""'],
    ['"only a note"', 'no no-time ""'],
    [`20 strength "${"x".repeat(201)}"`, `no long-note "${"x".repeat(40)}…"`],
  ])("%j", (text, refused) => {
    expect(read(text)).toBe(refused);
  });

  test("and gives an example that works as it stands", () => {
    for (const text of ["strength", "20", "0 run", "20 strength felt great", "20 strength tomorrow", "20 swim yoga", "20,5 yoga", "rest"]) {
      const refusal = parseEntries(text, reader);
      const example = "example" in refusal ? refusal.example : "";
      expect(parseEntries(example.replace("/log ", ""), reader), example).toMatchObject({ kind: "entries" });
    }
  });
});

describe("parseEntries asks", () => {
  test.each([
    ["20 flurb", "ask unknown"],
    ["20 ketlebels", "ask near"],
    ["20 gym", "ask ambiguous"],
    ["20 row", "ask ambiguous"],
    ["300 hike", "ask long"],
    ["20 strength, 20 flurb", "ask unknown"],
    ["20 flurb, 0 walk", 'no minutes-range "0"'],
    ["20 zig strength zag", 'no unknown-words "zig zag"'],
    ["20 one two three four five six seven eight nine", 'no unknown-words "one two three four five six seven eight …"'],
  ])("%j", (text, asked) => {
    expect(read(text).slice(0, 30)).toBe(asked.slice(0, 30));
  });

  test("and takes an answer for this time, for ever, and for a long session", () => {
    const activity = "cardio" as ActivityId;
    expect(read("20 flurb", { answered: [{ kind: "remember", word: "flurb", activity }] })).toBe("20 flurb 2026-11-25");
    expect(read("20 gym", { answered: [{ kind: "means", word: "gym", activity }] })).toBe("20 cardio 2026-11-25");
    expect(read("20 FLURB", { words: { flurb: activity } })).toBe("20 flurb 2026-11-25");
    expect(read("300 hike", { answered: [{ kind: "long" }] })).toBe("300 hike 2026-11-25");
    expect(read("20 ketlebels", { answered: [{ kind: "other", word: "ketlebels" }] })).toBe("ask unknown");
  });

  test("and knows a name of several words again", () => {
    const activity = "yoga" as ActivityId;
    expect(read("20 zig zog", { answered: [{ kind: "remember", word: "zigzog", activity }] })).toBe("20 zig zog 2026-11-25");
  });
});

test.each(evidence.activities.activities)("parseEntries reads the typed name of $id back", (activity) => {
  expect(parseEntries(`20 ${typedName(activity)}`, reader)).toMatchObject({
    kind: "entries",
    entries: [{ activity: { id: activity.id } }],
  });
});

test("parseEntries counts days from the day on which it was said", () => {
  expect(read("20 strength yesterday", { today: Temporal.PlainDate.from("2027-01-01") })).toBe("20 strength 2026-12-31");
});

test("parseEntries takes the usual day where none is said", () => {
  expect(read("20 strength", { usualDay: Temporal.PlainDate.from("2026-11-03") })).toBe("20 strength 2026-11-03");
});

test("fold leaves nothing that the grammar reads as another number", () => {
  expect(fold("２０ ٢٠ २० 𝟚𝟘")).toBe("20 20 20 20");
});
