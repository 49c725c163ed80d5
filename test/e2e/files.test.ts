/** The whole program reads files that are made to hold it up, and goes on; and an import is all or none, also when the program is killed in it. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { archiveOf, session } from "../support/export.ts";
import { type Program, startProgram, temporaryFolder } from "../support/program.ts";

const megabytes = 4 * 1024 * 1024;

/** What is said of the file at `path` once it is read. */
async function importOf(program: Program, path: string): Promise<string> {
  let answer = await program.ask(`/import ${path}`);
  while (answer.includes("Reading your file.")) answer = await program.ask("/import");
  return answer;
}

test("files that would hold up everybody are refused in a line each, and leave nothing", { timeout: 120_000 }, async () => {
  const folder = temporaryFolder();
  const words = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`w${at}`, "strength"]));
  const files: Readonly<Record<string, readonly [content: string, why: string]>> = {
    "brackets.json": ["[".repeat(megabytes), "no export of mine"],
    "deep.json": [`{"person":${"[".repeat(megabytes)}`, "no export of mine"],
    "words.json": [archiveOf({ words }), "more than anybody's settings need"],
    "line.csv": [`date,minutes,activity\n${"x".repeat(megabytes)}`, "Line 2 is longer than any session"],
    "header.csv": ["date,minutes,activity,".repeat(megabytes / 22), "Line 1 is longer than any session"],
    "rows.csv": [`date,minutes,activity\n${"1\n".repeat(megabytes / 2)}`, "more than the 100,000 sessions"],
    "quote.csv": [`date,minutes,activity\n"${"x\n".repeat(megabytes / 2)}`, "is longer than any session"],
    "nothing.csv": ["\n".repeat(megabytes), "There are no sessions in that file."],
    "nul.csv": ["\0".repeat(megabytes), "no text that I can read"],
  };
  const program = startProgram({ folder });
  for (const [name, [content, why]] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    expect(await importOf(program, name)).toContain(why);
  }
  expect(await program.ask("/forget")).toContain("I keep nothing about you.");
  expect((await program.end()).code).toBe(0);
});

test.each([0, 20, 100, 400])(
  "killed %i ms into an import, it has all of it or none at the next start",
  { timeout: 120_000 },
  async (ms) => {
    const folder = temporaryFolder();
    const count = 4000;
    const sessions = Array.from({ length: count }, (_, at) => {
      const day = Temporal.PlainDate.from("2020-01-01").add({ days: at % 2000 });
      return { ...session, id: `s${at}`, day: day.toString(), loggedAt: `${day.toString()}T08:00:00Z` };
    });
    writeFileSync(join(folder, "mine.json"), archiveOf({}, sessions));
    const program = startProgram({ folder });
    const shown = await importOf(program, "mine.json");
    expect(shown).toContain("4,000 new sessions.");
    const [, number = ""] = /\[(\d+)\] Import/u.exec(shown) ?? [];
    program.type(`${number}\n`);
    await sleep(ms);
    await program.kill("SIGKILL");
    const again = startProgram({ folder });
    const held = await again.ask("/forget");
    expect(held).toMatch(/(?<![\d,])(?:0|4,000) sessions/u);
    await again.end();
  },
);
