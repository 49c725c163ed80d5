/** What the program sends by itself on the console: log, let time pass, and read. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runProgram, temporaryFolder, toWednesday, wednesday } from "../support/program.ts";

const monday = wednesday.add({ days: 5 });

/** What a clock move prints: the time, and everything that came on the way. */
async function live(...lines: readonly string[]): Promise<{ readonly folder: string; readonly stdout: string }> {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await runProgram({ folder }, [toWednesday, ...lines]);
  expect(stderr).toMatch(/^Created \S*coach\.db: [^\n]*\n$/u);
  expect(code).toBe(0);
  return { folder, stdout };
}

describe("time that passes on the console", () => {
  test("brings the nudge next morning and the feedback next Monday, with a picture beside the database", async () => {
    const { folder, stdout } = await live("20 strength", `/clock ${monday.toString()}T08:00`, "25 strength", "/clock +1d");
    expect(stdout).toContain(
      `To me, Thursday ${wednesday.add({ days: 1 }).toString()} 08:30 in UTC:\nRest day: that is training too. 20 min strength yesterday.`,
    );
    expect(stdout).toContain(`To me, Monday ${monday.toString()} 08:00 in UTC:\nBuilding. Last week 20 of 40–60 min.`);
    const name = /Picture: (\S+\.png)/u.exec(stdout)?.[1] ?? "";
    expect(name).toBe(`coach-me-week-${monday.subtract({ weeks: 1 }).toString()}.png`);
    expect(readFileSync(join(folder, name)).subarray(1, 4).toString()).toBe("PNG");
    expect(stdout.match(/To me/gu)).toHaveLength(2);
    const next = await live("20 strength", `/clock ${monday.toString()}T09:00`, "25 strength", "/clock +1d");
    expect(next.stdout).toContain(`To me, Tuesday ${monday.add({ days: 1 }).toString()} 08:30 in UTC:\nRest day`);
  });
  test("is silent while paused, in quiet hours and after stop, and /schedule says why", async () => {
    const { stdout } = await live("20 strength", "/pause 1w", "/clock +6d", "/schedule", "/resume", "stop", "/clock +8d", "/schedule");
    expect(stdout).not.toContain("To me");
    expect(stdout).toMatch(/weekly feedback +not sent, as you had paused messages/u);
    expect(stdout).toMatch(/weekly feedback +not sent, as you had ended all messages/u);
    const quiet = await live(
      "20 strength",
      "/settings quiet hours 07:00-12:00",
      `/clock ${monday.toString()}T11:59`,
      "/schedule",
      "/clock +1h",
    );
    expect(quiet.stdout).toContain("Weekly feedback  Mon");
    expect(quiet.stdout).toContain(`To me, Monday ${monday.toString()} 12:00`);
    expect(quiet.stdout).not.toContain(`To me, Monday ${monday.toString()} 08:00`);
  });
  test("brings each person their own", async () => {
    const { stdout } = await live("/as ann", "20 strength", "/as bo", "30 walk", `/clock ${monday.toString()}T08:00`);
    // Those that are due at one time come in no order of theirs.
    expect(stdout.match(/^To (?:ann|bo),/gmu)?.toSorted()).toEqual(["To ann,", "To ann,", "To bo,"]);
  });
  test("lets the numbers of what was sent be pressed", async () => {
    const { stdout } = await live("20 strength", `/clock ${monday.toString()}T08:00`, "3", "/schedule");
    expect(stdout).toContain("Feedback: off from now on.");
    expect(stdout).toMatch(/Weekly feedback +off/u);
  });
  test("after a start brings what was due meanwhile, once", async () => {
    const folder = temporaryFolder();
    await runProgram({ folder }, [toWednesday, "20 strength"]);
    const later = await runProgram({ folder }, [`/clock ${monday.toString()}T20:00`, "/schedule"]);
    expect(later.stdout.match(/To me/gu)).toHaveLength(2);
    const again = await runProgram({ folder }, [`/clock ${monday.toString()}T20:05`, "/schedule"]);
    expect(again.stdout).not.toContain("To me");
    expect(again.stdout).toMatch(/weekly feedback +sent/u);
  });
});
