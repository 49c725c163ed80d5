/** Somebody leaves a group while the platform takes no edits: what stands in the channel names them no longer than it has to. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { message } from "../support/fake-discord/bot.ts";
import { openDiscord, type Person } from "../support/fake-discord/server.ts";

import { root } from "../support/project.ts";
import { type Program, startProgram, temporaryFolder } from "../support/program.ts";

const turned = pathToFileURL(join(root, "test/support/turned-clock.ts")).href;
const wednesday = Temporal.Instant.from("2026-11-25T11:00:00Z");
const monday = Temporal.Instant.from("2026-11-30T08:30:00Z");
const editing = { method: "PATCH", path: /^\/channels\/\d+\/messages\/\d+$/u };
const removing = { method: "DELETE", path: /^\/channels\/\d+\/messages\/\d+$/u };

/** Ann and Bo are in a group, whose round-up stands in the channel and names both; the program goes on. */
async function afterRoundUp() {
  const discord = await openDiscord();
  onTestFinished(discord.close);
  onTestFinished(() => expect(discord.problems).toEqual([]));
  const folder = temporaryFolder();
  const start = async (at: Temporal.Instant): Promise<Program> => {
    const clock = { CLOCK_AT: at.toString(), NODE_OPTIONS: `--import=${turned}` };
    const variables = {
      TIME_ZONE: "Europe/Berlin",
      LOG_LEVEL: "info",
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...clock,
    };
    const program = startProgram({ folder, variables });
    // Commands that are registered already are not registered again.
    await program.said(at === wednesday ? '"event":"discord-commands-registered"' : '"event":"discord-ready"');
    return program;
  };
  const [ann, bo, onlooker] = [discord.person("ann"), discord.person("bo"), discord.person("cy")];
  ann.setManager(true);
  const before = await start(wednesday);
  await ann.slash("group", { what: "create", words: "Morning crew" });
  await bo.slash("group", { what: "join" });
  await bo.slash("log", { sessions: "40 strength" }, bo.dm);
  await before.kill("SIGTERM");
  const program = await start(monday);
  const roundUps = (): readonly string[] =>
    onlooker
      .screen(discord.server.channel)
      .filter(({ isFromBot, text }) => isFromBot && text.includes("Week of"))
      .map(({ text }) => text.replaceAll("**", ""));
  await expect.poll(roundUps, { timeout: 20_000 }).toEqual([expect.stringContaining("In their zone: bo.")]);
  return { discord, bo, program, roundUps, start };
}

const leave = async (person: Person): Promise<string> => message(await person.slash("group", { what: "leave" })).text;

test.each([403, 500])("one edit that is answered with %i leaves nobody named", { timeout: 90_000 }, async (status) => {
  const { discord, bo, program, roundUps } = await afterRoundUp();
  discord.fail(editing, { kind: "error", status, ...(status === 403 ? { code: 50013 } : {}) }, 1);
  const told = await leave(bo);
  expect(told).toContain("coming off the round-ups");
  expect(told).not.toContain("nothing of you any more");
  await expect.poll(() => roundUps().join(), { timeout: 20_000 }).not.toContain("bo");
  await program.kill("SIGTERM");
});

test("a live message that cannot be edited or removed is logged and removed by the next process", { timeout: 120_000 }, async () => {
  const { discord, bo, program, roundUps, start } = await afterRoundUp();
  for (const asked of [editing, removing]) discord.fail(asked, { kind: "error", status: 403, code: 50001 }, Infinity);
  await leave(bo);
  await program.said('"event":"live-message-stale"');
  const { stderr } = await program.kill("SIGKILL");
  const line = stderr.split("\n").find((one) => one.includes("live-message-stale")) ?? "";
  expect(JSON.parse(line)).toMatchObject({ level: "warn", platform: "discord", code: "50001", group: expect.any(String) });
  expect(line).not.toMatch(/bo\b|Morning/u);
  expect(roundUps().join()).toContain("bo");
  discord.heal();
  await start(monday.add({ hours: 24 }));
  await expect.poll(() => roundUps().join(), { timeout: 20_000 }).not.toContain("bo");
});
