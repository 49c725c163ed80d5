/** The file or its disk fails under the running program: nothing is confirmed that is not kept, and both sides read why. */

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram, startProgram, temporaryFolder } from "../support/program.ts";

const notRecording = "I can't save anything at the moment. Nothing's recorded, so please send it again later.";

/** What befalls the file in `folder`, which is `kept/coach.db`. */
const mishaps: readonly (readonly [what: string, mishap: (folder: string) => void])[] = [
  ["is deleted", (folder) => rmSync(join(folder, "kept/coach.db"))],
  ["is deleted with all that lies beside it", (folder) => rmSync(join(folder, "kept"), { recursive: true })],
  ["is moved", (folder) => renameSync(join(folder, "kept/coach.db"), join(folder, "kept/moved.db"))],
  ["is moved with its folder", (folder) => renameSync(join(folder, "kept"), join(folder, "moved"))],
  ["loses its log", (folder) => rmSync(join(folder, "kept/coach.db-wal"))],
  [
    "is replaced by a copy",
    (folder) => {
      copyFileSync(join(folder, "kept/coach.db"), join(folder, "copy.db"));
      renameSync(join(folder, "copy.db"), join(folder, "kept/coach.db"));
    },
  ],
  [
    "is replaced, with its folder, by an empty one",
    (folder) => {
      renameSync(join(folder, "kept"), join(folder, "moved"));
      mkdirSync(join(folder, "kept"));
      writeFileSync(join(folder, "kept/coach.db"), "");
    },
  ],
];

/** A program to which one session was logged. */
async function begun() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "kept"));
  const program = startProgram({ folder, variables: { DATABASE_URL: "file:kept/coach.db" } });
  expect(await program.ask("20 strength")).toContain("this week 20 of 40–60 min");
  return { folder, program };
}

describe("a database that", () => {
  test.each(mishaps)("%s takes nothing more, and ends the program with a sentence for whoever runs it", async (_, mishap) => {
    const { folder, program } = await begun();
    mishap(folder);
    // It may have noticed by itself, and be gone.
    program.type("20 strength\n");
    const { code, stderr, stdout } = await program.ended;
    expect(code).toBe(70);
    expect(stderr).toMatch(/^The database "[^"]*kept\/coach\.db" is gone: it was deleted, moved or replaced [^\n]*start again\.$/mu);
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect(stdout).not.toContain("40 of 40–60 min");
  });

  test("is gone while nobody says anything is noticed all the same", async () => {
    const { folder, program } = await begun();
    rmSync(join(folder, "kept/coach.db"));
    const { code, stderr } = await program.ended;
    expect(code).toBe(70);
    expect(stderr).toContain("is gone: it was deleted, moved or replaced");
  });

  test("was replaced by a copy is not mixed with what the program had logged since", async () => {
    const { folder, program } = await begun();
    await program.end();
    copyFileSync(join(folder, "kept/coach.db"), join(folder, "copy.db"));
    const next = startProgram({ folder, variables: { DATABASE_URL: "file:kept/coach.db" } });
    expect(await next.ask("5 strength")).toContain("this week 25 of 40–60 min");
    renameSync(join(folder, "copy.db"), join(folder, "kept/coach.db"));
    await next.ended;
    expect(readdirSync(join(folder, "kept")).filter((name) => !name.endsWith(".png"))).toEqual(
      expect.arrayContaining(["coach.db", "coach.db-wal.left"]),
    );
    expect(readdirSync(join(folder, "kept"))).not.toContain("coach.db-wal");
    const { answers } = await runProgram({ folder, variables: { DATABASE_URL: "file:kept/coach.db" } }, ["1 strength"]);
    expect(answers[0]).toContain("this week 21 of 40–60 min");
  });
});

describe("a disk that takes nothing", () => {
  test("is said to whoever logs and to whoever runs it, and is used again as soon as there is room", async () => {
    const { program } = await begun();
    // What is written beyond the first page of any file fails, as it does on a full disk.
    const limit = (size: string): void => void execFileSync("prlimit", ["--pid", String(program.pid), `--fsize=${size}:unlimited`]);
    limit("4096");
    expect(await program.ask("20 strength")).toContain(notRecording);
    expect(await program.ask("20 strength")).toContain(notRecording);
    limit("unlimited");
    expect(await program.ask("5 strength")).toContain("this week 25 of 40–60 min");
    const { code, stderr } = await program.end();
    expect(code).toBe(0);
    const told = stderr.split("\n").filter((line) => line.startsWith("Nothing can be recorded") || line.startsWith("The database"));
    expect(told).toEqual([
      expect.stringMatching(/coach\.db": a limit on the size of files is reached\. Raise it \(ulimit -f\)\. Until then people are told/u),
      expect.stringContaining("can be written to again."),
    ]);
  });
});
