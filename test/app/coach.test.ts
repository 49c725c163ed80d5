import { describe, expect, test } from "vitest";
import { type Outage, outage } from "#core/model/store-unavailable.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { createTestCoach } from "../support/coach.ts";

describe("log", () => {
  test("answers with what was logged, the dose of the week and what it means", async () => {
    const coach = createTestCoach();
    const first = await coach.hear("/log 20 strength");
    expect(first).toContain("20 min strength logged for today; this week 20 of 40–60 min.");
    expect(await coach.hear("/log 20 strength mon")).toContain(
      "In the sweet spot. 20 min strength logged for Mon 23 Nov; this week 40 of 40–60 min.",
    );
  });

  test("welcomes somebody once", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("20 strength")).toContain("Europe/Berlin");
    expect(await coach.hear("20 strength")).not.toContain("Europe/Berlin");
  });

  test("records the same delivery once, and says nothing to the second", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength", { source: "delivery-1" });
    expect(await coach.reply("20 strength", { source: "delivery-1" })).toBeUndefined();
    expect(await coach.hear("/week")).toContain("This week 20 of 40–60 min");
  });

  test("counts what one person says at once in its order", async () => {
    const coach = createTestCoach();
    const answers = await Promise.all(["10 strength", "11 strength", "12 strength"].map((text) => coach.hear(text)));
    expect(answers.map((answer) => /this week (\d+)/.exec(answer)?.[1])).toEqual(["10", "21", "33"]);
  });

  test("records all sessions of a message or none", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    expect(await coach.hear("20 strength, 0 walk")).toContain("Nothing is recorded.");
    expect(await coach.hear("30 walk, 10 core, 5 yoga")).toContain("30 min walking, 10 min core and abs and 5 min yoga logged for today");
    expect(await coach.hear("/week")).toContain("This week 30 min strength; good weeks go from 30 to 119");
  });

  test("refuses more than 24 hours on a day", async () => {
    const coach = createTestCoach();
    for (const _ of [1, 2, 3, 4, 5, 6]) await coach.hear("240 walk");
    expect(await coach.hear("1 walk")).toContain("more than 24 hours on Wed 25 Nov");
    expect(await coach.hear("1 walk yesterday")).toContain("1 min walking logged for yesterday");
  });

  test("keeps people apart", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    expect(await coach.hear("/week", { name: "ben" })).toContain("this week 0 min strength".replace("this", "This"));
    expect(await coach.hear("/history", { name: "ben" })).toContain("No sessions yet.");
  });

  test("says a caveat once, when its zone is new to somebody", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("130 strength")).toContain("From about two hours a week the studies see no extra benefit");
    expect(await coach.hear("1 strength")).not.toContain("From about two hours");
    expect(await coach.hear("100 strength")).toContain("Few people in the studies lifted this much");
    expect(await coach.hear("100 strength")).not.toContain("Few people in the studies");
  });

  test("lets a mixed session count another way, on the spot", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("40 crossfit")).toContain("20 min strength and 20 min cardio");
    expect(await coach.press("All strength")).toContain("this week 40 of 40–60 min");
    expect(await coach.press("Undo")).toContain("this week 20 of 40–60 min");
  });
});

describe("questions", () => {
  test("ask once what an unknown word is, and remember it for that person", async () => {
    const coach = createTestCoach();
    expect(await coach.hear('20 flurb yesterday "new"')).toContain("Nothing is recorded yet");
    expect(await coach.press("Strength")).toContain("20 min flurb logged for yesterday; this week 20 of");
    expect(await coach.hear("20 Flurb")).toContain("this week 40 of");
    expect(await coach.hear("20 flurb", { name: "ben" })).toContain("What kind of training");
  });

  test("offer a near miss and record nothing until it is taken", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("20 ketlebels")).toContain("Did you mean kettlebells? Nothing is recorded yet.");
    expect(await coach.hear("/week")).toContain("0 min strength");
    await coach.hear("20 ketlebels");
    expect(await coach.press("Kettlebells")).toContain("20 min kettlebells logged for today");
  });

  test("go on to the kind of activity from a near miss that was none", async () => {
    const coach = createTestCoach();
    await coach.hear("20 ketlebels");
    expect(await coach.press("Something else")).toContain('What kind of training is "ketlebels"?');
    expect(await coach.press("Cardio")).toContain("20 min ketlebels logged for today");
  });

  test("are answered once", async () => {
    const coach = createTestCoach();
    const asked = await coach.reply("300 hike");
    const says = asked?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []))[0]?.says ?? "";
    expect(await coach.hear(says)).toContain("300 min hiking logged");
    expect(await coach.hear(says)).toContain("That question was answered");
    expect(await coach.hear("/history")).not.toContain("[Wed 25 Nov: 300 min hiking] [Wed 25 Nov: 300");
  });

  test("keep the day on which they were asked", async () => {
    const coach = createTestCoach();
    await coach.hear("20 flurb yesterday");
    coach.turnTo("2026-11-26T11:00:00Z");
    expect(await coach.press("Strength")).toContain("logged for Tue 24 Nov");
  });

  test("can be dropped, and leave nothing behind", async () => {
    const coach = createTestCoach();
    await coach.hear("20 flurb");
    expect(await coach.press("Record nothing")).toContain("Nothing is recorded.");
    expect(await coach.hear("/history")).toContain("No sessions yet.");
  });

  test("of one person cannot be answered by another", async () => {
    const coach = createTestCoach();
    const asked = await coach.reply("300 hike");
    const says = asked?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []))[0]?.says ?? "";
    expect(await coach.hear(says, { name: "ben" })).toContain("That question was answered, or another came after it.");
  });
});

describe("understand", () => {
  test.each([
    ["/lgo 20 strength", "/log 20 strength"],
    ["/wek", "/week"],
    ["/xyzzy", "/help"],
  ])("answers %j with the nearest command %j", async (text, example) => {
    expect(await createTestCoach().hear(text)).toContain(`This works: ${example}`);
  });

  test.each(["", "   ", "/", "/log", "/log   "])("refuses %j in one line", async (text) => {
    const said = await createTestCoach().hear(text);
    expect(said).toContain("This works: /log 20 strength");
    expect(said).not.toContain("\n");
  });

  test.each(["\u0000", "20 strength\u0000", "20 \ud800 strength", "\u001b[31m20 strength"])("refuses ill-formed %j", async (text) => {
    expect(await createTestCoach().hear(text)).toContain("characters that I cannot read. Nothing is recorded.");
  });

  test("refuses 10,000 characters before it reads them", async () => {
    expect(await createTestCoach().hear(`20 strength ${"x ".repeat(5000)}`)).toContain("longer than the 500 characters");
  });

  test.each(["20 strength", "log 20 strength", "/LOG 20 strength", "／log 20 strength", "/ log 20 strength"])(
    "takes %j as a log",
    async (text) => {
      expect(await createTestCoach().hear(text)).toContain("20 min strength logged for today");
    },
  );

  test("writes nothing for a refusal, a look or help", async () => {
    const coach = createTestCoach();
    for (const text of ["0 strength", "/week", "/help", "/history", "/settings", "/plan", "nonsense"]) await coach.hear(text);
    expect(await coach.store.findUser({ platform: "console" as never, id: "ann", name: "ann" })).toBeUndefined();
  });
});

test.each<readonly [Outage]>([["gone"], ["unwritable"]])(
  "while the store is %s, whoever logs reads that nothing is recorded",
  async (kind) => {
    const store = createMemoryStore();
    const coach = createTestCoach({ store: { ...store, commit: () => Promise.reject(outage(kind)) } });
    const answer = await coach.hear("20 strength");
    expect(answer).toContain("I can't save anything at the moment. Nothing's recorded, so please send it again later.");
    expect(answer).not.toContain("logged");
    expect(await createTestCoach({ store }).hear("/week")).not.toContain("20");
  },
);
