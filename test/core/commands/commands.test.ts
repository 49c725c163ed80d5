import { describe, expect, test } from "vitest";
import { typedName } from "#core/evidence/activities.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { createMemoryStore } from "../../support/model-store/store.ts";
import { createTestCoach } from "../../support/coach.ts";

describe("undo", () => {
  test("takes the last thing back and does it again, also after a restart", async () => {
    const store = createMemoryStore();
    const coach = createTestCoach({ store });
    await coach.hear("20 strength, 10 core");
    expect(await coach.hear("/undo")).toContain("are out; this week 0 of 40–60 min");
    const restarted = createTestCoach({ store });
    expect(await restarted.hear("/undo", { source: "after-restart" })).toContain("are in; this week 30 of 40–60 min");
  });

  test("by an old button is refused when something came after", async () => {
    const coach = createTestCoach();
    const first = await coach.reply("20 strength");
    const says = first?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []))[0]?.says ?? "";
    await coach.hear("10 core");
    expect(await coach.hear(says)).toContain("Something else came after that.");
    expect(await coach.hear("/week")).toContain("30 of 40–60");
  });

  test("takes settings, plans, corrections and removals back", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("/settings first day sunday");
    expect(await coach.hear("/undo")).toContain("your settings are as they were".replace("your", "Your"));
    expect(await coach.hear("/settings first day")).toContain("Monday");
    await coach.hear("/plan 2x20 tue fri");
    await coach.hear("/undo");
    expect(await coach.hear("/plan")).toContain("No plan yet.");
    await coach.hear("/history");
    await coach.press("Wed 25 Nov: 20 min strength");
    await coach.press("Remove");
    expect(await coach.hear("/undo")).toContain("this week 20 of");
  });

  test("has nothing to take back from somebody new", async () => {
    expect(await createTestCoach().hear("/undo")).toContain("There is nothing to take back yet.");
  });
});

describe("history", () => {
  test("shows ten a page, the newest first, and one activity when asked", async () => {
    const coach = createTestCoach();
    for (const minutes of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) await coach.hear(`${minutes} strength`);
    await coach.hear("30 run yesterday");
    const page = await coach.hear("/history");
    expect(page.match(/min strength/g)).toHaveLength(10);
    expect(page.indexOf("11 min")).toBeLessThan(page.indexOf("10 min"));
    expect(await coach.press("Older")).toMatch(/1 min strength\] \[Tue 24 Nov: 30 min running/);
    expect(await coach.press("Newer")).toContain("11 min strength");
    expect(await coach.hear("/history run")).toContain("Tue 24 Nov: 30 min running");
    expect(await coach.hear("/history ruN page 2")).toContain("No more running sessions.");
    expect(await coach.hear("/history blorf")).toContain('I did not understand "blorf".');
  });

  test("corrects a session and keeps its day where none is said", async () => {
    const coach = createTestCoach();
    await coach.hear('20 strength yesterday "first"');
    await coach.hear("/history");
    await coach.press("Tue 24 Nov: 20 min strength, “first”");
    expect(await coach.press("Correct", "25 kettlebells")).toContain("is now 25 min kettlebells for yesterday; this week 25 of 40–60 min");
    await coach.hear("/history");
    await coach.press("Tue 24 Nov: 25 min kettlebells");
    expect(await coach.press("Correct", "0 kettlebells")).toContain("Nothing is recorded.");
    expect(await coach.hear("/week")).toContain("25 of 40–60");
  });

  test.each(evidence.activities.activities)("goes on in the sessions of $id from its own button", async (activity) => {
    const coach = createTestCoach();
    for (const minutes of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) await coach.hear(`${minutes} ${typedName(activity)}`);
    await coach.hear(`/history ${typedName(activity)}`);
    expect(await coach.press("Older")).toContain(", page 2.");
  });

  test("keeps how a mixed session was told to count when it is corrected", async () => {
    const coach = createTestCoach();
    await coach.hear("40 crossfit");
    await coach.press("All strength");
    await coach.hear("/history");
    await coach.press("Wed 25 Nov: 40 min CrossFit");
    expect(await coach.press("Correct", "45 crossfit")).toContain("this week 45 of 40–60 min");
    await coach.hear("/history");
    await coach.press("Wed 25 Nov: 45 min CrossFit");
    expect(await coach.press("Correct", "30 bouldering")).toContain("this week 15 of 40–60 min");
  });

  test("does not touch another person's session", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    const shown = await coach.reply("/history");
    const says = shown?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []))[0]?.says ?? "";
    for (const text of [says, says.replace("/session", "/remove"), `${says.replace("/session", "/correct")} 5 core`]) {
      expect(await coach.hear(text, { name: "ben" })).toContain("That session is not there any more.");
    }
    expect(await coach.hear("/week")).toContain("20 of 40–60");
  });
});

describe("settings", () => {
  test("move today for that person and for nobody else", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings time zone Pacific/Auckland");
    expect(await coach.hear("20 strength 2026-11-26")).toContain("logged for today");
    expect(await coach.hear("20 strength 2026-11-26", { name: "ben" })).toContain("still to come");
  });

  test("keep a session of 23:59 on that local day", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings time zone Auckland");
    coach.turnTo("2026-11-29T10:59:30Z");
    await coach.hear("20 strength");
    coach.turnTo("2026-11-29T11:00:30Z");
    expect(await coach.hear("/history")).toContain("Sun 29 Nov: 20 min strength");
    expect(await coach.hear("/week")).toContain("0 min strength");
    expect(await coach.hear("/week last")).toContain("20 of 40–60");
  });

  test("start weeks on the person's day", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength sun");
    expect(await coach.hear("/week")).toContain("0 min strength");
    await coach.hear("/settings first day sunday");
    expect(await coach.hear("/week")).toContain("20 of 40–60");
  });

  test("refuse what they cannot read, with an example that works", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/settings time zone +02:00")).toBe(
      'I did not understand "+02:00". This works: /settings time zone Europe/Berlin',
    );
    expect(await coach.hear("settings quiet 20 min")).toContain("This works: /settings quiet hours 22:00-07:00");
    expect(await coach.hear("/settings flavour mild")).toContain('I did not understand "flavour mild"');
    expect(await coach.hear("/settings band 200-100")).toContain("This works: /settings band 60-120");
  });

  test("let a person's own band speak", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings band 60-120");
    await coach.hear("45 strength yesterday");
    expect(await coach.hear("/week")).toContain("Strength: 45 of 60–120 min\n");
    await coach.hear("/undo");
    expect(await coach.hear("90 strength")).toContain(
      "Inside your own band. 90 min strength logged for today; this week 90 min strength; your band is 60–120",
    );
  });
});

describe("plan", () => {
  test("says what it comes to, and that days touch", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/plan 2x20 tue fri")).toContain("20 min on Tuesday and Friday, 40 min a week. That is in the sweet spot.");
    expect(await coach.hear("/plan 3 x 20 sun mon wed")).toContain("Two of the days touch");
    expect(await coach.hear("/plan")).toContain("20 min on Monday, Wednesday and Sunday, 60 min a week");
    expect(await coach.hear("/plan 10 sat")).toContain("That is on the way; good weeks begin at 30 min.");
    expect(await coach.hear("/plan 35 sat")).toContain("That makes good weeks; the sweet spot begins at 40 min.");
    expect(await coach.hear("/plan 2x40 mon thu")).toContain("That is past the sweet spot, and well inside what the studies looked at.");
    expect(await coach.hear("/plan 2x65 mon thu")).toContain("From about two hours a week the studies see no extra benefit for lifespan");
    expect(await coach.hear("/plan 3x90 mon wed fri")).toContain("Few people in the studies lifted this much");
    await coach.hear("/settings band 60-120");
    expect(await coach.hear("/plan 2x20 tue fri")).toContain("That is below your band of 60–120.");
    expect(await coach.hear("/plan off")).toContain("No plan any more.");
  });

  test.each(["2x20", "2x20 tue", "tue fri", "20", "0 tue", "2x700 tue fri", "2x20 tue tue", "banana"])("refuses %j", async (text) => {
    expect(await createTestCoach().hear(`/plan ${text}`)).toContain("This works: /plan 2x20 tue fri");
  });

  test("is what the advice goes by", async () => {
    const coach = createTestCoach();
    await coach.hear("/plan 2x20 thu fri");
    expect(await coach.hear("34 strength")).toContain("Thursday is still on your plan, if you like.");
    expect(await coach.hear("10 strength")).not.toContain("rest day");
  });
});

describe("week", () => {
  test("counts good weeks in a row and averages eight", async () => {
    const coach = createTestCoach();
    for (const ago of [1, 2, 3, 4, 5, 6, 7, 8]) await coach.hear(`${30 + ago} strength ${7 * ago} days ago`);
    const said = await coach.hear("/week");
    expect(said).toContain("Good weeks in a row: 8");
    expect(said).toContain("Weeks before: 38, 37, 36, 35, 34, 33, 32, 31 min; steady");
    expect(said).toContain("Eight weeks at about 35 min.");
  });

  test("speaks of the last one as over", async () => {
    expect(await createTestCoach().hear("/week last")).toContain("A quiet week. It happens. Last week 0 min strength.");
  });
});
