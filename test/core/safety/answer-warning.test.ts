import { describe, expect, test } from "vitest";
import { evidence } from "#core/evidence/evidence.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import { warnings } from "#core/safety/warning-patterns.ts";
import { sayWarning } from "#core/voice/warning.ts";
import { createTestCoach } from "../../support/coach.ts";
import { expectHeld } from "../../support/never-say.ts";
import { laterWordings } from "./later-signs.ts";
import { harmless, wordings } from "./signs.ts";

const { symptoms } = evidence.dose.caveats;
const fixed = warnings.map((warning) => plainText({ blocks: sayWarning([warning], "nothing").slice(0, 1) }));

/** Whether the fixed words come first, and beside them nothing but what became of the rest, and the sources. */
function expectWarned(reply: Reply | undefined): void {
  const [first, ...others] = reply?.blocks ?? [];
  expect(fixed).toContain(first ? plainText({ blocks: [first] }) : "");
  const lines = others.map((block) => plainText({ blocks: [block] }));
  expect(lines.filter((line) => ![...fixed, ...remarks, "[Sources]"].includes(line))).toEqual([]);
  expect(plainText(reply ?? { blocks: [] })).not.toMatch(/\d/);
}

const remarks = [
  "What you logged is recorded; /undo takes it back.",
  "What you asked for is done; /undo takes it back.",
  "Nothing is recorded.",
];

describe("a warning sign is answered first, by the fixed words alone", () => {
  test.each([...Object.values(wordings).flat(), ...laterWordings])(
    "%j: asked, in a note, as a bare message, and as an activity",
    async (said) => {
      const coach = createTestCoach();
      const quoted = said.replaceAll('"', "'");
      for (const text of [`/ask ${said}`, `20 strength "${quoted}"`, said, `/log 20 ${said}`, `/why ${said}`, `/plan ${said}`])
        expectWarned(await coach.reply(text));
      expect(coach.logged).toEqual([]);
    },
  );

  test.each(harmless)("%j is logged as any other note", async (said) => {
    const coach = createTestCoach();
    expect(await coach.hear(`20 strength "${said}"`)).toContain("A good start.");
    expect(await coach.hear(`/ask ${said}`)).not.toContain("Stop now.");
  });

  test("in the words of the evidence", async () => {
    expect(await createTestCoach().hear("chest pain")).toBe(`${symptoms}\n[Sources]`);
    for (const warning of warnings)
      for (const kept of ["recorded", "not-recorded", "nothing"] as const) expectHeld(plainText({ blocks: sayWarning([warning], kept) }));
  });

  test("and their sources are a press away", async () => {
    const coach = createTestCoach();
    await coach.hear("im pregnant can i lift");
    expect(await coach.press("Sources")).toContain("Canadian guideline");
  });

  test("for each of several signs, the most urgent first", async () => {
    const said = await createTestCoach().hear("im pregnant and i fainted");
    expect(said.indexOf("Stop now.")).toBe(0);
    expect(said).toContain("midwife");
  });
});

describe("what was said beside a warning sign", () => {
  test("is recorded where it can be, is told to be, and can be taken back", async () => {
    const coach = createTestCoach();
    await coach.hear("10 core");
    expect(await coach.hear('20 strength "chest pain"')).toBe(`${symptoms}\nWhat you logged is recorded; /undo takes it back.\n[Sources]`);
    expect(await coach.hear("/week")).toContain("30 of 40–60");
    expect(await coach.hear("/undo")).toContain("this week 10 of");
  });

  test.each([
    '20 kettelbells "chest pain"',
    '600 strength "chest pain"',
    "20 strength chest pain",
    '0 strength "chest pain"',
    "/log chest pain",
  ])("%j is not recorded, is told not to be, and nothing is asked back", async (text) => {
    const coach = createTestCoach();
    await coach.hear("10 core");
    expect(await coach.hear(text)).toBe(`${symptoms}\nNothing is recorded.\n[Sources]`);
    expect(await coach.hear("/week")).toContain("10 of 40–60");
  });

  test("is heeded in a correction, too", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("/history");
    await coach.press("Wed 25 Nov: 20 min strength");
    expect(await coach.press("Correct", '25 strength "fainted after"')).toContain("Stop now.");
    expect(await coach.hear("/week")).toContain("25 of 40–60");
  });

  test("is heeded in what is too long or cannot be read", async () => {
    const coach = createTestCoach();
    for (const text of [`${"very ".repeat(200)}chest pain`, "chest pain \u0000", "chest pain \ud800", "/flurb chest pain"])
      expect(await coach.hear(text)).toContain("Stop now.");
    expect(coach.logged).toEqual([]);
  });

  test("begins no messages, and of somebody new nothing else is said until they log again", async () => {
    const coach = createTestCoach();
    expect(await coach.hear('20 strength "chest pain"')).not.toContain("I write on");
    await coach.travelTo("2026-11-26T12:00:00+01:00");
    expect(coach.sent).toEqual([]);
    expect(await coach.hear("10 strength")).toContain("I write on Mondays");
  });

  test("offers nothing while it is typed", async () => {
    const coach = createTestCoach();
    const typing = { account: { platform: "console" as never, id: "ann", name: "ann" }, command: "ask", arg: "question", others: {} };
    expect(await coach.suggest({ ...typing, words: "chest pain when" })).toEqual([]);
    expect((await coach.suggest({ ...typing, words: "creat" })).map(({ words }) => words)).toEqual(["Should I take creatine?"]);
    expect(await coach.suggest({ ...typing, words: "" })).toHaveLength(8);
    expect((await coach.suggest({ ...typing, words: "is 2h to much" })).map(({ words }) => words)).toContain(
      "How much strength training is too much?",
    );
  });
});
