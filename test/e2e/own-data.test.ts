/** The whole program on a Discord and a Slack of this machine at once: one person on both, and their files. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDiscord, type Seen } from "../support/fake-discord/server.ts";
import { startOn, after, openProgramOnSlack } from "../support/fake-slack/program.ts";

async function openBoth() {
  const setup = await openProgramOnSlack();
  const discord = await openDiscord();
  onTestFinished(() => discord.close());
  const program = await startOn(setup, undefined, { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
  await program.said('"event":"discord-commands-registered"', '"event":"discord-commands-unchanged"');
  return { ...setup, discord, program, onDiscord: discord.person("ann"), onSlack: setup.slack.person("ann") };
}

test("one person links Discord and Slack, has one history on both, and parts them again", async () => {
  const { slack, discord, onDiscord, onSlack, program } = await openBoth();
  const said = async (text: string): Promise<Seen> => {
    await onDiscord.say(text);
    return await onDiscord.next(onDiscord.dm);
  };
  expect((await said("20 strength")).text).toContain("this week 20 of");
  await after(onSlack, onSlack.dm, () => onSlack.say("25 strength yesterday"));
  const code = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/u.exec((await said("link")).text)?.[0] ?? "none";
  // In a channel it is refused, and good for nothing any more.
  const refused = await after(onSlack, slack.channel, () => onSlack.slash("/coach", `link ${code}`));
  expect(refused.text).toContain("Not here.");
  const second = /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/u.exec((await said("link")).text)?.[0] ?? "none";
  const asked = await after(onSlack, onSlack.dm, () => onSlack.say(`link ${second}`));
  expect(asked.text).toMatch(/^Join ann on Slack with ann on Discord\?/iu);
  const linked = await after(onSlack, onSlack.dm, () => onSlack.press(asked, "Join"));
  expect(linked.text).toContain("are one.");
  const told = await onDiscord.next(onDiscord.dm);
  expect(told.text).toContain("Your accounts are linked.");
  expect(told.buttons).toEqual(["Unlink"]);
  expect((await said("/week")).text).toContain("45 of 40–60 min");
  const parted = await onDiscord.press(told, "Unlink");
  expect(parted.kind === "message" && parted.message.text).toContain("Parted.");
  expect((await said("/week")).text).toContain("20 of 40–60 min");
  await expect.poll(() => onSlack.screen(onSlack.dm).at(-1)?.text, { timeout: 8000 }).toContain("Your accounts have parted.");
  const week = await after(onSlack, onSlack.dm, () => onSlack.say("/week"));
  expect(week.text).toContain("25 of 40–60 min");
  expect(slack.problems).toEqual([]);
  expect(discord.problems).toEqual([]);
  expect((await program.kill("SIGTERM")).stderr).not.toContain(code);
});

test("files go out and come in on both, and /forget leaves nothing of either", async () => {
  const { slack, discord, onDiscord, onSlack, program, folder } = await openBoth();
  const table = "date,minutes,activity,note\n2026-11-24,20,strength,mark-of-ann\n2026-11-25,30,walk,\n";
  const shown = await after(onSlack, onSlack.dm, () => onSlack.say("", undefined, { name: "mine.csv", content: table }));
  expect(shown.text).toContain("2 new sessions.");
  const imported = await after(onSlack, onSlack.dm, () => onSlack.press(shown, "Import"));
  expect(imported.text).toContain("2 sessions are in");
  // The answer comes where it was asked, and the files in the conversation of two.
  const answer = await after(onSlack, slack.channel, () => onSlack.slash("/coach", "export"));
  expect(answer.text).toContain("On its way.");
  const filesOf = (): readonly string[] =>
    onSlack.screen(onSlack.dm).flatMap(({ files }) => files.map(({ bytes }) => Buffer.from(bytes).toString()));
  await expect.poll(() => filesOf().length, { timeout: 8000 }).toBe(2);
  const json = filesOf().find((content) => content.startsWith("{")) ?? "";
  expect(
    slack
      .person("bo")
      .screen(slack.channel)
      .filter(({ isFromBot }) => isFromBot),
  ).toEqual([]);
  await onDiscord.say("", undefined, { file: { name: "sweetspot.json", content: json } });
  const read = await onDiscord.next(onDiscord.dm);
  expect(read.text).toContain("2 new sessions.");
  const taken = await onDiscord.press(read, "Import");
  expect(taken.kind === "message" && taken.message.text).toContain("Imported.");
  await onDiscord.slash("export", {}, discord.server.channel);
  const sent = await onDiscord.next(onDiscord.dm);
  expect(sent.pictures.map(({ name }) => name)).toEqual(["sweetspot-2026-11-25.csv", "sweetspot-2026-11-25.json"]);
  expect(Buffer.from(sent.pictures[0]?.bytes ?? []).toString()).toContain("mark-of-ann");
  const asked = await after(onSlack, onSlack.dm, () => onSlack.say("/forget"));
  await after(onSlack, onSlack.dm, () => onSlack.press(asked, "Delete everything"));
  await onDiscord.say("/forget");
  const confirm = await onDiscord.next(onDiscord.dm);
  const gone = await onDiscord.press(confirm, "Delete everything");
  expect(gone.kind === "message" && gone.message.text).toContain("Deleted.");
  const path = join(folder, "coach.db");
  const bytes = [path, `${path}-wal`]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "latin1"))
    .join("");
  for (const trace of ["mark-of-ann", onDiscord.id, onSlack.id]) expect(bytes).not.toContain(trace);
  expect(slack.problems).toEqual([]);
  expect(discord.problems).toEqual([]);
  const { stderr } = await program.kill("SIGTERM");
  expect(stderr).not.toContain("mark-of-ann");
});
