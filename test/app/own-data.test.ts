/** What is kept of somebody, and how all of it goes, as they would live through it. */

import { describe, expect, test } from "vitest";
import type { Choice } from "#core/model/reply.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { createTestCoach, type TestCoach } from "../support/coach.ts";

describe("/privacy", () => {
  test("says in eight lines what is kept, where, who sees it and for how long", async () => {
    const coach = createTestCoach();
    const reply = await coach.reply("/privacy");
    const lines = reply?.blocks.flatMap((block) => (block.kind === "facts" ? block.facts : [])) ?? [];
    expect(lines).toHaveLength(8);
    const said = await coach.hear("/privacy");
    for (const word of ["note", "accounts", "/undo", "an open question", "90 days", "database", "Who sees it", "/forget"])
      expect(said).toContain(word);
  });
});

async function says(coach: TestCoach, text: string, label: string): Promise<string> {
  const reply = await coach.reply(text);
  const choices: readonly Choice[] = reply?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
  return choices.find((choice) => choice.label === label)?.says ?? "none";
}

describe("/forget", () => {
  test("counts what there is, deletes nothing before it is confirmed, and all of it then", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("30 walk yesterday");
    expect(await coach.hear("/forget")).toContain("2 sessions, your settings and plan and 1 account (ann on Console)");
    expect(await coach.hear("/week")).toContain("20 of 40–60");
    await coach.hear("/forget");
    const receipt = await coach.press("Delete everything");
    expect(receipt).toContain("Deleted. 2 sessions, your settings");
    expect(receipt).not.toContain("I count your days");
    expect(await coach.hear("/week")).toContain("0 of 40–60");
    expect(await coach.hear("/history")).toContain("No sessions yet.");
    expect(await coach.hear("/undo")).toContain("There is nothing to take back yet.");
    expect(await coach.hear("/forget")).toContain("I keep nothing about you.");
  });

  test("ends all messages, also the one that waits", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    coach.answerWith(() => ({ kind: "later", after: Temporal.Duration.from({ hours: 2 }) }));
    await coach.travelTo("2026-11-26T09:00:00+01:00");
    coach.answerWith(() => ({ kind: "sent" }));
    await coach.hear("/forget");
    await coach.press("Delete everything");
    await coach.travelTo("2027-01-10T12:00:00Z");
    expect(coach.sent).toEqual([]);
  });

  test("keeps everything when that is pressed", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("/forget");
    expect(await coach.press("Keep it all")).toContain("What I keep about you.");
    expect(await coach.hear("/week")).toContain("20 of 40–60");
  });

  test("by a button from before an earlier deletion asks again, and so does a word that somebody types", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    const old = await says(coach, "/forget", "Delete everything");
    await coach.hear(old);
    await coach.hear("25 strength");
    for (const text of [old, "/forget yes", "/forget everything"]) expect(await coach.hear(text)).toContain("Delete all of it?");
    expect(await coach.hear("/week")).toContain("25 of 40–60");
  });

  test("by somebody else's button deletes nothing of either", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("30 strength", { name: "ben" });
    const ofAnn = await says(coach, "/forget", "Delete everything");
    expect(await coach.hear(ofAnn, { name: "ben" })).toContain("Delete all of it?");
    expect(await coach.hear("/week", { name: "ben" })).toContain("30 of 40–60");
    expect(await coach.hear("/week")).toContain("20 of 40–60");
  });

  test("is not undone by a message that comes again", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength", { source: "once" });
    await coach.hear(await says(coach, "/forget", "Delete everything"));
    expect(await coach.reply("20 strength", { source: "once" })).toBeUndefined();
    expect(await coach.hear("/forget")).toContain("I keep nothing about you.");
  });

  test.each(["20 strength", "/settings first day sunday", "/stop", "/plan 2x20 tue fri", "20 flurb", "/undo", "/pause 2w"])(
    "under way while %j is under way elsewhere, is not undone by it",
    async (text) => {
      const store = createMemoryStore();
      const coach = createTestCoach({ store });
      await coach.hear("20 strength");
      const forget = await says(coach, "/forget", "Delete everything");
      let isHeld = true;
      // Between the reading of a command and its commit, all of it is deleted, as by another process.
      const late = createTestCoach({
        store: {
          ...store,
          async commit(changes) {
            if (isHeld) {
              isHeld = false;
              await coach.hear(forget);
            }
            return await store.commit(changes);
          },
        },
      });
      await late.reply(text, { source: "in flight" });
      expect(late.logged).toEqual([]);
      const account = { platform: "console", id: "ann", name: "ann" } as Parameters<typeof store.findUser>[0];
      const found = await store.findUser(account);
      // What was said last is done anew, for somebody new: nothing of before is back.
      expect(found?.user.firstDay ?? 1).toBe(text.includes("sunday") ? 7 : 1);
      const sessions = found ? await store.userDataCounts(found.user.id) : undefined;
      expect(sessions?.sessions ?? 0).toBe(text === "20 strength" ? 1 : 0);
    },
  );
});
