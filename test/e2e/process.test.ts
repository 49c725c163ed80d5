import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { onWednesday, runProgram, startProgram, temporaryFolder, weekMinutes } from "../support/program.ts";

describe("the log", () => {
  test("is JSON lines on standard error, without what was said", async () => {
    const place = { folder: temporaryFolder(), variables: { LOG_LEVEL: "info" } };
    const { stdout, stderr } = await runProgram(place, ['20 strength "canary"', "/week"]);
    const [created, ...lines] = stderr.trimEnd().split("\n");
    expect(created).toMatch(/^Created /u);
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: "info", event: "started" }),
      expect.objectContaining({ level: "info", event: "stopped" }),
    ]);
    expect(stderr).not.toContain("canary");
    expect(stdout).not.toContain('"level"');
  });
});

describe("the end", () => {
  test.each(["SIGTERM", "SIGINT"] as const)("by %s while it waits is a good one, and closes the file", async (signal) => {
    const folder = temporaryFolder();
    const program = await onWednesday(folder);
    expect(weekMinutes(await program.ask("20 strength"))).toBe(20);
    expect(readdirSync(folder)).toContain("coach.db-wal");
    const { code, stderr } = await program.kill(signal);
    expect(code).toBe(0);
    expect(stderr).not.toContain(" at ");
    expect(readdirSync(folder)).toEqual(["coach.db"]);
  });

  test("by SIGTERM in the middle of a long pipe comes after the answer under way", async () => {
    const program = startProgram({ folder: temporaryFolder() });
    program.type("/week\n".repeat(2000));
    await program.answered(1);
    const { code, stdout } = await program.kill("SIGTERM");
    expect(code).toBe(0);
    expect(stdout.endsWith("\n\n")).toBe(true);
    expect(stdout.split("\n\n").length).toBeLessThan(1000);
  });

  test("of whoever reads the answers is no crash", async () => {
    const program = startProgram({ folder: temporaryFolder() });
    await program.ask("20 strength");
    program.stopReading();
    program.type("20 strength\n/week\n/week\n/week\n");
    const { code, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/EPIPE|\n\s+at /u);
  });
});

describe("the environment", () => {
  test("is read from .env too, where it does not say so itself", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".env"), "DATABASE_URL=file:other.db\nTIME_ZONE=Pacific/Auckland\n");
    const { answers } = await runProgram({ folder }, ["/clock"]);
    expect(answers[0]).toContain("UTC");
    expect(readdirSync(folder).toSorted()).toEqual([".env", "coach.db"]);
    writeFileSync(join(folder, ".env"), "LOG_LEVEL=loud\n");
    expect((await runProgram({ folder }, [])).stderr).toContain("loud");
  });
});

describe("names that nobody reads", () => {
  test.each(["DISCORD_TOKN", "SLACK_TOKEN", "discord_token"])("refuse a start on the console by mistake: %s", async (name) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await runProgram({ folder, variables: { [name]: "hunter2" } }, ["20 strength"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`${name} is no variable of Sweetspot; did you mean `);
    expect(stderr).not.toMatch(/hunter2|\n\s+at /u);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("in .env are told, each, along with values that are wrong", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".env"), "TIMEZONE=UTC\nCOLOUR=red\n");
    const lenient = await runProgram({ folder }, ["20 strength"]);
    expect(lenient.code).toBe(0);
    expect(lenient.stderr).toContain("TIMEZONE in .env is no variable of Sweetspot; did you mean TIME_ZONE?\n");
    expect(lenient.stderr).toContain("COLOUR in .env is no variable of Sweetspot");
    writeFileSync(join(folder, ".env"), "TIMEZONE=UTC\nLOG_LEVEL=loud\nKEEP_DAYS=1\n");
    const { code, stderr } = await runProgram({ folder }, []);
    expect(code).toBe(1);
    for (const word of ["TIMEZONE in .env", "loud", "KEEP_DAYS must be"]) expect(stderr).toContain(word);
  });

  test("are not looked for in a .env that cannot be read, which is said in one line", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, ".env"), Buffer.from("DISCORD_TOKEN=abc\n", "utf16le"));
    const { code, stderr } = await runProgram({ folder }, []);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Sweetspot cannot start: \.env cannot be read \(it is not UTF-8 text\)[^\n]*\n$/u);
    mkdirSync(join(folder, "other", ".env"), { recursive: true });
    const other = await runProgram({ folder: join(folder, "other") }, []);
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/^Sweetspot cannot start: \.env cannot be read [^\n]*\n$/u);
  });
});

describe("what the program writes", () => {
  /** The rights of everything in a folder, in octal. */
  const modesIn = (folder: string): Readonly<Record<string, string>> =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]));

  test("is for its owner alone: the folder, the database, its log, pictures and exports", async () => {
    const folder = temporaryFolder();
    const program = startProgram({ folder, variables: { DATABASE_URL: "" } });
    await program.ask("20 strength");
    await program.ask("/week");
    program.type("/export\n");
    const data = join(folder, "data");
    await expect.poll(() => readdirSync(data).filter((name) => /\.(?:png|json|csv)$/u.test(name)).length).toBeGreaterThan(2);
    expect(modesIn(folder)).toEqual({ data: "700" });
    expect(Object.keys(modesIn(data)).length).toBeGreaterThan(5);
    expect(new Set(Object.values(modesIn(data)))).toEqual(new Set(["600"]));
    await program.end();
  });

  test("is so too where a folder, a database and a picture were open to others, which is told once", async () => {
    const folder = temporaryFolder();
    const data = join(folder, "data");
    await runProgram({ folder, variables: { DATABASE_URL: "" } }, ["20 strength", "/week"]);
    chmodSync(data, 0o755);
    for (const name of readdirSync(data)) chmodSync(join(data, name), 0o644);
    const { stderr } = await runProgram({ folder, variables: { DATABASE_URL: "" } }, ["/week"]);
    expect(stderr).toContain("Others on this machine could look into data; from now on its owner alone can.\n");
    expect(stderr).toMatch(/Others on this machine could read \S*sweetspot\.db; from now on its owner alone can\.\n/u);
    expect(modesIn(folder)).toEqual({ data: "700" });
    expect(new Set(Object.values(modesIn(data)))).toEqual(new Set(["600"]));
    expect((await runProgram({ folder, variables: { DATABASE_URL: "" } }, ["/week"])).stderr).toBe("");
  });

  test("leaves a folder that others use as it is, and says how its file is copied", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const { stderr } = await runProgram({ folder }, ["20 strength"]);
    expect((statSync(folder).mode & 0o777).toString(8)).toBe("755");
    expect(modesIn(folder)).toEqual({ "coach.db": "600" });
    expect(stderr).toMatch(/^Created coach\.db: [^\n]*sqlite3 coach\.db "\.backup copy\.db"[^\n]*\n$/u);
  });
});

describe("a start that cannot be", () => {
  test("tells every variable that is wrong at once, and makes nothing", async () => {
    const folder = temporaryFolder();
    const variables = { DATABASE_URL: "coach.db", TIME_ZONE: "Mars/Olympus", LOG_LEVEL: "loud" };
    const { code, stdout, stderr } = await runProgram({ folder, variables }, ["20 strength"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    for (const word of ["DATABASE_URL", "TIME_ZONE", "Mars/Olympus", "LOG_LEVEL", "loud"]) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("for a server's address says so in one line, without the password in it", async () => {
    const folder = temporaryFolder();
    const variables = { DATABASE_URL: "postgres://coach:hunter2@localhost/coach" };
    const { code, stderr } = await runProgram({ folder, variables }, []);
    expect(code).toBe(1);
    expect(
      stderr
        .trimEnd()
        .split("\n")
        .filter((line) => line.includes("DATABASE_URL")),
    ).toHaveLength(1);
    expect(stderr).not.toContain("hunter2");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("for want of the folder says which, and makes nothing", async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await runProgram({ folder, variables: { DATABASE_URL: "file:gone/coach.db" } }, ["20 strength"]);
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, "gone"));
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("for a file that is no database leaves the file as it is", async () => {
    const folder = temporaryFolder();
    const diary = "Dear diary, today I lifted.\n".repeat(400);
    writeFileSync(join(folder, "coach.db"), diary);
    const { code, stderr } = await runProgram({ folder }, ["20 strength"]);
    expect(code).toBe(1);
    expect(stderr).toContain("coach.db");
    expect(stderr).not.toMatch(/\n\s+at /u);
    expect(readFileSync(join(folder, "coach.db"), "utf8")).toBe(diary);
    expect(readdirSync(folder)).toEqual(["coach.db"]);
  });

  test("for a folder in the place of the file says so", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "coach.db"));
    const { code, stderr } = await runProgram({ folder }, ["20 strength"]);
    expect(code).toBe(1);
    expect(stderr).toContain("folder");
  });
});
