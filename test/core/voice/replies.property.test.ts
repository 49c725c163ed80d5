import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commands } from "#core/commands/index.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { parseEntries } from "#core/parsing/log-entries.ts";
import { type Reply, textOf } from "#core/model/reply.ts";
import { createTestCoach, type TestCoach } from "../../support/coach.ts";

const today = Temporal.PlainDate.from("2026-11-25");
const pack = evidence.activities;

type Logged = {
  readonly activity: number;
  readonly minutes: number;
  readonly ago: number;
  readonly effort: "" | "easy" | "moderate" | "hard";
};

const logged: fc.Arbitrary<Logged> = fc.record({
  activity: fc.nat(pack.activities.length - 1),
  minutes: fc.integer({ min: 1, max: 90 }),
  ago: fc.integer({ min: 0, max: 20 }),
  effort: fc.constantFrom("", "easy", "moderate", "hard"),
});

/** An alias that means one activity and nothing else; a few activities have none. */
const sure = pack.activities.map(({ aliases, name }) => {
  const reader = { today, words: {}, answered: [] };
  return [name, ...aliases].find((alias) => parseEntries(`20 ${alias}`, reader).kind === "entries");
});

/** Strength and moderate-equivalent aerobic minutes of the week from Monday on, straight from the data files. */
function recompute(rows: readonly Logged[], monday: Temporal.PlainDate): { readonly strength: number; readonly aerobic: number } {
  let strength = 0;
  let aerobic = 0;
  for (const { activity, minutes, ago, effort } of rows) {
    const day = today.subtract({ days: ago });
    const kind = pack.activities[activity];
    const isIn = Temporal.PlainDate.compare(day, monday) >= 0 && Temporal.PlainDate.compare(day, monday.add({ days: 7 })) < 0;
    if (!kind || !isIn) continue;
    const intensity = effort === "" ? kind.intensity : pack.intensity_by_effort[kind.intensity][effort];
    strength += minutes * kind.suggested_split.strength;
    aerobic += minutes * kind.suggested_split.aerobic * { light: 0, moderate: 1, vigorous: 2 }[intensity];
  }
  return { strength: Math.floor(strength + 0.5), aerobic: Math.floor(aerobic + 0.5) };
}

function factIn(reply: Reply | undefined, label: string): number {
  const facts = reply?.blocks.flatMap((block) => (block.kind === "facts" ? block.facts : [])) ?? [];
  return Number.parseInt(facts.find((fact) => fact.label === label)?.value ?? "", 10);
}

describe("numbers in replies equal a recomputation from what was said", () => {
  test("after any history, with some of it undone and done again", async () => {
    const step = fc.oneof({ weight: 4, arbitrary: logged }, { weight: 1, arbitrary: fc.constant("undo" as const) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const coach = createTestCoach();
        let rows: readonly Logged[] = [];
        let other: readonly Logged[] = [];
        for (const one of steps) {
          if (one === "undo") {
            await coach.hear("/undo");
            [rows, other] = [other, rows];
            continue;
          }
          const name = sure[one.activity];
          if (name === undefined) continue;
          other = rows;
          rows = [...rows, one];
          await checkLog(coach, one, name, rows);
        }
        await checkWeeks(coach, rows);
      }),
      { numRuns: 150 },
    );
  });
});

async function checkLog(coach: TestCoach, one: Logged, name: string, rows: readonly Logged[]): Promise<void> {
  const day = today.subtract({ days: one.ago });
  const reply = await coach.reply(`/log ${one.minutes} ${name} ${one.effort} ${day.toString()}`);
  const meter = reply?.blocks.find((block) => block.kind === "meter");
  const { strength } = recompute(rows, day.subtract({ days: day.dayOfWeek - 1 }));
  expect(meter?.minutes, name).toBe(strength);
}

async function checkWeeks(coach: TestCoach, rows: readonly Logged[]): Promise<void> {
  for (const [text, monday] of [
    ["/week", "2026-11-23"],
    ["/week last", "2026-11-16"],
  ] as const) {
    const reply = await coach.reply(text);
    const truth = recompute(rows, Temporal.PlainDate.from(monday));
    expect(factIn(reply, "Strength")).toBe(truth.strength);
    expect(factIn(reply, "Cardio")).toBe(truth.aerobic);
  }
}

/** The tightest of what the platforms allow. */
function fits({ blocks }: Reply): void {
  expect(blocks.length).toBeLessThanOrEqual(10);
  const sizes = blocks.map((block) => {
    if (block.kind === "text") return { text: textOf(block.text).length, items: 0 };
    return { text: 0, items: block.kind === "facts" ? block.facts.length : block.kind === "choices" ? block.choices.length : 0 };
  });
  const choices = blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
  expect(Math.max(...sizes.map(({ text }) => text))).toBeLessThanOrEqual(1900);
  expect(Math.max(...sizes.map(({ items }) => items))).toBeLessThanOrEqual(25);
  expect(Math.max(0, ...choices.map(({ label }) => Array.from(label).length))).toBeLessThanOrEqual(75);
  expect(Math.max(0, ...choices.map(({ says }) => says.length))).toBeLessThanOrEqual(100);
}

describe("any text is answered, in one line when it is refused, and fits every platform", () => {
  const names = commands.map(({ name }) => `/${name} `);
  const bits = fc.constantFrom(
    "20",
    "strength",
    "yesterday",
    ",",
    "0",
    "-5",
    '"',
    "tue",
    "1h15",
    "flurb",
    "½",
    "٢٠",
    "\u202e",
    "😀",
    "5/6",
    "hard",
    "page 2",
  );
  const typed = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.tuple(fc.constantFrom("", ...names), fc.array(bits, { maxLength: 12 })).map(([name, parts]) => name + parts.join(" ")),
    fc.tuple(fc.constantFrom("", ...names), fc.string({ unit: "grapheme", maxLength: 80 })).map(([name, rest]) => name + rest),
  );

  test("whatever is typed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(typed, { minLength: 1, maxLength: 4 }), async (texts) => {
        const coach = createTestCoach();
        for (const text of texts) {
          const reply = await coach.reply(text);
          expect(reply).toBeDefined();
          if (reply) fits(reply);
          expect(coach.logged).toEqual([]);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("in a bearable time, however it is made", async () => {
    const nasty = [
      "1 ".repeat(249),
      '"'.repeat(500),
      "20 nov ".repeat(70),
      "1h".repeat(250),
      ",".repeat(500),
      `${"a".repeat(490)} 20`,
      "last ".repeat(100),
    ];
    const coach = createTestCoach();
    for (const text of nasty) expect(await coach.hear(text)).toContain("Nothing is recorded");
    expect(coach.logged).toEqual([]);
  });
});

describe("every example works as it stands", () => {
  test.each(commands.flatMap(({ examples }) => examples))("%s", async (example) => {
    const coach = createTestCoach();
    await coach.hear("10 strength");
    await coach.hear("/group create Crew", { in: "crew", isManager: true });
    const from = { in: example.startsWith("/group create") ? "elsewhere" : "crew", isManager: true };
    expect(await coach.hear(example, from)).not.toContain("This works:");
    expect(coach.logged).toEqual([]);
  });
});
