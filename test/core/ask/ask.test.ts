import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evidence } from "#core/evidence/evidence.ts";
import { plainText, type Reply, textOf } from "#core/model/reply.ts";
import { sourceOf } from "#core/evidence/sources.ts";
import { createTestCoach, type TestCoach } from "../../support/coach.ts";
import { expectHeld } from "../../support/never-say.ts";
import { answerable, unanswerable } from "./questions.ts";

function labels(reply: Reply | undefined): readonly string[] {
  return reply?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices.map(({ label }) => label) : [])) ?? [];
}

/** What was said beside the words of the evidence. */
function ours(said: string): string {
  const { facts, sources } = evidence;
  const theirs = [
    ...facts.flatMap(({ question, answer }) => [
      answer,
      answer.replace(/^[^.]+\.(?= )/, "").trim(),
      question,
      answer.split(/(?<=\.) /)[0] ?? "",
    ]),
    ...Object.entries(sources).flatMap(([id, { certainty }]) => [certainty, sourceOf(id).name]),
  ].toSorted((a, b) => b.length - a.length);
  return theirs.reduce((rest, words) => rest.replaceAll(words, ""), said);
}

describe("/ask", () => {
  test("answers with the fact, its sources by name, year and link, and how sure it is", async () => {
    const said = await createTestCoach().hear("/ask why 40 to 60?");
    expect(said).toContain("Why 40 to 60 minutes a week? Two pooled analyses");
    expect(said).toContain("Sources: Momma 2022 (https://doi.org/10.1136/bjsports-2021-105061), Shailendra 2022 (https://doi.org/");
    expect(said).toContain("Zhang 2026 (at second hand).");
    expect(said).toContain("How sure: GRADE by the authors: very low for all-cause mortality");
  });

  test("puts the meaning first where it is short", async () => {
    const reply = await createTestCoach().reply("/ask is 2h a week too much??");
    expect(reply?.blocks.slice(0, 2).map((block) => (block.kind === "text" ? block.text[0] : ""))).toEqual([
      "How much strength training is too much?",
      { bold: "Nobody knows." },
    ]);
  });

  test("works the person's own minutes in where the fact is about minutes, and nowhere else", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/ask why 40 to 60?")).not.toContain("You are at");
    await coach.hear("44 strength");
    await coach.hear("160 walk yesterday");
    expect(await coach.hear("/ask why 40 to 60?")).toContain("You are at 44 min of strength this week. The sweet spot is 40–60.");
    expect(await coach.hear("/ask how much cardio do i need a week 150 minutes")).toContain("You are at 160 min of cardio this week.");
    expect(await coach.hear("/ask creatine")).not.toContain("You are at");
    await coach.hear("/settings band 60-120");
    expect(await coach.hear("/ask why 40 to 60?")).toContain("this week. Your own band is 60–120, and I go by yours.");
  });

  test("speaks of the habit once there is one", async () => {
    const coach = createTestCoach();
    for (let week = 8; week > 0; week -= 1)
      await coach.hear(`50 strength ${Temporal.PlainDate.from("2026-11-25").subtract({ weeks: week }).toString()}`);
    expect(await coach.hear("/ask why 40 to 60?")).toContain("You are at about 50 over eight weeks. The sweet spot");
    await coach.hear("20 strength");
    expect(await coach.hear("/ask why 40 to 60?")).toContain("You are at 20 min of strength this week, and at about 50 over eight weeks.");
  });

  test("offers two close answers as a choice", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/ask im 67 should i still lift")).toContain("Which of these do you mean?");
    expect(await coach.press("I am 70. Can I start?")).toContain("Age alone is no obstacle.");
  });

  test.each(unanswerable)("does not know %j, and offers what is nearest", async (typed) => {
    const coach = createTestCoach();
    const reply = await coach.reply(`/ask ${typed}`);
    const said = plainText(reply ?? { blocks: [] });
    expect(said).toMatch(/^I do not know\./);
    expect(labels(reply).length).toBeGreaterThan(0);
    expect(await coach.press(labels(reply)[0] ?? "")).toContain(labels(reply)[0]);
  });

  test.each([
    ["/ask", "What would you like to know?"],
    ["is walking enough?", "Is walking enough?"],
    ["does creatine do anything", "Should I take creatine?"],
    ["why?", "Why 40 to 60 minutes a week?"],
    ["/why", "Why 40 to 60 minutes a week?"],
    ["/why is walking enough", "Is walking enough?"],
    ["/ask WHAT IS SARCOPENIA", "What is sarcopenia?"],
    ["is 20 strength enough", "I have only 20 minutes."],
    ["did 20 strength", "A good start."],
    ["20 strength?", "A good start."],
    ["strength lots", "I found no time"],
    ["can you log 20 strength", "I did not understand"],
    ["do i need to warm up", "Do I need to warm up?"],
  ])("%j is answered by %j", async (typed, said) => {
    expect(await createTestCoach().hear(typed)).toContain(said);
  });

  test("keeps nothing of what is asked", async () => {
    const coach = createTestCoach();
    await coach.hear("/ask why 40 to 60?");
    expect(await coach.hear("/undo")).toContain("There is nothing to take back yet.");
  });

  test("understands the words that somebody explained", async () => {
    const coach = createTestCoach();
    await coach.hear("20 blorf");
    await coach.press("Cardio");
    expect(await coach.hear("/ask is there too much blorf")).toContain("vigorous exercise");
  });
});

describe("Why?", () => {
  test.each([
    [0, "Do a few minutes count?"],
    [20, "Do a few minutes count?"],
    [45, "Why 40 to 60 minutes a week?"],
    [90, "Should I stop at 60 minutes?"],
    [130, "How much strength training is too much?"],
    [200, "I train four hours a week. Am I harming myself?"],
  ])("under a week of %i minutes leads to %j", async (minutes, question) => {
    const coach = createTestCoach();
    await coach.hear(minutes > 0 ? `${minutes} strength` : "30 walk");
    await coach.hear("/week");
    expect(await coach.press("Why?")).toContain(question);
  });

  test("under feedback leads to the fact behind its week", async () => {
    const coach = createTestCoach();
    await coach.hear("90 strength");
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    expect(await coach.press("Why?")).toContain("Should I stop at 60 minutes?");
  });

  test("of somebody with a band of their own leads to where ours comes from", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings band 60-240");
    await coach.hear("200 strength");
    await coach.hear("/week");
    expect(await coach.press("Why?")).toContain("I go by yours.");
  });
});

test("every source has a name and a year, and its address is one", () => {
  for (const id of Object.keys(evidence.sources)) {
    const { name, address } = sourceOf(id);
    expect(name).toMatch(/^\S.+ \d{4}$/);
    expect(name).not.toMatch(/not seen|,|;/);
    expect(address === undefined || new URL(address).href === address, address).toBe(true);
  }
  expect(sourceOf("momma2022").name).toBe("Momma 2022");
  expect(() => sourceOf("nobody")).toThrow('Find source "nobody"');
});

async function expectFit(coach: TestCoach, text: string): Promise<void> {
  const reply = await coach.reply(text);
  const said = plainText(reply ?? { blocks: [] });
  expect(coach.logged).toEqual([]);
  expect(said).not.toBe("");
  const longest = Math.max(...(reply?.blocks ?? []).map((block) => (block.kind === "text" ? textOf(block.text).length : 0)));
  expect(longest).toBeLessThanOrEqual(1900);
  // The examples of a refusal quote what was typed.
  expectHeld(ours(said));
}

describe("whatever is asked is answered, and claims nothing that the evidence does not", () => {
  test("every fact, with the minutes of every zone", async () => {
    for (const minutes of [0, 20, 45, 90, 130, 300]) {
      const coach = createTestCoach();
      if (minutes > 0) await coach.hear(`${minutes} strength`);
      await coach.press("Yes, record it").catch(() => "");
      for (const { id } of evidence.facts) await expectFit(coach, `/why ${id}`);
    }
  });

  test("every fact, asked for as it stands", async () => {
    for (const { question } of evidence.facts) await expectFit(createTestCoach(), `/ask ${question}`);
  });

  test("any words", async () => {
    const pieces = [...answerable.map(([typed]) => typed), ...unanswerable].flatMap((typed) => typed.split(" "));
    const asked = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.string({ unit: "binary", maxLength: 200 }).filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text)),
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(" ")),
    );
    const coach = createTestCoach();
    await coach.hear("44 strength");
    await fc.assert(
      fc.asyncProperty(asked, (text) => expectFit(coach, `/ask ${text}`)),
      { numRuns: 600 },
    );
  });
});
