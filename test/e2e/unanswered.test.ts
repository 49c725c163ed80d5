/** The program is killed between what it commits and the answer. The next one answers, once. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDiscord } from "../support/fake-discord/server.ts";
import { type Program, startProgram, temporaryFolder } from "../support/program.ts";
import { type Mode, openProgramOnSlack, startOn } from "../support/fake-slack/program.ts";

/** Waits until `isSo`. */
async function until(isSo: () => boolean): Promise<void> {
  await expect.poll(isSo, { timeout: 20_000, interval: 20 }).toBe(true);
}

/** The database in `folder`, with its log. */
function bytesIn(folder: string): string {
  const names = readdirSync(folder).filter((name) => /\.db(?:-wal)?$/.test(name));
  return names.map((name) => readFileSync(join(folder, name), "latin1")).join("");
}

describe("on Discord", () => {
  async function setup() {
    const discord = await openDiscord();
    onTestFinished(() => discord.close());
    const folder = temporaryFolder();
    const variables = { TIME_ZONE: "Europe/Berlin", DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: "info" };
    const start = async (): Promise<Program> => {
      const program = startProgram({ folder, variables });
      await program.said('"event":"discord-commands-registered"', '"event":"discord-commands-unchanged"');
      return program;
    };
    return { discord, folder, start };
  }

  test("a slash command whose answer was never shown is answered in its place", async () => {
    const { discord, folder, start } = await setup();
    const program = await start();
    const ann = discord.person("ann");
    discord.fail({ method: "PATCH", path: /original/ }, { kind: "hang" }, 9);
    const answer = ann.slash("log", { sessions: "20 strength" });
    await until(() => discord.requests.some(({ method, path }) => method === "PATCH" && path.includes("original")));
    await program.kill("SIGKILL");
    const [token = "none"] = discord.requests.flatMap(({ path }) => /webhooks\/\d+\/([^/]+)\/messages/.exec(path)?.[1] ?? []);
    const owed = [token, "20 min strength logged"];
    expect(owed.filter((words) => bytesIn(folder).includes(words))).toEqual(owed);
    discord.heal();
    const next = await start();
    const shown = await answer;
    expect(shown).toMatchObject({ kind: "message", message: { text: expect.stringContaining("20 min strength logged"), isPrivate: true } });
    await next.said('"event":"answered-after-restart"');
    const week = await ann.slash("week");
    expect(week).toMatchObject({ message: { text: expect.stringContaining("20 of 40–60 min") } });
    await next.kill("SIGTERM");
    const third = await start();
    const edits = discord.requests.filter(({ method, path }) => method === "PATCH" && path.includes("original")).length;
    await ann.slash("help");
    expect(discord.requests.filter(({ method, path }) => method === "PATCH" && path.includes("original")).length).toBe(edits + 1);
    await third.kill("SIGTERM");
    expect(owed.filter((words) => bytesIn(folder).includes(words))).toEqual([]);
  }, 90_000);

  test("a direct message is answered directly", async () => {
    const { discord, start } = await setup();
    const program = await start();
    const ann = discord.person("ann");
    discord.fail({ method: "POST", path: /\/channels\/\d+\/messages/ }, { kind: "hang" }, 9);
    await ann.say("20 strength");
    await until(() => discord.requests.some(({ method, path }) => method === "POST" && /\/channels\/\d+\/messages/.test(path)));
    await program.kill("SIGKILL");
    discord.heal();
    await start();
    expect((await ann.next(ann.dm)).text).toContain("20 min strength logged");
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
  }, 90_000);
});

describe.each<Mode>(["in Socket Mode", "over HTTP"])("on Slack %s", (mode) => {
  test.each(["slash", "message"] as const)(
    "a %s whose answer was never shown is answered",
    async (kind) => {
      const setup = await openProgramOnSlack(mode);
      const { slack } = setup;
      const program = await startOn(setup);
      const ann = slack.person("ann");
      const method = kind === "slash" ? "response_url" : "chat.postMessage";
      slack.fail(method, { kind: "hang" }, 9);
      const place = kind === "slash" ? slack.channel : ann.dm;
      await (kind === "slash" ? ann.slash("/log", "20 strength") : ann.say("20 strength"));
      await until(() => slack.calls(method).length > 0);
      await program.kill("SIGKILL");
      slack.heal();
      const next = await startOn(setup);
      const answers = (): readonly string[] => ann.screen(place).flatMap(({ isFromBot, text }) => (isFromBot ? [text] : []));
      await until(() => answers().length > 0);
      // Whether Slack had sent it again, or the start looked for it: once it has stopped, nothing comes any more.
      await next.kill("SIGTERM");
      expect(answers()).toEqual([expect.stringContaining("20 min strength logged")]);
    },
    90_000,
  );
});
