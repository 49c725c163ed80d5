/** What a command would refuse, an import refuses: all of the file, with a line that says what it was, and nothing is kept. */

import { describe, expect, test } from "vitest";
import { maxWords } from "#core/parsing/own-words.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import { archiveOf, session } from "../support/export.ts";
import { aReader } from "../support/reader.ts";

const pause = { from: "2026-03-02", until: "2026-03-09" };
const letters = Array.from("abcdefghijklmnopqrstuvwxyz");
const many = letters.flatMap((a) => letters.map((b) => `zq${a}${b}x`));

async function expectRefused(file: string, why: string | RegExp): Promise<void> {
  const { send, say, logged } = aReader();
  let answer = await send(file);
  for (; answer.includes("Reading your file."); await yieldToEventLoop()) answer = await say("/import");
  expect(answer).toMatch(why);
  expect(answer).toContain("Nothing is recorded; a file is taken as a whole or not at all.");
  expect(await say("/import")).not.toContain("[Import]");
  expect(await say("/history")).toContain("No sessions yet.");
  expect(await say("/forget")).toContain("I keep nothing about you.");
  expect(logged).toEqual([]);
}

describe("settings", () => {
  test.each([
    ["band", { band: { min: -1e9, max: 120, setOn: "2026-11-01" } }],
    ["band", { band: { min: 0, max: 120, setOn: "2026-11-01" } }],
    ["band", { band: { min: 60.5, max: 120, setOn: "2026-11-01" } }],
    ["band", { band: { min: 120, max: 60, setOn: "2026-11-01" } }],
    ["band", { band: { min: 60, max: 10_081, setOn: "2026-11-01" } }],
    ["band", { band: { min: 60, max: 120, setOn: "2026-11-26" } }],
    ["band", { band: { min: 60, max: 120, setOn: "0001-01-01" } }],
    ["plan", { plan: { days: Array.from({ length: 5000 }, () => 2), minutes: 20 } }],
    ["plan", { plan: { days: [], minutes: 20 } }],
    ["plan", { plan: { days: [5, 2], minutes: 20 } }],
    ["moved", { moved: { week: "2026-11-23", days: [2, 2] } }],
    ["moved", { moved: { week: "9999-11-23", days: [2] } }],
    ["pauses", { pauses: [{ from: "2026-03-09", until: "2026-03-02" }] }],
    ["pauses", { pauses: [pause, pause] }],
    ["pauses", { pauses: [{ from: "2026-12-24", until: "2027-01-02" }] }],
    ["pauses", { pauses: [{ from: "2026-11-20", until: "2099-01-01" }] }],
    [
      "pauses",
      {
        pauses: Array.from({ length: 201 }, (_, at) => ({ from: `${1901 + at}`.padStart(4, "0") + "-01-01", until: `${1901 + at}-01-02` }))
          .filter(({ from }) => from < "2026")
          .concat(
            Array.from({ length: 201 }, (_, at) => ({
              from: Temporal.PlainDate.from("2026-01-01").add({ days: at }).toString(),
              until: Temporal.PlainDate.from("2026-01-01")
                .add({ days: at + 1 })
                .toString(),
            })),
          ),
      },
    ],
    ["quiet hours", { quietHours: { from: "22:00:30", until: "07:00:00" } }],
    ["quiet hours", { quietHours: { from: "22:00:00", until: "22:00:00" } }],
    ["feedback", { feedback: { weekday: 1, time: "08:00:00.123" } }],
    ["time zone", { timeZone: "Mars/Base" }],
    ["time zone", { timeZone: "+02:00" }],
    ["time zone", { timeZone: "x".repeat(5000) }],
    ["what I explained before", { told: ["nowhere"] }],
    ["what I explained before", { told: ["thin", "thin"] }],
    ["your own words", { words: { "20": "strength" } }],
    ["your own words", { words: { today: "strength" } }],
    ["your own words", { words: { hard: "strength" } }],
    ["your own words", { words: { "Two Words": "strength" } }],
    ["your own words", { words: { zumbaxx: "nothing" } }],
    ["your own words", { words: { zumbaxx: "yoga" } }],
    ["your own words", { words: { "": "strength" } }],
    ["your own words", { words: { zumbaxx: "__proto__" } }],
    ["your own words", { words: { ["z".repeat(400)]: "strength" } }],
    ["your own words", { words: Object.fromEntries(many.slice(0, maxWords + 1).map((word) => [word, "strength"])) }],
  ])("%s that no command takes: %j", async (name, settings) => {
    await expectRefused(archiveOf(settings), name);
  });

  test.each([
    [{ firstDay: 8 }],
    [{ feedback: { weekday: 0, time: "08:00" } }],
    [{ plan: { days: [2], minutes: 601 } }],
    [{ plan: { days: [2], minutes: 1e9 } }],
    [{ isStopped: "yes" }],
    [{ words: "none" }],
  ])("that have another form: %j", async (settings) => {
    await expectRefused(archiveOf(settings), /no export of mine: person\.\S+ is not as it should be/u);
  });

  test("of a megabyte are not even parsed", async () => {
    const words = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`word${at}`, "strength"]));
    await expectRefused(archiveOf({ words }), "more than anybody's settings need");
  });

  test("that the commands take come with a file", async () => {
    const settings = {
      band: { min: 60, max: 120, setOn: "2026-11-01" },
      plan: { days: [2, 5], minutes: 20 },
      moved: { week: "2026-11-23", days: [3, 5] },
      pauses: [pause],
      quietHours: null,
      feedback: { weekday: 7, time: "18:30:00" },
      timeZone: "Pacific/Auckland",
      firstDay: 7,
      words: Object.fromEntries(many.slice(0, maxWords).map((word) => [word, "strength"])),
      told: ["thin"],
      over65: true,
      trainingNudges: true,
    };
    const { send, say, press } = aReader();
    expect(await send(archiveOf(settings))).toContain("Your settings come with them.");
    expect(await press("Import")).toContain("your settings are as they were");
    expect(await say("/settings band")).toContain("60-120");
    expect(await say("/settings feedback")).toContain("Sunday 18:30");
    expect(await say("20 zqabx")).toContain("logged");
  });

  test("leave out a word that the catalogue has learned since", async () => {
    const { send, say, press } = aReader();
    expect(await send(archiveOf({ words: { run: "strength" }, firstDay: 7 }))).toContain("1 new session.");
    await press("Import");
    expect(await say("30 run")).toContain("cardio");
  });
});

describe("a session", () => {
  const bent = (part: object): string => archiveOf({}, [session, { ...session, id: "s2", ...part }]);
  test.each([
    [{ minutes: 0 }, "Row 2"],
    [{ minutes: 601 }, "Row 2"],
    [{ minutes: 1e300 }, "Row 2"],
    [{ minutes: -5 }, "Row 2"],
    [{ minutes: 20.5 }, "Row 2"],
    [{ minutes: "20" }, "Row 2"],
    [{ minutes: null }, "Row 2"],
    [{ strengthShare: 0.9, aerobicShare: 0.9 }, "parts of strength and cardio"],
    [{ strengthShare: -0.1 }, "Row 2"],
    [{ note: "x".repeat(201) }, "its note is longer"],
    [{ note: "💪".repeat(201) }, "its note is longer"],
    [{ note: "a\u0007b" }, "its note is longer than 200 characters, or cannot be read"],
    [{ note: "\ud800" }, "its note is longer than 200 characters, or cannot be read"],
    [{ word: 'x", 600 run' }, "can't be a word of your own"],
    [{ word: "y".repeat(5000) }, "can't be a word of your own"],
    [{ word: "zumbaxx", activity: "yoga" }, "can't be a word of your own"],
    [{ day: "2026-11-26" }, "still to come"],
    [{ day: "1026-11-20" }, "is before 1900"],
    [{ day: "2026-02-30" }, "Row 2"],
    [{ loggedAt: "2099-01-01T00:00:00Z" }, "is no time at which it can have been logged"],
    [{ loggedAt: "0001-01-01T00:00:00Z" }, "is no time at which it can have been logged"],
    [{ id: "x".repeat(201) }, "Row 2"],
    [{ activity: "__proto__" }, "I do not know"],
    [{ activity: "constructor" }, "I do not know"],
    [{ intensity: "extreme" }, "Row 2"],
  ])("of our JSON that no command takes: %j", async (part, why) => {
    await expectRefused(bent(part), why);
  });

  test.each([
    ["1e2", "is no time of 1 to 600 minutes"],
    ["0x14", "is no time of 1 to 600 minutes"],
    ["NaN", "is no time of 1 to 600 minutes"],
    ["Infinity", "is no time of 1 to 600 minutes"],
    ["-5", "is no time of 1 to 600 minutes"],
    ["99999999999999999999", "is no time of 1 to 600 minutes"],
    ["0.2", "is no time of 1 to 600 minutes"],
  ])("of %s minutes in a table", async (minutes, why) => {
    await expectRefused(`date,minutes,activity\n2026-11-20,${minutes},run\n`, why);
  });

  test.each([
    ["strength share,aerobic share", "0.9,0.9", "parts of strength and cardio"],
    ["strength share,aerobic share", "1,", "parts of strength and cardio"],
    ["strength share,aerobic share", "1e-5,0", "parts of strength and cardio"],
    ["own word", "600 run", "can't be a word of your own"],
    ["logged at", "tomorrow", "is no time at which it can have been logged"],
    ["logged at", "2099-01-01T00:00:00Z", "is no time at which it can have been logged"],
    ["note", "x".repeat(201), "its note is longer"],
  ])("of a table with the %s %s", async (names, cells, why) => {
    await expectRefused(`date,minutes,activity,${names}\n2026-11-20,20,strength,${cells}\n`, why);
  });
});

describe("our JSON", () => {
  const whole = archiveOf({});
  test.each([
    ["cut off", whole.slice(0, -1)],
    ["with something behind it", `${whole}{}`],
    ["with its sessions twice", whole.replace('"accounts":[]', '"sessions":[]')],
    ["with its person twice", whole.replace('"accounts":[]', '"person":{}')],
    ["without sessions", whole.replace('"sessions"', '"session"')],
    ["whose sessions are none", whole.replace(/"sessions":\[.*?\],/u, '"sessions":{},')],
    ["whose sessions lack a comma", whole.replace(/("sessions":\[)(\{.*?\})\]/u, "$1$2 $2]")],
    ["whose sessions end in a comma", whole.replace(/("sessions":\[\{.*?\})\]/u, "$1,]")],
    ["of one open bracket after the other", '{"format":'.concat("[".repeat(50_000))],
    ["of brackets alone", "[".repeat(50_000)],
    ["with a hundred keys", `{${Array.from({ length: 100 }, (_, at) => `"k${at}":1`).join(",")}}`],
    ["with a key of a thousand letters", `{"${"k".repeat(1000)}":1,${whole.slice(1)}`],
    ["with __proto__", `{"__proto__":{"format":"sweetspot-export"},"version":1}`],
    ["with another format", whole.replace("sweetspot-export", "sweetspot")],
  ])("%s is refused", async (_, file) => {
    await expectRefused(file, /no export of mine|Row \d/u);
  });

  test("of one giant session is refused with its place", async () => {
    await expectRefused(archiveOf({}, [session, { ...session, note: "x".repeat(70_000) }]), "Row 2");
  });
});

describe("own words", () => {
  test("are kept up to a number, and one more is used once", { timeout: 60_000 }, async () => {
    const { send, say, press } = aReader();
    const words = Object.fromEntries(many.slice(0, maxWords).map((word) => [word, "strength"]));
    await send(archiveOf({ words }));
    await press("Import");
    expect(await say("20 zqflurbed")).toContain("You've taught me 300 words of your own");
    expect(await press("Strength")).toContain("20 min");
    expect(await say("20 zqflurbed")).toContain("What kind of training");
  });

  test("that would be read as something else are not remembered", async () => {
    const { say, press } = aReader();
    expect(await say("20 to day")).not.toContain("remember it for you");
    await press("Strength");
    expect(await say("20 strength today")).toContain("logged");
  });
});
