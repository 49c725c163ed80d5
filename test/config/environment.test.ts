/** Names that nobody reads, and which of them are told. */

import { describe, expect, test } from "vitest";
import { variables } from "#src/config/config.ts";
import { readEnvironment } from "#src/config/environment.ts";

function strangeIn(environment: Readonly<Record<string, string>>, file = "") {
  return readEnvironment(environment, file, variables).unknownNames;
}

describe("in the environment", () => {
  test.each([
    ["DISCORD_TOKN", "DISCORD_TOKEN", true],
    ["DISCROD_TOKEN", "DISCORD_TOKEN", true],
    ["discord_token", "DISCORD_TOKEN", true],
    ["DISCORD_BOT_TOKEN", "DISCORD_TOKEN", true],
    ["DISCORDTOKEN", "DISCORD_TOKEN", true],
    ["SLACK_TOKEN", "SLACK_BOT_TOKEN", true],
    ["SLACK_APPTOKEN", "SLACK_APP_TOKEN", true],
    ["SLACK_SIGNING_SECRETS", "SLACK_SIGNING_SECRET", true],
    ["DATABASE_URI", "DATABASE_URL", false],
    ["TIMEZONE", "TIME_ZONE", false],
    ["LOG_LEVL", "LOG_LEVEL", false],
    ["KEEP_DAY", "KEEP_DAYS", false],
  ])("%s is told, with %s as what may be meant", (name, meant, isForPlatform) => {
    expect(strangeIn({ [name]: "x" })).toEqual([{ words: `${name} is no variable of Sweetspot; did you mean ${meant}?`, isForPlatform }]);
  });

  test("an empty one is told, and starts no platform", () => {
    expect(strangeIn({ DISCORD_TOKN: " " })).toMatchObject([{ isForPlatform: false }]);
  });

  test("what is anybody's is not told", () => {
    const usual = `PATH HOME HOSTNAME HOSTTYPE LANG LC_ALL SHELL SHLVL TERM USER LOGNAME PWD OLDPWD TZ EDITOR DISPLAY XDG_RUNTIME_DIR SSH_AUTH_SOCK
      NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_PATH npm_config_cache npm_lifecycle_event npm_package_name npm_execpath INIT_CWD COLOR
      HTTP_PROXY HTTPS_PROXY NO_PROXY CI GITHUB_TOKEN DEBUG PORTS HOSTS SUPPORT POSTGRES_PORT REDIS_URL JOURNAL_STREAM INVOCATION_ID
      KUBERNETES_PORT AWS_REGION SLACK_WEBHOOK SLACK_WEBHOOK_URL SLACK_CHANNEL DISCORD_WEBHOOK_URL TOKEN BOT_TOKEN SWEETSPOT_RELAYED`;
    expect(strangeIn(Object.fromEntries(usual.split(/\s+/u).map((name) => [name, "x"])))).toEqual([]);
  });

  test("nothing of what is read is strange", () => {
    expect(strangeIn(Object.fromEntries(variables.map((name) => [name, "x"])))).toEqual([]);
  });
});

describe("in .env", () => {
  test("every name that nobody reads is told, once", () => {
    const file = 'DISCORD_TOKEN=a\nPROT=1\nPATH=/bin\nSLACK_WEBHOOK_URL=https://example.org\n"odd=1\n';
    const told = strangeIn({ PROT: "1" }, file).map(({ words }) => words);
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        "PROT in .env is no variable of Sweetspot; did you mean PORT?",
        "PATH in .env is no variable of Sweetspot; .env.example names those that there are",
        expect.stringMatching(/^SLACK_WEBHOOK_URL in \.env is no variable of Sweetspot; /u),
        expect.stringMatching(/^"\\"odd" in \.env is no variable of Sweetspot; /u),
      ]),
    );
    expect(strangeIn({}, "SLACK_WEBHOOK_URL=https://example.org")).toMatchObject([{ isForPlatform: false }]);
  });

  test("a mark before the first name is told", () => {
    expect(strangeIn({}, "\uFEFFDISCORD_TOKEN=abc")).toMatchObject([
      { words: expect.stringContaining("did you mean DISCORD_TOKEN?"), isForPlatform: true },
    ]);
  });

  test.each(["DISCORD_TOKEN: abc", "DISCORD_TOKEN abc", "export discord_token abc"])("the line %j is told to set nothing", (line) => {
    expect(strangeIn({}, `# mine\n${line}\n`)).toEqual([
      { words: "Line 2 of .env sets nothing: it must be DISCORD_TOKEN= and then the value", isForPlatform: true },
    ]);
  });

  test("comments, and lines that are right, are not told", () => {
    expect(strangeIn({}, "# DISCORD_TOKEN: abc\n#DISCORD_TOKEN\n\nexport PORT=3000\r\nTIME_ZONE = UTC\n")).toEqual([]);
  });

  test("holds where the environment says nothing, or nothing but spaces", () => {
    expect(readEnvironment({ TIME_ZONE: " ", PORT: "1" }, "TIME_ZONE=UTC\nPORT=2", variables).values).toMatchObject({
      TIME_ZONE: "UTC",
      PORT: "1",
    });
  });
});
