import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { onWednesday, runProgram, startProgram, temporaryFolder, toWednesday, wednesday, weekMinutes } from "../support/program.ts";

describe("a pipe of lines", () => {
  test("is answered line by line, and ends well", async () => {
    const folder = temporaryFolder();
    const lines = [toWednesday, "/log 20 strength", "/log 20 strength yesterday", "/week"];
    const { code, stdout, stderr, answers } = await runProgram({ folder }, lines);
    expect(code).toBe(0);
    expect(answers).toHaveLength(4);
    expect(answers.map(weekMinutes)).toEqual([undefined, 20, 40, 40]);
    expect(answers[3]).toMatch(/sweet spot/iu);
    expect(stderr).toMatch(/^Created \S*coach\.db: [^\n]*\n$/u);
    expect(stdout).not.toContain("\u001B");
    expect(stdout).not.toContain("{");
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^coach-me-week-2026-\d\d-\d\d\.png$/u), "coach.db"]);
  });

  test("goes on in the week that an earlier one left, and says nothing of the file", async () => {
    const folder = temporaryFolder();
    await runProgram({ folder }, [toWednesday, "20 strength"]);
    const { code, stderr, answers } = await runProgram({ folder }, [toWednesday, "25 strength yesterday", "/week"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(answers.map(weekMinutes)).toEqual([undefined, 45, 45]);
  });

  test("makes the default folder where no database is named", async () => {
    const folder = temporaryFolder();
    const { code } = await runProgram({ folder, variables: { DATABASE_URL: "" } }, ["20 strength"]);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "data/sweetspot.db"))).toBe(true);
  });

  test("of nothing at all ends well", async () => {
    const { code, stdout } = await runProgram({ folder: temporaryFolder() }, []);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });

  test("is answered to its last line, also where that is not ended", async () => {
    const program = startProgram({ folder: temporaryFolder() });
    program.type("/week\n20 strength");
    const { code, stdout } = await program.end();
    expect(code).toBe(0);
    expect(weekMinutes(stdout.slice(stdout.indexOf("\n\n")))).toBe(20);
  });

  test("is not read after /quit, and need not end there", async () => {
    const program = startProgram({ folder: temporaryFolder() });
    program.type("/week\n/quit\n20 strength\n");
    const { code, stdout } = await program.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain("20 min");
  });

  test("with empty, endless and unreadable lines is answered, and nothing is recorded", async () => {
    const lines = ["", " ", "x".repeat(100_000), "20 strength\u0000", "/nonsense", "0 strength", "99", "/week"];
    const { code, stderr, answers } = await runProgram({ folder: temporaryFolder() }, lines);
    expect(code).toBe(0);
    expect(stderr).not.toContain(" at ");
    expect(answers).toHaveLength(lines.length);
    expect(weekMinutes(answers.at(-1))).toBe(0);
  });

  test("is answered in words without escape codes, also where colour is asked for", async () => {
    const variables = { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", TERM: "xterm-256color" };
    const { stdout } = await runProgram({ folder: temporaryFolder(), variables }, ["20 strength", "/help"]);
    expect(stdout).not.toContain("\u001B");
  });
});

describe("a numbered choice", () => {
  test("is pressed by its number: undo, and redo after the program was started again", async () => {
    const folder = temporaryFolder();
    const first = await onWednesday(folder);
    await first.ask("20 strength");
    await first.ask("25 strength yesterday");
    expect(weekMinutes(await first.press("Undo"))).toBe(20);
    expect((await first.end()).code).toBe(0);
    const second = await onWednesday(folder);
    expect(weekMinutes(await second.ask("/undo"))).toBe(45);
    expect(weekMinutes(await second.press("Undo"))).toBe(20);
    expect(weekMinutes(await second.press("Redo"))).toBe(45);
    expect(weekMinutes(await second.press("This week"))).toBe(45);
    expect((await second.end()).code).toBe(0);
  });

  test("corrects a session with what is typed on the next line, and removes it", async () => {
    const program = await onWednesday(temporaryFolder());
    await program.ask('20 strength "heavy"');
    const listed = await program.ask("/history");
    expect(listed).toMatch(/20 min strength.*heavy/u);
    expect(await program.ask("1")).toContain("20 min strength");
    expect(await program.press("Correct")).toContain("20 strength");
    expect(weekMinutes(await program.ask("35 strength"))).toBe(35);
    expect(await program.ask("/history")).toContain("35 min strength");
    await program.ask("1");
    expect(weekMinutes(await program.press("Remove"))).toBe(0);
    expect(await program.ask("/history")).not.toContain("35 min strength");
    await program.end();
  });

  test("that the last answer does not have is said to the coach as it stands", async () => {
    const program = await onWednesday(temporaryFolder());
    await program.ask("20 strength");
    const answer = await program.ask("77");
    expect(answer).toContain("77");
    expect(weekMinutes(await program.ask("/week"))).toBe(20);
    await program.end();
  });
});

describe("the console's own words", () => {
  test("/as is another person, with a week of their own", async () => {
    const program = await onWednesday(temporaryFolder());
    await program.ask("20 strength");
    expect(await program.ask("/as ann")).toContain("ann");
    expect(weekMinutes(await program.ask("/week"))).toBe(0);
    await program.ask("30 strength");
    await program.ask("/as me");
    expect(weekMinutes(await program.ask("/week"))).toBe(20);
    await program.ask("/as Ann");
    expect(weekMinutes(await program.ask("/week"))).toBe(30);
    await program.end();
  });

  test("/in and /dm change the place and not the person", async () => {
    const program = await onWednesday(temporaryFolder());
    expect(await program.ask("/in crew")).toContain("crew");
    expect(weekMinutes(await program.ask("20 strength"))).toBe(20);
    expect(await program.ask("/dm")).not.toContain("crew");
    expect(weekMinutes(await program.ask("/week"))).toBe(20);
    await program.end();
  });

  test("/clock says the time and moves it on, and never back", async () => {
    const program = await onWednesday(temporaryFolder());
    expect(await program.ask("/clock")).toContain(`Wednesday ${wednesday.toString()} 12:00`);
    expect(await program.ask("/clock +5d")).toContain(`Monday ${wednesday.add({ days: 5 }).toString()} 12:00`);
    expect(await program.ask("/clock 2001-01-01T08:00")).toContain(`Monday ${wednesday.add({ days: 5 }).toString()} 12:00`);
    expect(await program.ask("/clock soon")).toContain("/clock +5d");
    expect(await program.ask("/clock")).toContain(wednesday.add({ days: 5 }).toString());
    await program.end();
  });

  test("/clock moves the week of a person on", async () => {
    const program = await onWednesday(temporaryFolder());
    await program.ask("20 strength");
    await program.ask("stop");
    await program.ask("/clock +1w");
    expect(weekMinutes(await program.ask("/week"))).toBe(0);
    expect(weekMinutes(await program.ask("/week last"))).toBe(20);
    await program.end();
  });
});
