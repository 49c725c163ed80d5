/** "Nothing logged for three weeks" is said after three weeks, counted from when somebody began, logged, came back or resumed. */

import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { twoPlatforms } from "../support/two-platforms.ts";

const last = "I will be quiet now.";

/** The local days on which the last word was said. */
function quietOn(coach: TestCoach): readonly string[] {
  return coach.sent
    .filter(({ words }) => words.startsWith(last))
    .map(({ at }) => at.toZonedDateTimeISO("Europe/Berlin").toPlainDate().toString());
}

const fourWeeks = "2026-12-23T12:00:00+01:00";

describe("nothing is said of three silent weeks before they have passed", () => {
  test("where the first log is taken back on the first day", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("/undo");
    await coach.travelTo("2026-12-21T07:59:00+01:00");
    expect(quietOn(coach)).toEqual([]);
    expect(coach.sent.map(({ words }) => words)).toEqual(Array(3).fill(expect.stringMatching(/^A quiet week\./)));
    await coach.travelTo(fourWeeks);
    expect(quietOn(coach)).toEqual(["2026-12-21"]);
  });

  test("where messages began before it was noted when", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    const user = (await coach.store.findUser({ platform: "console" as PlatformName, id: "ann", name: "ann" }))?.user;
    const [weekly] = user ? await coach.store.prompts(user.id) : [];
    for (const prompt of user ? await coach.store.prompts(user.id) : []) {
      const { since: _, ...before } = prompt;
      await coach.store.commit([{ kind: "prompt-set", prompt: before }]);
    }
    await coach.hear("/undo");
    await coach.travelTo("2026-12-21T07:59:00+01:00");
    expect([weekly === undefined, quietOn(coach)]).toEqual([false, []]);
    await coach.travelTo(fourWeeks);
    expect(quietOn(coach)).toEqual(["2026-12-21"]);
  });

  test("where all that was logged is removed later", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    await coach.hear("/history");
    await coach.hear((await coach.reply("/history"))?.blocks.flatMap((b) => (b.kind === "choices" ? b.choices : []))[0]?.says ?? "");
    await coach.press("Remove");
    await coach.travelTo(fourWeeks);
    expect(quietOn(coach)).toEqual(["2026-12-21"]);
  });

  test("where sessions of long ago are all that there is", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength 1 dec 2025");
    await coach.hear("20 strength");
    await coach.hear("/undo");
    await coach.travelTo("2026-12-21T07:59:00+01:00");
    expect(quietOn(coach)).toEqual([]);
    await coach.travelTo(fourWeeks);
    expect(quietOn(coach)).toEqual(["2026-12-21"]);
  });

  test("where somebody came back after months, and took that log back", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2027-05-05T12:00:00+02:00");
    expect(quietOn(coach)).toEqual(["2026-12-21"]);
    await coach.hear("20 strength");
    await coach.hear("/undo");
    await coach.travelTo("2027-06-09T12:00:00+02:00");
    expect(quietOn(coach)).toEqual(["2026-12-21", "2027-05-31"]);
  });

  test("where empty weeks lie before a pause", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-14T12:00:00+01:00");
    await coach.hear("/pause 2w");
    await coach.travelTo("2027-01-18T07:59:00+01:00");
    expect(quietOn(coach)).toEqual([]);
    await coach.travelTo("2027-02-01T12:00:00+01:00");
    expect(quietOn(coach)).toEqual(["2027-01-18"]);
  });

  test.each(["stop", "/pause 1w"])("where somebody said %s and came back on the same day", async (words) => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-16T12:00:00+01:00");
    await coach.hear(words);
    await coach.hear("/resume");
    await coach.travelTo("2027-01-11T07:59:00+01:00");
    expect(quietOn(coach)).toEqual([]);
    await coach.travelTo("2027-01-20T12:00:00+01:00");
    expect(quietOn(coach)).toEqual(["2027-01-11"]);
  });

  test("where somebody was forgotten and came back", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-10T12:00:00+01:00");
    await coach.hear("/forget");
    await coach.press("Delete everything");
    await coach.hear("20 strength");
    await coach.hear("/undo");
    await coach.travelTo("2027-01-04T07:59:00+01:00");
    expect(quietOn(coach)).toEqual([]);
    await coach.travelTo("2027-01-10T12:00:00+01:00");
    expect(quietOn(coach)).toEqual(["2027-01-04"]);
  });

  test("where a new account is linked with one that was silent for long", async () => {
    const { say, linkUp, turn, tick, sent } = twoPlatforms();
    await say("20 strength", { on: "discord" });
    const pass = async (days: number): Promise<void> => {
      for (let hour = 0; hour < days * 24; hour += 1) {
        turn({ hours: 1 });
        await tick();
      }
    };
    await pass(40);
    const before = sent.filter((words) => words.includes(last)).length;
    expect(before).toBe(1);
    await say("20 strength", { on: "slack" });
    await say("/undo", { on: "slack" });
    await say("20 strength", { on: "slack" });
    expect(await linkUp({ on: "discord" }, { on: "slack" })).toContain("are one.");
    await pass(20);
    expect(sent.filter((words) => words.includes(last))).toHaveLength(1);
  });
});
