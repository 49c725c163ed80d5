import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commands } from "#core/commands/index.ts";
import type { PlatformName } from "#core/lib/ids.ts";
import type { Suggestion } from "#core/autocomplete.ts";
import { isIllFormed, shorten } from "#core/lib/text.ts";
import { dayName, sessionActivityName } from "#core/phrases.ts";
import { createTestCoach, type TestCoach } from "../../support/coach.ts";

type Place = { readonly command: string; readonly arg: string; readonly others?: Readonly<Record<string, string>> };

const ann = { platform: "console" as PlatformName, id: "ann", name: "ann" };
const today = Temporal.PlainDate.from("2026-11-25");
const log: Place = { command: "log", arg: "sessions" };

function offered(coach: TestCoach, words: string, { others = {}, ...place } = log): Promise<readonly Suggestion[]> {
  return coach.suggest({ account: ann, words, others, ...place });
}

async function wordsFor(coach: TestCoach, words: string, place?: Place): Promise<readonly string[]> {
  return (await offered(coach, words, place)).map((one) => one.words);
}

function setting(name: string): Place {
  return { command: "settings", arg: "value", others: { setting: name } };
}

/** Somebody who trained. */
async function trained(): Promise<TestCoach> {
  const coach = createTestCoach();
  const said = ["20 strength fri", '20 strength tue "felt easy"', "45 run easy mon", "60 hike", "300 hike yesterday", "10 yoga 2025-12-24"];
  for (const text of said) await coach.hear(text);
  return coach;
}

describe("/log suggests what the person logged before", () => {
  test("the newest first and each once, then the examples, while nothing is typed", async () => {
    const coach = await trained();
    expect((await offered(coach, " ")).map(({ label }) => label)).toEqual([
      "60 hiking, as on Wed 25 Nov",
      "20 strength, as on Tue 24 Nov",
      "45 running easy, as on Mon 23 Nov",
      "10 yoga, as on Wed 24 Dec 2025",
      "45m run yesterday",
      "1.5h hike sat",
      "20 strength, 30 walk",
      '20 min kettlebells hard tue "felt easy"',
    ]);
  });

  test.each([
    ["stren", ["20 strength", "stren"]],
    ["20 STR", ["20 strength", "20 STR"]],
    ["easy r", ["45 running easy", "easy r"]],
    ["ru 45", ["45 running easy", "ru 45"]],
    ["20 run", ["20 run"]],
    ["20 strength", ["20 strength"]],
    [" 20 strength ", ["20 strength"]],
    ["trength", ["trength"]],
  ])("that holds every word of %j: %j", async (typed, expected) => {
    expect(await wordsFor(await trained(), typed)).toEqual(expected);
  });

  test("at most five of them, and ten in all", async () => {
    const coach = createTestCoach();
    for (const minutes of [1, 2, 3, 4, 5, 6, 7]) await coach.hear(`${minutes} core`);
    const words = await wordsFor(coach, "");
    expect(words.slice(0, 5).map(Number.parseFloat)).toEqual([7, 6, 5, 4, 3]);
    expect(words).toHaveLength(10);
  });

  test("by a word of their own, until that is taken back", async () => {
    const coach = createTestCoach();
    await coach.hear("20 flurb");
    await coach.press("Strength");
    expect(await offered(coach, "flu")).toContainEqual({ label: "20 flurb, as on Wed 25 Nov", words: "20 flurb" });
    await coach.hear("/undo");
    expect(await wordsFor(coach, "flu")).toEqual(["flu"]);
  });
});

describe("/log says how typed words would be understood", () => {
  test.each([
    ["20 strength", "20 min strength, today"],
    ["45m run yesterday", "45 min running, yesterday"],
    ["1.5h hike sat", "90 min hiking, Sat 21 Nov"],
    ["20 strength, 30 walk yesterday", "20 min strength, today; 30 min walking, yesterday"],
    ['20 min kettlebells hard tue "felt easy"', "20 min kettlebells hard, yesterday, “felt easy”"],
    ["20 xyzzyx", 'I would ask what "xyzzyx" is'],
    ["20 weights ketlebels", 'I did not understand "ketlebels"; a note goes in quotes.'],
    ["20 ketlebels", "I would ask whether you mean kettlebells"],
    ["300 hike", "I would ask about 300 min hiking at once"],
    ["strength", 'I found no time in "strength". Nothing is recorded. This works: /log 20 strength'],
    ["20", 'I found no activity in "20". Nothing is recorded. This works: /log 20 strength'],
    ["0 strength", 'A session has 1 to 600 minutes, and "0" is not one of them.'],
    ["20 strength tomorrow", "2026-11-26 is still to come for you. Nothing is recorded. This works: /log 20 strength 2026-11-25"],
    [",", "I found nothing to read there. Nothing is recorded. This works: /log 20 strength"],
  ])("%j: %j", async (typed, label) => {
    expect(await offered(createTestCoach(), typed)).toEqual([{ label, words: typed }]);
  });

  test("and that a day is full", async () => {
    const coach = createTestCoach();
    for (const _ of [1, 2, 3, 4, 5, 6]) await coach.hear("240 walk");
    expect((await offered(coach, "1 run"))[0]?.label).toMatch(/^That would make more than 24 hours on Wed 25 Nov\./);
  });

  test("every example of the grammar as entries", async () => {
    const coach = createTestCoach();
    const examples = commands.find(({ name }) => name === "log")?.examples ?? [];
    for (const example of examples) expect((await offered(coach, example.replace("/log ", "")))[0]?.label).toMatch(/^\d+ min /);
  });
});

describe("/settings suggests values", () => {
  test.each([
    ["time zone", "berl", ["Europe/Berlin"]],
    ["tz", "europe/ber", ["Europe/Berlin"]],
    ["zone", "new york", ["America/New_York"]],
    ["Time-Zone", "kolkata", ["Asia/Kolkata"]],
    ["time zone", "+02:00", []],
    ["first day", "s", ["Saturday", "Sunday", "Tuesday", "Wednesday", "Thursday"]],
    ["week", "", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]],
    ["feedback", "sun 9", ["Sunday 09:00"]],
    ["feedback", "of", ["off"]],
    ["nudges", "", ["on", "off"]],
    ["training nudges", "", ["off", "on"]],
    ["over 65", "", ["no", "yes"]],
    ["quiet hours", "", ["22:00-07:00"]],
    ["quiet", "8pm-6", ["20:00-06:00"]],
    ["band", "", ["off", "60-120"]],
    ["flavour", "", []],
    ["", "", []],
    ["__proto__", "", []],
  ])("of %j for %j: %j", async (name, typed, expected) => {
    expect(await wordsFor(createTestCoach(), typed, setting(name))).toEqual(expected);
  });

  test("what is set first, a clock beside each zone, and no more than 25", async () => {
    const coach = createTestCoach();
    expect((await offered(coach, "", setting("time zone")))[0]).toEqual({ label: "Europe/Berlin, 12:00 now", words: "Europe/Berlin" });
    expect((await wordsFor(coach, "", setting("feedback"))).slice(0, 2)).toEqual(["Monday 08:00", "off"]);
    const many = await wordsFor(coach, "a", setting("time zone"));
    expect(many).toHaveLength(25);
    expect(many.every((zone) => zone.split("/").some((part) => part.startsWith("A")))).toBe(true);
  });

  test("each of which is taken", async () => {
    const names = ["time zone", "first day", "feedback", "nudges", "training nudges", "quiet hours", "band", "over 65"];
    for (const name of names) {
      const coach = createTestCoach();
      const words = await wordsFor(coach, "", setting(name));
      expect(words).not.toEqual([]);
      for (const value of words) expect(await coach.hear(`/settings ${name} ${value}`)).toContain("from now on.");
    }
  });
});

describe("/history suggests activities", () => {
  const activity: Place = { command: "history", arg: "activity" };

  test.each(["", "y", "run", "hiking", "HIK"])("for %j, each of which it finds", async (typed) => {
    const coach = await trained();
    const words = await wordsFor(coach, typed, activity);
    expect(words.length).toBeGreaterThan(0);
    for (const name of words) expect(await coach.hear(`/history ${name}`)).not.toContain("I did not understand");
  });

  test("their own first", async () => {
    expect((await wordsFor(await trained(), "", activity)).slice(0, 4)).toEqual(["hiking", "strength", "running", "yoga"]);
    expect(await wordsFor(await trained(), "xyzzy", activity)).toEqual([]);
  });
});

test("nothing is suggested where there is nothing to suggest", async () => {
  const coach = await trained();
  const places: readonly Place[] = [
    { command: "log", arg: "nothing" },
    { command: "nothing", arg: "sessions" },
    { command: "log", arg: "constructor" },
    { command: "__proto__", arg: "__proto__" },
    { command: "why", arg: "words" },
  ];
  for (const place of places) expect(await offered(coach, "20", place)).toEqual([]);
});

test.each(commands)("the values of /$name are shown once each, by their first names", ({ args }) => {
  for (const { values = [] } of Object.values(args)) expect(new Set(values).size).toBe(values.length);
});

test("the settings are shown without the other names that people try", () => {
  const values = commands.find(({ name }) => name === "settings")?.args["setting"]?.values;
  expect(values).toEqual(["time zone", "first day", "feedback", "nudges", "training nudges", "quiet hours", "band", "over 65"]);
});

describe("shorten", () => {
  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["ab cd", 4, "ab…"],
    ["a👍🏽👍🏽", 6, "a👍🏽…"],
    ["👨‍👩‍👧‍👦x", 5, "…"],
    ["a\nb\u202e", 5, "a b"],
  ])("makes %j, at most %i, %j", (text, most, expected) => {
    expect(shorten(text, most)).toBe(expected);
  });
});

describe("whatever is typed", () => {
  const bits = fc.constantFrom("20", "strength", "run", "yesterday", ",", '"', "300", "hike", "hard", "xyz", "1.5h", "mon", "👍🏽", "\n");
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 600 }),
    fc.string({ unit: "grapheme", maxLength: 120 }),
    fc.array(bits, { maxLength: 14 }).map((words) => words.join(" ")),
  );
  const places = fc.constantFrom<Place>(
    log,
    setting("time zone"),
    setting("feedback"),
    setting("quiet hours"),
    { command: "history", arg: "activity" },
    { command: "help", arg: "command" },
  );

  test("suggestions fit every platform", async () => {
    const coach = await trained();
    await fc.assert(
      fc.asyncProperty(typed, places, async (words, place) => {
        const found = await offered(coach, words, place);
        expect(found.length).toBeLessThanOrEqual(place === log ? 10 : 25);
        expect(new Set(found.map((one) => one.words)).size).toBe(found.length);
        const lengths = found.flatMap((one) => [one.label.length, one.words.length]);
        expect(lengths.every((length) => length > 0 && length <= 100)).toBe(true);
        expect(found.some(({ label }) => isIllFormed(label) || /[\n\r]/.test(label))).toBe(false);
      }),
      { numRuns: 400 },
    );
    expect(coach.logged).toEqual([]);
  });

  const entry = fc
    .tuple(
      fc.integer({ min: 1, max: 240 }),
      fc.constantFrom("strength", "run", "kettlebells", "yoga"),
      fc.constantFrom("", "yesterday", "mon"),
    )
    .map((parts) => parts.join(" "));
  const entries = fc.array(entry, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(", "));

  test("what is labelled as entries is recorded as such, and nothing else is", async () => {
    let recorded = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(typed, entries), async (words) => {
        const coach = createTestCoach();
        const only = (await offered(coach, words)).find((one) => one.words === words.trim());
        if (!only || words.trim() === "") return;
        await coach.hear(`/log ${only.words}`);
        const context = await coach.store.findUser(ann);
        const sessions = context ? await coach.store.page(context.user.id, { skip: 0, limit: 40 }) : [];
        const isEntries = /^\d+ min /.test(only.label);
        expect(sessions.length > 0).toBe(isEntries);
        if (!isEntries || /[…“]/.test(only.label)) return;
        recorded += 1;
        const kept = sessions.map((session) => `${session.minutes} min ${sessionActivityName(session)}, ${dayName(session.day, today)}`);
        const labels = only.label.split("; ").map((label) => label.replace(/ (?:easy|moderate|hard),/, ","));
        expect(kept.toSorted()).toEqual(labels.toSorted());
      }),
      { numRuns: 400 },
    );
    expect(recorded).toBeGreaterThan(50);
  });
});
