/** Whatever a file brings in could have been said by commands; and whatever is refused leaves nothing. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { activityOf } from "#core/evidence/activities.ts";
import { parseEntries } from "#core/parsing/log-entries.ts";
import type { Session } from "#core/model/session.ts";
import { settings } from "#core/commands/settings/parse-settings.ts";
import { foldWord, isIllFormed } from "#core/lib/text.ts";
import type { User } from "#core/model/user.ts";
import { archiveOf, person, session } from "../support/export.ts";
import { account, aReader } from "../support/reader.ts";

const today = Temporal.PlainDate.from("2026-11-25");
const always = { from: Temporal.PlainDate.from("0001-01-01"), until: Temporal.PlainDate.from("9999-01-01") };

/** What is right, or anything else. */
const or = (right: unknown, wrong: fc.Arbitrary<unknown> = fc.anything()): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: wrong });
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1, 600, 601, 240, -0, 1e308));
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 260 }),
  fc.constantFrom("", " ", "\u202e", "=1+1", "today", "20", "__proto__", "zqx"),
);
const day = fc.oneof(
  fc.constantFrom("2026-11-25", "2026-11-26", "1899-12-31", "0000-01-01", "2026-02-30", "-000001-01-01", "99999-01-01", ""),
  fc.integer({ min: 0, max: 60_000 }).map((ago) => today.subtract({ days: ago - 10 }).toString()),
);
const at = fc.oneof(
  day.map((one) => `${one}T08:00:00Z`),
  text,
);

const drawnSession = fc.record({
  id: or(session.id, text),
  activity: or("strength", fc.oneof(text, fc.constantFrom("yoga", "circuit", "running"))),
  intensity: or("moderate", text),
  minutes: or(20, number),
  strengthShare: or(1, number),
  aerobicShare: or(0, number),
  day: or("2026-11-20", day),
  loggedAt: or(session.loggedAt, at),
  note: or("felt easy", text),
  word: or("zqflurb", text),
});

const drawnPerson = fc.record({
  timeZone: or("Europe/Berlin", text),
  firstDay: or(1, number),
  feedback: or(person.feedback, fc.record({ weekday: number, time: fc.constantFrom("08:00:00", "8:00", "24:00", "08:00:01") })),
  quietHours: or(null, fc.record({ from: fc.constant("22:00:00"), until: fc.constantFrom("07:00:00", "22:00:00", "07:00:59") })),
  band: or(null, fc.record({ min: number, max: number, setOn: day })),
  plan: or(null, fc.record({ days: fc.array(fc.integer({ min: 0, max: 8 })), minutes: number })),
  moved: or(null, fc.record({ week: day, days: fc.array(fc.integer({ min: 0, max: 8 })) })),
  pauses: or([], fc.array(fc.record({ from: day, until: day }), { maxLength: 4 })),
  words: or({}, fc.dictionary(text, fc.constantFrom("strength", "yoga", "nothing"))),
  told: or([], fc.array(text)),
  isStopped: or(false),
});

/** Nothing of them, or what commands could have made of them. */
function expectSaid(user: User): void {
  const said = settings.every(({ key, show, change }) => {
    const again = change(show(user), user, today);
    const [one, other] = [again?.[key], user[key]];
    const undated = (value: unknown): string => JSON.stringify(value ?? null).replace(/"setOn":"[^"]+"/u, "");
    return undated(one) === undated(other);
  });
  expect(said).toBe(true);
  for (const [word, activity] of Object.entries(user.words)) {
    const read = parseEntries(`20 ${word}`, { today, words: {}, answered: [{ kind: "other", word }] });
    expect(read.kind === "clarification" && "word" in read.clarification && foldWord(read.clarification.word)).toBe(word);
    expect(activityOf(activity)).toBeDefined();
  }
  for (const { from, until } of user.pauses) expect(Temporal.PlainDate.compare(from, until)).toBe(-1);
}

function expectLogged({ minutes, shares, note = "", word, day: on, activity }: Session): void {
  expect(Number.isInteger(minutes) && minutes >= 1 && minutes <= 600).toBe(true);
  expect(shares.strength >= 0 && shares.aerobic >= 0 && shares.strength + shares.aerobic <= 1).toBe(true);
  expect(Array.from(note).length <= 200 && !isIllFormed(note)).toBe(true);
  expect(Temporal.PlainDate.compare(on, today)).toBeLessThanOrEqual(0);
  expect(activityOf(activity)).toBeDefined();
  if (word === undefined) return;
  const read = parseEntries(`20 ${word}`, { today, words: {}, answered: [{ kind: "other", word: foldWord(word) }] });
  expect(read.kind === "clarification" && "word" in read.clarification && read.clarification.word).toBe(word);
}

async function expectAllOrNone(file: string): Promise<"taken" | "refused"> {
  const reader = aReader();
  const answer = await reader.send(file);
  const isTaken = answer.includes("new session");
  await (isTaken ? expectTaken(reader) : expectNothing(answer, reader));
  expect(reader.logged).toEqual([]);
  return isTaken ? "taken" : "refused";
}

type Reader = ReturnType<typeof aReader>;

async function expectNothing(answer: string, { store }: Reader): Promise<void> {
  expect(answer).toContain("Nothing is recorded");
  expect(await store.findUser(account("ann"))).toBeUndefined();
}

async function expectTaken({ press, say, store }: Reader): Promise<void> {
  expect(await press("Import")).toContain("Imported.");
  const found = await store.findUser(account("ann"));
  if (!found) throw new Error("Import: whoever did so must be known");
  expectSaid(found.user);
  for (const one of await store.sessions(found.user.id, always)) expectLogged(one);
  expect(await say("/week")).toContain("This week");
}

test("our JSON, bent in any way, comes in as commands could have said it, or leaves nothing", { timeout: 300_000 }, async () => {
  const ends = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(drawnPerson, fc.array(drawnSession, { minLength: 1, maxLength: 4 }), async (settings_, sessions) => {
      ends[await expectAllOrNone(archiveOf(settings_, sessions))] += 1;
    }),
    { numRuns: 400 },
  );
  // Both were seen, or nothing was tested.
  expect(Math.min(ends.taken, ends.refused)).toBeGreaterThan(10);
});

test("any table comes in as commands could have said it, or leaves nothing", { timeout: 300_000 }, async () => {
  const cell = (right: string, wrong: fc.Arbitrary<unknown>) => or(right, wrong).map((value) => `"${String(value).replaceAll('"', '""')}"`);
  const row = fc
    .tuple(
      cell("2026-11-20", day),
      cell("20", fc.oneof(number, text)),
      cell("strength", text),
      cell("", text),
      cell("", text),
      cell("", number),
    )
    .map((cells) => cells.join(","));
  const ends = { taken: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      ends[await expectAllOrNone(`date,minutes,activity,note,own word,strength share\n${rows.join("\n")}\n`)] += 1;
    }),
    { numRuns: 300 },
  );
  expect(Math.min(ends.taken, ends.refused)).toBeGreaterThan(10);
});

test("any bytes are taken whole or leave nothing", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.json(),
        fc.json().map((json) => `{"sessions":${json}}`),
      ),
      async (file) => {
        if (file !== "") await expectAllOrNone(file);
      },
    ),
    { numRuns: 300 },
  );
});
