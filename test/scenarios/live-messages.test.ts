import { describe, expect, test } from "vitest";
import { afterRoundUp, createCrew, crew, inCrew, manager, monday, say, standing } from "./group-fixtures.ts";

describe("the round-up", () => {
  test("comes on the group's day and time, once, with who stands where and no minutes", async () => {
    const coach = await createCrew(["ben", "cy"]);
    await coach.hear("40 strength", { name: "ann" });
    await coach.hear("10 strength", { name: "ben" });
    await coach.travelTo("2026-11-30T07:59:59Z");
    expect(coach.sent.filter(({ to }) => to === crew)).toEqual([]);
    await coach.travelTo("2026-12-01T08:00:00Z");
    const posts = coach.sent.filter(({ to }) => to === crew);
    expect(posts.map(({ at }) => at.toString())).toEqual([monday]);
    expect(posts[0]?.words).toBe(
      "Morning crew: a good week. In their zone: ann. On the way: ben. Resting: cy.\nWeek of Mon 23 Nov.\n[Cheer] [Log] [Board] [Settings]",
    );
    const picture = posts[0]?.reply.blocks.find((block) => block.kind === "picture");
    expect(picture?.svg).not.toMatch(/\d+ min|>40<|>10</);
  });

  test("goes to each channel, once", async () => {
    const coach = await createCrew(["ben"]);
    const said = await coach.hear("/group code", manager);
    const code = /: ([0-9a-z-]{14})\./.exec(said)?.[1] ?? "";
    await coach.hear(`/group channel ${code}`, { ...manager, in: "other" });
    await coach.hear("40 strength", { name: "ann" });
    await coach.travelTo("2026-12-01T08:00:00Z");
    expect(
      coach.sent
        .filter(({ key }) => key.startsWith("round-up"))
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual([crew, "other"]);
  });

  test("counts the weeks in a row", async () => {
    const coach = await createCrew([]);
    for (const at of ["2026-11-25", "2026-12-02", "2026-12-09"]) {
      await coach.travelTo(`${at}T11:00:00Z`);
      await coach.hear("40 strength", { name: "ann" });
    }
    await coach.travelTo("2026-12-14T08:00:00Z");
    expect(standing(coach)).toContain("Morning crew: third good week in a row.");
  });

  test.each([
    ["2026-12-01T07:59:00Z", 1],
    ["2026-12-01T08:00:00Z", 0],
  ])("that was due in the dark comes at %s %i times", async (back, count) => {
    const coach = await createCrew([]);
    await coach.hear("40 strength", { name: "ann" });
    coach.turnTo(back);
    await coach.run();
    expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(count);
  });

  test("does not come to a group in which nobody logged for three weeks", async () => {
    const coach = await createCrew([]);
    await coach.hear("40 strength", { name: "ann" });
    await coach.travelTo("2027-01-31T08:00:00Z");
    expect(coach.sent.filter(({ to }) => to === crew).map(({ at }) => at.toString().slice(0, 10))).toEqual([
      "2026-11-30",
      "2026-12-07",
      "2026-12-14",
    ]);
  });

  test("of a large group gives numbers and no names", async () => {
    const coach = await createCrew(Array.from({ length: 40 }, (_, index) => `m${index}`));
    await coach.hear("40 strength", { name: "ann" });
    for (const index of [1, 2, 3]) await coach.hear("10 strength", { name: `m${index}` });
    await coach.travelTo(monday);
    expect(standing(coach)).toContain("Morning crew: a week on the way. One in their zone, three on the way and 37 resting.");
    expect(standing(coach)).not.toMatch(/ann|m\d/);
  });
});

describe("what stands shows at once", () => {
  test.each<readonly [name: string, text: string, who: string, reads: string]>([
    ["a late log", "30 strength sunday", "ben", "In their zone: ann, ben. Resting: cy."],
    ["an undo", "/undo", "ann", "On the way: ben. Resting: ann, cy."],
    ["that somebody left", "/group leave", "ben", "In their zone: ann. Resting: cy."],
    ["a share that was lowered", "/group share membership", "ann", "On the way: ben. Resting: cy. Also here: ann."],
    ["a pause that reaches back into nothing", "/stop", "ben", "In their zone: ann. Resting: ben, cy."],
    ["a cheer", "/group cheer", "cy", "Week of Mon 23 Nov; one cheer."],
  ])("%s", async (_, text, who, reads) => {
    const coach = await afterRoundUp();
    await say(coach, text, { name: who });
    expect(standing(coach)).toContain(reads);
    expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(1);
    expect(coach.edits()).toBe(1);
  });

  test("a pause that began in that week, and its end", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("10 strength", { name: "ben" });
    await coach.hear("/pause 2w", { name: "ben" });
    await coach.hear("40 strength", { name: "ann" });
    await coach.travelTo(monday);
    expect(standing(coach)).toContain("Resting: ben.");
    await say(coach, "/undo", { name: "ben" });
    expect(standing(coach)).toContain("On the way: ben.");
  });

  test("nothing new where it reads the same, and is then not edited", async () => {
    const coach = await afterRoundUp();
    await say(coach, "20 strength", { name: "cy" });
    await say(coach, "5 strength sunday", { name: "ann" });
    expect(coach.edits()).toBe(0);
  });

  test("two cheers, of two people, however often each presses", async () => {
    const coach = await afterRoundUp();
    for (const name of ["ben", "cy", "ben", "cy"]) await say(coach, "/group cheer", { name });
    expect(standing(coach)).toContain("two cheers.");
    await say(coach, "/group cheer", { name: "eve" });
    expect(standing(coach)).toContain("two cheers.");
  });

  test("for four weeks, and names nobody after that", async () => {
    const coach = await afterRoundUp();
    const stood = coach.inChannel(crew).indexOf(standing(coach));
    await coach.travelTo("2026-12-28T07:59:00Z");
    expect(coach.inChannel(crew)[stood]).toContain("In their zone: ann. On the way: ben. Resting: cy.");
    await coach.travelTo("2026-12-28T08:00:00Z");
    expect(coach.inChannel(crew)[stood]).toContain("Morning crew: a good week. One in their zone, one on the way and one resting.");
    expect(coach.inChannel(crew)[stood]).not.toMatch(/ann|ben|cy|Cheer/);
    await say(coach, "/group leave", { name: "ben" });
    expect(coach.inChannel(crew)[stood]).toContain("one on the way");
  });

  test("that the group has ended, in every channel", async () => {
    const coach = await afterRoundUp();
    await coach.hear("/group remove", manager);
    await coach.press("The whole group", undefined, manager);
    await coach.run();
    expect(standing(coach)).toContain("This group has ended.");
    expect(standing(coach)).not.toMatch(/ann|ben|cy/);
    await coach.travelTo("2027-01-11T08:00:00Z");
    expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(1);
  });

  test("what could not be edited yet is edited later; what is gone is left", async () => {
    const coach = await afterRoundUp();
    coach.editWith(() => ({ kind: "later", after: Temporal.Duration.from({ minutes: 10 }) }));
    await say(coach, "/group leave", { name: "ben" });
    expect(standing(coach)).toContain("ben");
    coach.editWith(() => ({ kind: "edited" }));
    await coach.travelTo("2026-11-30T08:09:00Z");
    expect(standing(coach)).toContain("ben");
    await coach.travelTo("2026-11-30T08:10:00Z");
    expect(standing(coach)).not.toContain("ben");
    coach.editWith(() => ({ kind: "gone", code: "10008" }));
    await say(coach, "/group leave", { name: "cy" });
    coach.editWith(() => ({ kind: "edited" }));
    await say(coach, "/undo", { name: "ann" });
    expect(coach.edits()).toBe(1);
  });
});

describe("the check-in", () => {
  const checkIn = "2026-11-26T11:00:00Z";

  test("comes only where it is wanted, names nobody, and is kept true", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("10 strength", { name: "ann" });
    await coach.travelTo(checkIn);
    expect(coach.sent.filter(({ to }) => to === crew)).toEqual([]);
    await coach.hear("/group settings check-in friday 12:00", manager);
    await coach.travelTo("2026-11-27T11:00:00Z");
    expect(standing(coach)).toBe(
      "Half of the week is left. One of you has logged; there is room for everyone.\n[Log 20 min] [Log] [Rest week] [Board] [Settings]",
    );
    await say(coach, "10 strength", { name: "ben" });
    expect(standing(coach)).toContain("Two of you have logged");
  });

  test("has buttons that log, ask and rest", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("10 strength", { name: "ann" });
    await coach.hear("/group settings check-in on", manager);
    await coach.travelTo(checkIn);
    expect(await coach.press("Log 20 min", undefined, inCrew("ben"))).toContain("20 min strength logged for today");
    await coach.travelTo("2026-12-03T11:00:00Z");
    expect(await coach.press("Rest week", undefined, inCrew("ben"))).toContain("A week of rest, then.");
    expect(await coach.hear("/group board", inCrew("ann"))).toContain("ben: resting");
    const [, id] = /\/group rest (\S+)/.exec(JSON.stringify(coach.sent.at(-1)?.reply.blocks)) ?? [];
    expect(await coach.hear(`/group rest ${id} 2026-11-23`, inCrew("ben"))).toContain("of another time or place");
  });

  test.each([
    ["on its day", "2026-11-26T22:59:00Z", 1],
    ["after its day", "2026-11-26T23:00:00Z", 0],
  ])("that was due in the dark comes %s: %s, %i times", async (_, back, count) => {
    const coach = await createCrew([]);
    await coach.hear("10 strength", { name: "ann" });
    await coach.hear("/group settings check-in on", manager);
    coach.turnTo(back);
    await coach.run();
    expect(coach.sent.filter(({ key }) => key.startsWith("check-in"))).toHaveLength(count);
  });
});

describe("a channel that takes no messages any more", () => {
  test("is suspended at the first refusal, and who bound it is told once, at their next command", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ben" });
    coach.answerWith(({ to }) => (to === crew ? { kind: "closed" } : { kind: "sent" }));
    await coach.travelTo(monday);
    await coach.hear("40 strength", { name: "ben" });
    let tries = 0;
    coach.answerWith(({ to }) => {
      if (to === crew) tries += 1;
      return { kind: "sent" };
    });
    await coach.travelTo("2026-12-14T11:00:00Z");
    expect(tries).toBe(0);
    expect(await coach.hear("/week", { name: "ben" })).not.toContain("takes no messages");
    expect(await coach.hear("/week", { name: "ann" })).toContain("A channel of your group takes no messages from me any more.");
    expect(await coach.hear("/week", { name: "ann" })).not.toContain("takes no messages");
  });

  test.each(["/group channel", "/group settings", "/group code"])(
    "takes them again after %s of somebody who may manage it",
    async (text) => {
      const coach = await createCrew(["ben"]);
      await coach.hear("40 strength", { name: "ben" });
      coach.answerWith(() => ({ kind: "closed" }));
      await coach.travelTo(monday);
      coach.answerWith(() => ({ kind: "sent" }));
      await coach.hear(text, { ...manager, isManager: false });
      await coach.hear("40 strength", { name: "ben" });
      await coach.travelTo("2026-12-07T08:00:00Z");
      expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(0);
      await coach.hear(text, manager);
      await coach.hear("40 strength", { name: "ben" });
      await coach.travelTo("2026-12-14T08:00:00Z");
      expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(1);
    },
  );
});
