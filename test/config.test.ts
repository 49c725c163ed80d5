import { describe, expect, test } from "vitest";
import { readConfig, variables } from "#src/config.ts";

describe("readConfig gives", () => {
  test("defaults where nothing is set", () => {
    expect(readConfig({})).toEqual({
      database: "data/sweetspot.db",
      isDefaultDatabase: true,
      timeZone: Temporal.Now.timeZoneId(),
      logLevel: "warn",
      discord: undefined,
    });
  });

  test("the same where everything is empty", () => {
    expect(readConfig(Object.fromEntries(variables.map((name) => [name, " "])))).toEqual(readConfig({}));
  });

  test.each([
    ["file:coach.db", "coach.db"],
    ["file:data/coach.db", "data/coach.db"],
    ["file:./coach.db", "./coach.db"],
    ["file:/var/lib/coach.db", "/var/lib/coach.db"],
    ["file:///var/lib/coach.db", "/var/lib/coach.db"],
    [" file:coach.db ", "coach.db"],
  ])("for the DATABASE_URL %j the file %j", (url, database) => {
    expect(readConfig({ DATABASE_URL: url })).toMatchObject({ database, isDefaultDatabase: false });
  });

  test.each(["Europe/Berlin", "Pacific/Auckland", "UTC"])("the TIME_ZONE %s", (timeZone) => {
    expect(readConfig({ TIME_ZONE: timeZone })).toMatchObject({ timeZone });
  });

  test.each(["info", "warn", "error", "off"])("the LOG_LEVEL %s", (logLevel) => {
    expect(readConfig({ LOG_LEVEL: logLevel })).toMatchObject({ logLevel });
  });

  test("nothing of variables that are not its own", () => {
    expect(readConfig({ PATH: "/bin", LOG_LEVELS: "loud" })).toEqual(readConfig({}));
  });
});

describe("readConfig refuses", () => {
  test.each([
    ["DATABASE_URL", "coach.db"],
    ["DATABASE_URL", "file:"],
    ["DATABASE_URL", "file::memory:"],
    ["DATABASE_URL", ":memory:"],
    ["DATABASE_URL", "https://example.org/coach.db"],
    ["DATABASE_URL", "postgres://localhost/coach"],
    ["TIME_ZONE", "Mars/Olympus"],
    ["TIME_ZONE", "+02:00"],
    ["LOG_LEVEL", "loud"],
    ["LOG_LEVEL", "WARN"],
  ])("%s=%s in one line that names it and what is wanted", (name, value) => {
    const problems = readConfig({ [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be `, "u"))]);
  });

  test("everything that is wrong at once", () => {
    const problems = readConfig({ DATABASE_URL: "coach.db", TIME_ZONE: "Mars/Olympus", LOG_LEVEL: "loud" });
    expect(problems).toEqual([
      expect.stringContaining("DATABASE_URL"),
      expect.stringContaining("Mars/Olympus"),
      expect.stringContaining("loud"),
    ]);
  });

  test("a server's address without repeating the password in it", () => {
    const problems = readConfig({ DATABASE_URL: "postgres://coach:hunter2@localhost/coach" });
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });
});
