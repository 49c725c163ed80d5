import { describe, expect, test } from "vitest";
import { readConfig, variables } from "#src/config/config.ts";

describe("readConfig gives", () => {
  test("defaults where nothing is set", () => {
    expect(readConfig({})).toEqual({
      database: "data/sweetspot.db",
      isDefaultDatabase: true,
      timeZone: Temporal.Now.timeZoneId(),
      logLevel: "warn",
      retentionDays: 90,
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

  test("the KEEP_DAYS 14", () => {
    expect(readConfig({ KEEP_DAYS: "14" })).toMatchObject({ retentionDays: 14 });
  });

  test.each(["13", "soon", "1e9", "30.5", "-90"])("no KEEP_DAYS %s", (days) => {
    expect(readConfig({ KEEP_DAYS: days })).toEqual([`KEEP_DAYS must be a whole number of days from 14 to 3650; it is "${days}"`]);
  });

  test("nothing of variables that are not its own", () => {
    expect(readConfig({ PATH: "/bin", LOG_LEVELS: "loud" })).toEqual(readConfig({}));
  });
});

const bytes = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const key = Buffer.alloc(32, 7).toString("base64");
const socket = { SLACK_BOT_TOKEN: "xoxb-0000000001-x", SLACK_APP_TOKEN: "xapp-1-A1-0000000001" };
const http = {
  SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
  SLACK_CLIENT_ID: "12.34",
  SLACK_CLIENT_SECRET: "fedcba9876543210fedcba9876543210",
  SLACK_STATE_SECRET: "any random words of mine".replaceAll(" ", "-"),
  SLACK_TOKEN_KEYS: key,
};

describe("of Slack, readConfig", () => {
  test("gives one workspace in Socket Mode", () => {
    const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = socket;
    expect(readConfig(socket)).toMatchObject({ slack: { botToken, appToken, apiUrl: undefined, prefix: "" } });
  });

  test("gives many over HTTP, heard on this machine alone unless said", () => {
    expect(readConfig(http)).toMatchObject({
      slack: { clientId: "12.34", host: "127.0.0.1", port: 3000, tokenKeys: [bytes(7)] },
    });
    expect(readConfig({ ...http, HOST: "0.0.0.0", PORT: "0" })).toMatchObject({ slack: { host: "0.0.0.0", port: 0 } });
  });

  test("takes older keys behind the newest", () => {
    const older = Buffer.alloc(32, 1).toString("base64");
    const keys = [bytes(7), bytes(1)];
    for (const said of [`${key},${older}`, `${key}, ${older}`, `${key} ${older}`])
      expect(readConfig({ ...http, SLACK_TOKEN_KEYS: said })).toMatchObject({ slack: { tokenKeys: keys } });
  });

  test.each(Object.keys({ ...socket, ...http }))("misses %s where the rest of its way is there", (name) => {
    const way = Object.hasOwn(socket, name) ? socket : http;
    const problems = readConfig({ ...way, [name]: "" });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: SLACK_\\w+ is set, and Slack needs `, "u"))]);
  });

  test("goes one way, and says so where both are given", () => {
    const problems = readConfig({ ...socket, ...http });
    expect(problems).toEqual([expect.stringMatching(/^SLACK_SIGNING_SECRET is set along with SLACK_BOT_TOKEN: /u)]);
  });

  test.each([
    ["SLACK_SIGNING_SECRET", "short"],
    ["SLACK_CLIENT_ID", "12"],
    ["SLACK_CLIENT_SECRET", "with a space in it, and long"],
    ["SLACK_STATE_SECRET", "short"],
    ["SLACK_TOKEN_KEYS", "AAAA"],
    ["SLACK_TOKEN_KEYS", `${key},AAAA`],
    ["PORT", "http"],
    ["PORT", "65536"],
  ])("refuses %s=%s in one line that repeats no secret", (name, value) => {
    const problems = readConfig({ ...http, [name]: value });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} must be `, "u"))]);
    expect(JSON.stringify(problems).includes(value)).toBe(name === "SLACK_CLIENT_ID" || name === "PORT");
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
