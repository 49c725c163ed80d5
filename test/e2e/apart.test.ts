/** Several processes on one database file, each with a platform of its own: none touches what another has to send. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { Person } from "../support/fake-discord/server.ts";
import { type Program, startProgram } from "../support/program.ts";
import { root } from "../support/project.ts";
import { expectStop, openPlatforms, startOn, type Platforms } from "../support/fake-slack/groups.ts";

const turned = pathToFileURL(join(root, "test/support/turned-clock.ts")).href;
const none = { DISCORD_TOKEN: "", SLACK_BOT_TOKEN: "", SLACK_APP_TOKEN: "" };
const wednesday = Temporal.Instant.from("2026-11-25T11:00:00Z");
const monday = Temporal.Instant.from("2026-11-30T10:00:00Z");

function at(instant: Temporal.Instant): Readonly<Record<string, string>> {
  return { CLOCK_AT: instant.toString(), NODE_OPTIONS: `--import=${turned}` };
}

function onDiscordAlone(setup: Platforms, instant: Temporal.Instant): Program {
  return startOn(setup, { SLACK_BOT_TOKEN: "", SLACK_APP_TOKEN: "", ...at(instant) });
}

function onSlackAlone(setup: Platforms, instant: Temporal.Instant): Program {
  return startOn(setup, { DISCORD_TOKEN: "", ...at(instant) });
}

/** How each delivery to that person is, as "weekly queued". */
async function statesOf({ folder }: Platforms, { id, name }: Person): Promise<readonly string[]> {
  const { store } = openSqlite({ path: join(folder, "coach.db") });
  try {
    const found = await store.findUser({ platform: "discord" as PlatformName, id, name });
    const deliveries = found ? await store.deliveries(found.user.id, 10) : [];
    return deliveries.map(({ kind, state }) => `${kind} ${state}`);
  } finally {
    await store.close();
  }
}

/** Ann logs on Discord on Wednesday, and wants no nudges: on Monday morning she is to read about her week. */
async function begun(): Promise<{ readonly setup: Platforms; readonly ann: Person }> {
  const setup = await openPlatforms();
  const ann = setup.discord.person("ann");
  const program = onDiscordAlone(setup, wednesday);
  await program.said('"event":"discord-commands-registered"');
  await ann.slash("log", { sessions: "20 strength" });
  await ann.slash("settings", { setting: "nudges", value: "off" });
  await expectStop(program);
  return { setup, ann };
}

test("a process on Slack alone leaves Discord's messages to Discord's process and says so once", { timeout: 90_000 }, async () => {
  const { setup, ann } = await begun();
  const slackAlone = onSlackAlone(setup, monday);
  await slackAlone.said('"event":"slack-connected"');
  await expect.poll(() => statesOf(setup, ann), { timeout: 10_000 }).toContainEqual(expect.stringMatching(/^weekly /u));
  const discord = onDiscordAlone(setup, monday);
  expect((await ann.next(ann.dm)).text).toContain("20 of 40–60 min");
  await expectStop(discord);
  await expectStop(slackAlone);
  expect(await statesOf(setup, ann)).toEqual(["weekly sent"]);
});

test("what nobody sends stays, and is sent once its platform is back", { timeout: 90_000 }, async () => {
  const { setup, ann } = await begun();
  const slackAlone = onSlackAlone(setup, monday);
  await slackAlone.said('"event":"slack-connected"');
  const heard = await expectStop(slackAlone);
  expect(await statesOf(setup, ann)).toEqual(["weekly queued"]);
  expect(heard.match(/"platform":"discord"[^\n]*"event":"outbox-unserved"/gu)).toHaveLength(1);
  const discord = onDiscordAlone(setup, monday.add({ hours: 1 }));
  expect((await ann.next(ann.dm)).text).toContain("20 of 40–60 min");
  await expectStop(discord);
});

test("a console on a bot's database takes nothing of Discord, and Discord takes nothing of the console", { timeout: 90_000 }, async () => {
  const { setup, ann } = await begun();
  const onConsole = startProgram({ folder: setup.folder, variables: { ...none, ...at(monday) } });
  onTestFinished(() => void onConsole.kill("SIGKILL"));
  await onConsole.ask("20 strength");
  const { stdout } = await onConsole.end();
  expect(stdout).not.toContain("To ");
  expect(await statesOf(setup, ann)).toEqual(["weekly queued"]);
  // A week later the console's own feedback is due as well.
  const discord = onDiscordAlone(setup, monday.add({ hours: 24 * 7 }));
  expect((await ann.next(ann.dm)).text).toContain("strength");
  await expectStop(discord);
  const { store } = openSqlite({ path: join(setup.folder, "coach.db") });
  const me = await store.findUser({ platform: "console" as PlatformName, id: "me", name: "me" });
  const theirs = me ? await store.deliveries(me.user.id, 10) : [];
  await store.close();
  expect(theirs.filter(({ kind }) => kind === "weekly").map(({ state }) => state)).toEqual(["queued"]);
});
