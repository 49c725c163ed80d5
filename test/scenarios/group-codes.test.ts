/** A group's code cannot be guessed: wrong ones are counted for the account that types them, whatever it does between. */

import fc from "fast-check";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { From, TestCoach } from "../support/coach.ts";
import { temporaryFolder } from "../support/program.ts";
import { createCrew, crew } from "./group-fixtures.ts";

const manager: From = { name: "ann", in: crew, isManager: true };
const tooMany = "Too many codes that were not good.";

async function codeOf(coach: TestCoach): Promise<string> {
  return /: ([0-9a-z-]{14})\./.exec(await coach.hear("/group code", manager))?.[1] ?? "none";
}

function wrong(number: number): string {
  return `zzzz-zzzz-${String(number).padStart(4, "0")}`;
}

/** Says `code` in one of the ways. */
async function say(coach: TestCoach, way: number, code: string): Promise<string> {
  const [text, from] = ways[way % ways.length]?.(code) ?? ["", {}];
  return await coach.hear(text, from);
}

/** Ways of saying a code. */
const ways: readonly ((code: string) => readonly [text: string, from: From])[] = [
  (code) => [`/group join ${code}`, { name: "eve" }],
  (code) => [`/group join ${code.toUpperCase()}`, { name: "eve", in: crew }],
  (code) => [`/group channel ${code}`, { name: "eve", in: "eve's", isManager: true }],
  (code) => [`/group channel ${code.replaceAll("-", "")}`, { name: "eve", in: "another", isManager: true }],
  (code) => [`/link ${code}`, { name: "eve" }],
];

describe("guessing", () => {
  test("ends after five, for ten minutes, not even with the right code, and the operator is told", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    const answers: string[] = [];
    for (let guess = 0; guess < 20; guess += 1) answers.push(await say(coach, guess, wrong(guess)));
    expect(answers.slice(0, 5).filter((answer) => answer.includes(tooMany))).toEqual([]);
    expect(answers.slice(5).filter((answer) => !answer.includes(tooMany))).toEqual([]);
    for (let way = 0; way < 4; way += 1) expect(await say(coach, way, code)).toContain(tooMany);
    expect(coach.logged.filter(({ event }) => event === "codes-guessed")).toHaveLength(1);
    coach.turnTo("2026-11-25T11:10:01Z");
    expect(await coach.hear(`/group join ${code}`, { name: "eve" })).toContain("You are in Morning crew.");
  });

  test.each([
    ["forgetting", ["/forget", "press:Delete everything"]],
    ["joining and leaving another group", ["/group create Evil crew", "/group leave"]],
    ["making codes of their own", ["/link"]],
  ])("is not begun again by %s", async (_, between) => {
    const coach = await createCrew([]);
    const from: From = { name: "eve", in: "eve's", isManager: true };
    let refused = 0;
    for (let guess = 0; guess < 10; guess += 1) {
      if ((await coach.hear(`/group join ${wrong(guess)}`, from)).includes(tooMany)) refused += 1;
      for (const text of between)
        await (text.startsWith("press:") ? coach.press(text.slice(6), undefined, from).catch(() => "") : coach.hear(text, from));
    }
    expect(refused).toBe(5);
  });

  test("is counted over processes on one file, and over restarts", async () => {
    const path = join(temporaryFolder(), "coach.db");
    const [one, other] = [openSqlite({ path }).store, openSqlite({ path }).store];
    const coaches = [await createCrew([], { store: one }), await createCrew([], { store: other, ids: "b" })];
    const answers: string[] = [];
    for (let guess = 0; guess < 8; guess += 1)
      answers.push((await coaches[guess % 2]?.hear(`/group join ${wrong(guess)}`, { name: "eve", source: `s-${guess}` })) ?? "");
    await Promise.all([one.close(), other.close()]);
    const { store } = openSqlite({ path });
    const again = await createCrew([], { store, ids: "c" });
    answers.push(await again.hear(`/group join ${wrong(9)}`, { name: "eve", source: "s-9" }));
    await store.close();
    expect(answers.map((answer) => answer.includes(tooMany))).toEqual([...Array(5).fill(false), ...Array(4).fill(true)]);
  });

  test("by many accounts is told to the operator", async () => {
    const coach = await createCrew([]);
    for (let guess = 0; guess < 60; guess += 1) await coach.hear(`/group join ${wrong(guess)}`, { name: `eve-${guess % 15}` });
    expect(coach.logged.filter(({ event }) => event === "codes-guessed-by-many").length).toBeGreaterThan(0);
    expect(coach.logged.filter(({ event }) => event === "codes-guessed-by-many").length).toBeLessThan(5);
  });

  test("finds nothing, however it is mixed, and is refused after the limit", async () => {
    const guess = fc.record({
      way: fc.nat(ways.length - 1),
      code: fc.string({ unit: fc.constantFrom(..."0123456789abcdefghjkmnpqrstvwxyz".split("")), minLength: 12, maxLength: 12 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(guess, { minLength: 6, maxLength: 30 }), async (guesses) => {
        const coach = await createCrew([]);
        await codeOf(coach);
        const answers: string[] = [];
        for (const { way, code } of guesses) answers.push(await say(coach, way, code));
        expect(answers.filter((answer) => answer.includes("You are in") || answer.includes("one of Morning crew"))).toEqual([]);
        expect(answers.slice(5).every((answer) => answer.includes(tooMany))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe("an honest slip", () => {
  test("of four leaves the right one good, and so does what is no code at all", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    for (let slip = 0; slip < 4; slip += 1) await coach.hear(`/group join ${wrong(slip)}`, { name: "ben" });
    for (const words of ["Morning crew", "the crew please", "#crew", "x", "zzzz", "a".repeat(200)])
      expect(await coach.hear(`/group join ${words}`, { name: "ben" })).toContain("lets nobody in");
    expect(await coach.hear(`/group join ${code}`, { name: "ben" })).toContain("You are in Morning crew.");
  });

  test("of letters that look like others is read as what was meant", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    const typed = code.replaceAll("0", "O").replaceAll("1", "l");
    expect(await coach.hear(`/group join ${typed}`, { name: "ben" })).toContain("You are in Morning crew.");
  });

  test("of one person is not another's", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    for (let guess = 0; guess < 20; guess += 1) await coach.hear(`/group join ${wrong(guess)}`, { name: "eve" });
    expect(await coach.hear(`/group join ${code}`, { name: "ben" })).toContain("You are in Morning crew.");
  });
});

test("a code that is unknown, over, replaced, or of a group that ended is answered in the same words", async () => {
  const coach = await createCrew([]);
  const words = (answer: string, code: string): string => answer.replaceAll(code, "CODE");
  const replaced = await codeOf(coach);
  await coach.hear("/group code new", manager);
  const over = await codeOf(coach);
  const answers = [words(await coach.hear(`/group join ${wrong(1)}`, { name: "a" }), wrong(1))];
  answers.push(words(await coach.hear(`/group join ${replaced}`, { name: "b" }), replaced));
  coach.turnTo("2026-12-02T11:00:00Z");
  answers.push(words(await coach.hear(`/group join ${over}`, { name: "c" }), over));
  const ended = await codeOf(coach);
  await coach.hear("/group remove", manager);
  await coach.press("The whole group", undefined, manager);
  answers.push(words(await coach.hear(`/group join ${ended}`, { name: "d" }), ended));
  expect(new Set(answers).size).toBe(1);
});

test("codes have sixty bits, and none is like another", async () => {
  const coach = await createCrew([]);
  const codes = new Set<string>();
  for (let count = 0; count < 50; count += 1) {
    await coach.hear("/group code new", manager);
    codes.add(
      (await coach.store.findGroup({ channel: { platform: "console" as PlatformName, address: crew as never } }))?.code?.code ?? "",
    );
  }
  expect(codes.size).toBe(50);
  expect([...codes].every((code) => /^[0-9a-hjkmnp-tv-z]{12}$/.test(code))).toBe(true);
});
