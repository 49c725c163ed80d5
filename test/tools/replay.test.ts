/** The replay as a tool: what it prints of the example years, and what it says of files that it cannot read. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readScript } from "../../tools/replay/file.ts";
import { temporaryFolder } from "../support/program.ts";
import { root } from "../support/project.ts";

const main = join(root, "tools", "replay", "main.ts");

function replay(...args: readonly string[]): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd: root });
  return { code: status, stdout, stderr };
}

const years = new Map<string, string>();

/** What is printed of an example year, which is lived through once. */
function yearOf(name: string): string {
  const known = years.get(name);
  if (known !== undefined) return known;
  const { code, stdout, stderr } = replay(join("tools", "replay", "examples", `${name}.jsonl`));
  expect([code, stderr]).toEqual([0, ""]);
  years.set(name, stdout);
  return stdout;
}

/** The sum at the end, as counts by name. */
function sums(stdout: string): Readonly<Record<string, number>> {
  const lines = stdout.slice(stdout.indexOf("In all:")).matchAll(/^ +(\d+) {2}(.+)$/gmu);
  return Object.fromEntries([...lines].map(([, count, name = ""]) => [name, Number(count)]));
}

describe("an example year", () => {
  test("of steady training prints each week at the same local minute across clock changes", () => {
    const stdout = yearOf("steady");
    expect(sums(stdout)).toEqual({
      "me, rest-day nudge, sent": 98,
      "me, weekly feedback, sent": 51,
      "me, weekly feedback, suppressed (you had paused messages)": 2,
    });
    const times = [...stdout.matchAll(/^(Mon \d+ \w+ \d+) (\d\d:\d\d) · me · weekly feedback/gmu)].map(([, , time]) => time);
    expect(new Set(times).size).toBe(1);
    expect(stdout).toContain("Mon 29 Mar 2027");
    expect(stdout).toContain("In the week of Mon 12 Apr it is now 45 min strength, where I had said 20: it was changed after I wrote.");
  }, 20_000);
  test("of travels is told where the person is", () => {
    const stdout = yearOf("traveller");
    expect(stdout).toContain(
      "Mon 22 Feb 2027 08:00 in Pacific/Honolulu · me · weekly feedback: for the week of Mon 15 Feb, asked for Mondays 08:00",
    );
    expect(stdout).toContain("Thu 8 Apr 2027 08:00 in Pacific/Honolulu · me · weekly feedback: for the week of Mon 29 Mar");
    expect(stdout).toContain("Mon 31 May 2027 15:00 in Europe/Berlin · me · weekly feedback");
    expect(stdout).toContain(
      "weekly feedback: for the week of Sun 8 Aug, asked for Sundays 19:00; suppressed, as you had ended all messages",
    );
    const weeks = [...stdout.matchAll(/weekly feedback: for the week of ([^,]+)/gu)].map(([, week]) => week);
    expect(new Set(weeks).size).toBe(weeks.length);
  }, 20_000);
  test("of an end and a return says the last word once, and tells what did not come", () => {
    const stdout = yearOf("returning");
    expect(stdout.match(/I will be quiet now\./gu)).toHaveLength(2);
    expect(stdout).toContain("late: due Mon 14 Jun 08:00");
    expect(stdout).toContain("suppressed, as my messages do not reach you");
    expect(stdout).toContain("unknown, as the line broke while it was on its way");
  }, 20_000);
  test("comes out the same each time", () => {
    expect(replay(join("tools", "replay", "examples", "returning.jsonl")).stdout).toBe(yearOf("returning"));
  }, 20_000);
});

describe("what is asked for", () => {
  const lines = [
    '{"time zone":"Europe/Berlin","spread":0}',
    "// A comment, and an empty line.",
    "",
    '{"at":"2026-11-25T12:00","who":"ann","says":"20 strength"}',
    '{"at":"2026-11-25T12:00:00Z","who":"bo","says":"30 walk"}',
    '{"at":"2026-11-30T12:00"}',
  ];
  const script = (...given: readonly string[]): string => {
    const path = join(temporaryFolder(), "year.jsonl");
    writeFileSync(path, given.join("\n"));
    return path;
  };

  test("may be one person's, one kind's, and with the answers", () => {
    const path = script(...lines);
    expect(sums(replay(path).stdout)).toEqual({
      "ann, rest-day nudge, sent": 1,
      "ann, weekly feedback, sent": 1,
      "bo, weekly feedback, sent": 1,
    });
    expect(sums(replay("--who", "bo", path).stdout)).toEqual({ "bo, weekly feedback, sent": 1 });
    expect(sums(replay("--only", "rest", path).stdout)).toEqual({ "ann, rest-day nudge, sent": 1 });
    expect(replay("--answers", path).stdout).toContain("Wed 25 Nov 2026 12:00 · ann > 20 strength\n    A good start.");
  }, 20_000);

  test.each([
    [[], "there is nothing in it"],
    [["no JSON"], "line 1: it is not JSON"],
    [['{"time zone":"Gotham"}'], 'line 1: "time zone": it must be an IANA time zone'],
    [['{"time zone":"Europe/Berlin","spread":90}'], 'line 1: "spread"'],
    [[lines[0] ?? "", '{"at":"noon"}'], 'line 2: "at": it must be a local time such as 2026-11-25T12:00'],
    [[lines[0] ?? "", '{"says":"20 strength"}'], 'line 2: "at"'],
    [[lines[0] ?? "", '{"at":"2026-11-25T12:00","sais":"20 strength"}'], "line 2: "],
    [[lines[0] ?? "", '{"at":"2026-11-25T12:00","down":"three days"}'], 'line 2: "down": it must be a duration such as P3D'],
  ])("that cannot be read is refused in one line: %j", (given, problem) => {
    const read = readScript(given.join("\n"));
    expect("problem" in read && read.problem).toContain(problem);
    expect("problem" in read && read.problem).not.toContain("\n");
  });
  test("in which time goes back is refused where it does, in one line", () => {
    const { code, stderr } = replay(script(...lines.slice(0, 4), '{"at":"2026-11-24T12:00"}'));
    expect([code, stderr.trimEnd().split("\n")]).toEqual([1, [expect.stringContaining("line 5: it lies before the line above it")]]);
  });

  test.each([[[]], [["--only", "monthly", "a"]], [["--loud", "a"]], [["nowhere.jsonl"]]])("and so are the arguments %j", (args) => {
    const { code, stderr } = replay(...args);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).toMatch(/This works: npm run replay|it cannot be read/u);
  });

  test("by somebody who reads the first lines only is no crash", async () => {
    const child = spawn(process.execPath, [main, join("tools", "replay", "examples", "steady.jsonl")], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    await once(child.stdout, "data");
    child.stdout.destroy();
    const [code] = await once(child, "exit");
    expect([code, said]).toEqual([0, ""]);
  }, 20_000);
});
