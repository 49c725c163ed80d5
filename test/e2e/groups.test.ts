/** A group of five on the console through four weeks: one overdoes it, one rests, one shares nothing, and one leaves. */

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { runProgram, temporaryFolder, toWednesday, wednesday } from "../support/program.ts";

const monday = wednesday.subtract({ days: 2 });
const week = (index: number): Temporal.PlainDate => monday.add({ weeks: index });
const to = (index: number, days: number, time = "12:00"): string => `/clock ${week(index).add({ days }).toString()}T${time}`;
const as = (name: string, ...lines: readonly string[]): readonly string[] => [`/as ${name}`, ...lines];

const script = [
  toWednesday,
  "/in crew",
  ...as("Ana", "/group create Morning crew", "/group settings check-in on", "/group share minutes", "40 strength"),
  ...as("Ben", "/group join", "300 strength", "1"),
  ...as("Chi", "/group join", "/group rest"),
  ...as("Dan", "/group join", "/group share membership", "77 strength"),
  ...as("Eve", "/group join", "35 strength", "/group board"),
  to(1, 0, "10:00"),
  ...as("Ana", "45 strength"),
  ...as("Ben", "300 strength", "1"),
  ...as("Chi", "20 strength"),
  ...as("Dan", "88 strength"),
  ...as("Eve", "10 strength", "/group board"),
  to(2, 0, "10:00"),
  // A late log: Eve's week was good after all.
  ...as("Eve", "25 strength yesterday"),
  ...as("Chi", "/pause 3w"),
  ...as("Ana", "50 strength"),
  ...as("Ben", "50 strength", "/group board"),
  to(3, 0, "10:00"),
  ...as("Eve", "/group leave"),
  ...as("Ana", "/undo", "/group cheer", "60 strength", "/group board"),
  to(4, 0, "10:00"),
  ...as("Ben", "/group board"),
];

/** What was printed of the channel: what was posted, and what stands there in other words. */
function ofChannel(stdout: string, kind: "posted" | "changed"): readonly string[] {
  return stdout
    .split("\n\n")
    .filter((part) => part.startsWith("In crew, ") && !part.includes("to everybody") && part.includes("reads now") === (kind === "changed"))
    .map((part) => part.split("\n").slice(1).join("\n"));
}

test("a group of five lives through four weeks", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const { code, stdout, stderr } = await runProgram({ folder }, script);
  expect({ code, stderr: stderr.split("\n").slice(1).join("") }).toEqual({ code: 0, stderr: "" });

  const roundUps = ofChannel(stdout, "posted").filter((text) => text.startsWith("Morning crew"));
  expect(roundUps.map((text) => text.split("\n")[0])).toEqual([
    "Morning crew: a good week. In their zone: Ana, Eve. Past the good range: Ben. Resting: Chi. Also here: Dan.",
    "Morning crew: a week on the way. In their zone: Ana. On the way: Chi, Eve. Past the good range: Ben. Also here: Dan.",
    "Morning crew: third good week in a row. In their zone: Ana, Ben. Resting: Chi, Eve. Also here: Dan.",
    // Without Eve, who has left, the second week was not good for half of the others.
    "Morning crew: second good week in a row. In their zone: Ana. Resting: Ben, Chi. Also here: Dan.",
  ]);

  const changed = ofChannel(stdout, "changed").map((text) => text.split("\n")[0]);
  // Eve's late log makes the second week good; when she leaves, she is taken out of all that stands; an undo shows, and is undone by no log.
  expect(changed).toContain(
    "Morning crew: second good week in a row. In their zone: Ana, Eve. On the way: Chi. Past the good range: Ben. Also here: Dan.",
  );
  expect(changed).toContain("Morning crew: a good week. In their zone: Ana. Past the good range: Ben. Resting: Chi. Also here: Dan.");
  const afterLeaving = stdout.slice(stdout.indexOf("You have left Morning crew."));
  expect(afterLeaving.slice(afterLeaving.indexOf("You are Ana now."))).not.toContain("Eve");

  const boards = stdout.split("\n\n").filter((part) => part.startsWith("Morning crew, week of"));
  expect(boards).toHaveLength(5);
  expect(boards[0]).toContain(
    "  Ana  in their zone, 40 min\n  Ben  past the good range\n  Chi  resting\n  Dan  member\n  Eve  in their zone\n",
  );
  expect(boards[1]).toContain(
    "  Ana  in their zone, 45 min\n  Ben  past the good range\n  Chi  on the way\n  Dan  member\n  Eve  on the way\n",
  );
  expect(boards[2]).toContain("  Ana  in their zone, 50 min\n  Ben  in their zone\n  Chi  resting\n  Dan  member\n  Eve  resting\n");
  expect(boards[4]).toContain("  Ana  resting, 0 min\n  Ben  resting\n  Chi  resting\n  Dan  member\n");

  const checkIns = ofChannel(stdout, "posted").filter((text) => text.includes("is room for everyone"));
  expect(checkIns.map((text) => text.split("\n")[0])).toEqual([
    "Half of the week is left. Three of you have logged; there is room for everyone.",
    "Half of the week is left. Four of you have logged; there is room for everyone.",
    "Half of the week is left. Two of you have logged; there is room for everyone.",
    "Half of the week is left. One of you has logged; there is room for everyone.",
  ]);
  // What Dan does is Dan's alone, and nobody's minutes but Ana's are told.
  const shared = [...roundUps, ...changed, ...boards, ...checkIns].join("\n");
  expect(shared).not.toMatch(/\b(?:77|88|300|35) min/);
  expect(readdirSync(folder).filter((name) => name.includes("group"))).toHaveLength(4);
});
