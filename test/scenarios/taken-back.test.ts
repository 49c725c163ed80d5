/** What somebody took back, in channels whose platform takes no edits: removed, or tried until it is gone. */

import { describe, expect, test } from "vitest";
import type { TestCoach } from "../support/coach.ts";
import { afterRoundUp, crew, manager, say, standing } from "./group-fixtures.ts";

/** What was posted, without what was said aloud by somebody's own act. */
const posts = (coach: TestCoach): string =>
  coach
    .inChannel(crew)
    .filter((text) => text.startsWith("Morning crew:"))
    .join("\n");
const gone = { kind: "gone", code: "10008" } as const;
const forbidden = { kind: "refused", code: "50013" } as const;
const leaving = async (coach: TestCoach): Promise<string> => await say(coach, "/group leave", { name: "ben" });

describe("what somebody took back", () => {
  test("what may not be edited is removed", async () => {
    const coach = await afterRoundUp();
    coach.editWith(() => forbidden);
    await leaving(coach);
    expect(standing(coach)).toBe("");
    expect(coach.logged).toContainEqual({
      event: "live-message-removed",
      fields: { kind: "round-up", platform: "console", group: expect.any(String), code: "50013" },
    });
  });

  // What is refused is tried each day in the end, and what is not heard each hour, twice.
  test.each([
    [forbidden, 60, 200],
    [{ kind: "later" } as const, 2000, 8000],
  ] as const)(
    "what can be neither edited nor removed (%j) is tried until it is gone, for months, from %i to %i times",
    async (how, least, most) => {
      const coach = await afterRoundUp();
      let tries = 0;
      coach.editWith(() => {
        tries += 1;
        return how;
      });
      coach.removeWith(() => how);
      expect(await leaving(coach)).not.toContain("nothing of you any more");
      expect(standing(coach)).toContain("ben");
      await coach.travelTo("2027-02-01T08:00:00Z");
      expect(tries).toBeGreaterThan(least);
      expect(tries).toBeLessThan(most);
      const kept = coach.logged.filter(({ event }) => event === "live-message-stale");
      expect(kept.length).toBeGreaterThan(30);
      expect(JSON.stringify(kept)).not.toMatch(/ann|ben|cy/);
      coach.removeWith(() => ({ kind: "removed" }));
      await coach.travelTo("2027-02-03T08:00:00Z");
      expect(posts(coach)).not.toContain("ben");
      const before = tries;
      await coach.travelTo("2027-02-20T08:00:00Z");
      expect(tries).toBe(before);
    },
  );

  test("one refusal in a row, an outage or a wait that the platform asks for leaves nobody named", async () => {
    for (const first of [
      forbidden,
      { kind: "later" } as const,
      { kind: "later", after: Temporal.Duration.from({ seconds: 40 }) } as const,
    ]) {
      const coach = await afterRoundUp();
      const answers = [first];
      coach.editWith(() => answers.shift() ?? { kind: "edited" });
      await leaving(coach);
      await coach.travelTo("2026-11-30T08:05:00Z");
      expect(posts(coach)).not.toContain("ben");
    }
  });

  test("a message that was removed by hand is tried no more", async () => {
    const coach = await afterRoundUp();
    coach.editWith(() => forbidden);
    coach.removeWith(() => gone);
    await leaving(coach);
    coach.editWith(() => ({ kind: "edited" }));
    await coach.travelTo("2026-12-20T08:00:00Z");
    expect(coach.edits()).toBe(0);
    expect(coach.logged.map(({ event }) => event)).toContain("live-message-gone");
  });

  test.each<readonly [name: string, text: string]>([
    ["left", "/group leave"],
    ["shares less", "/group share membership"],
    ["said stop", "stop"],
    ["took a log back", "/undo"],
  ])(
    "names whoever %s no longer than the platform forces it to, also in a message that is as old as any that is edited",
    async (_, text) => {
      const coach = await afterRoundUp();
      coach.editWith(() => forbidden);
      coach.removeWith(() => forbidden);
      const before = standing(coach);
      await coach.travelTo("2026-12-27T08:00:00Z");
      await say(coach, text, { name: "ben" });
      // Its time for edits is over, and it still shows what it showed.
      await coach.travelTo("2027-01-10T08:00:00Z");
      expect(coach.inChannel(crew)).toContain(before);
      coach.editWith(() => ({ kind: "edited" }));
      await coach.travelTo("2027-01-12T08:00:00Z");
      expect(coach.inChannel(crew).join()).not.toContain("On the way: ben");
    },
  );

  test.each<readonly [name: string, words: readonly string[]]>([
    ["a channel that was taken out", ["/group remove", "The whole group"]],
    ["somebody who was forgotten", ["/forget", "Delete everything"]],
  ])("is taken away of %s, also where it may not be edited", async (_, [text = "", label = ""]) => {
    const coach = await afterRoundUp();
    coach.editWith(() => forbidden);
    await coach.hear(text, manager);
    await coach.press(label, undefined, manager);
    await coach.run();
    expect(standing(coach)).toBe("");
  });

  test("what somebody takes back while it is being edited is edited once more", async () => {
    const coach = await afterRoundUp();
    let left: Promise<unknown> | undefined;
    coach.editWith(async () => {
      left ??= coach.hear("/group leave", { name: "ben" });
      await left;
      return { kind: "edited" };
    });
    await say(coach, "/group leave", { name: "cy" });
    expect(left).toBeDefined();
    expect(standing(coach)).not.toMatch(/ben|cy/);
  });

  test("in a channel that is suspended is edited all the same", async () => {
    const coach = await afterRoundUp();
    coach.answerWith(() => ({ kind: "closed" }));
    await coach.hear("40 strength", { name: "ann" });
    await coach.travelTo("2026-12-07T08:00:00Z");
    await leaving(coach);
    expect(coach.inChannel(crew).join()).not.toContain("On the way: ben");
  });
});
