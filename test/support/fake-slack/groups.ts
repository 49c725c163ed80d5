/** One program on both Discord and Slack, with faults on either. */

import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type Answer, type Discord, openDiscord, type Person as OnDiscord } from "../fake-discord/server.ts";
import { type Program, startProgram, temporaryFolder } from "../program.ts";
import { openSlack } from "./server.ts";
import type { Fault, Person, Seen, Slack } from "./types.ts";

/** Both platforms, and the folder of the program. */
export type Platforms = { readonly slack: Slack; readonly discord: Discord; readonly folder: string };

/** The answer to somebody's first session of 20 minutes. */
export const logged = "20 min strength logged for today; this week 20 of 40–60 min.";
/** Matches every request to Discord. */
export const anything = { path: /./u };
/** For unlimited faults. */
export const forever = Infinity;
/** Calls with the bot's own token, and all other calls of the bot. */
export const botCalls: readonly string[] = [
  "auth.test",
  "users.info",
  "conversations.open",
  "conversations.history",
  "chat.postMessage",
  "chat.postEphemeral",
  "views.open",
  "views.publish",
  "files.getUploadURLExternal",
];
const otherCalls = ["apps.connections.open", "response_url", "upload"];

/**
 * Opens a Discord, with the milliseconds that it waits for a first answer, and a Slack. Both are closed after the test, which fails if the
 * bot sent anything invalid.
 */
export async function openPlatforms(patience = 20_000): Promise<Platforms> {
  const slack = await openSlack();
  onTestFinished(slack.close);
  const discord = await openDiscord({ patience });
  onTestFinished(discord.close);
  onTestFinished(() => expect([...slack.problems, ...discord.problems]).toEqual([]));
  return { slack, discord, folder: temporaryFolder() };
}

/** Starts the program on both, with `more` variables. */
export function startOn({ slack, discord, folder }: Platforms, more: Readonly<Record<string, string>> = {}): Program {
  const onSlack = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl };
  const onDiscord = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  return startProgram({ folder, variables: { TIME_ZONE: "Europe/Berlin", LOG_LEVEL: "info", ...onSlack, ...onDiscord, ...more } });
}

/** Starts the program and waits until it is connected to both. */
export async function startConnected(platforms: Platforms): Promise<Program> {
  const program = startOn(platforms);
  await program.said('"event":"slack-connected"');
  await program.said('"event":"discord-commands-registered"');
  return program;
}

/** Makes every call to Slack fail with `fault` until it heals. */
export function failSlack({ slack }: Platforms, fault: Fault, calls: readonly string[] = [...botCalls, ...otherCalls]): void {
  for (const method of calls) slack.fail(method, fault, forever);
}

/** The words of an answer on Discord. */
export function wordsOf(answer: Answer): string {
  return answer.kind === "message" ? answer.message.text : JSON.stringify(answer);
}

/** Fails unless Ann's first session on Discord is logged and answered correctly. */
export async function expectDiscord({ discord }: Platforms): Promise<void> {
  const ann = discord.person("ann");
  expect(wordsOf(await ann.slash("log", { sessions: "20 strength" }))).toContain(logged);
  expect(wordsOf(await ann.slash("week"))).toContain("20 of 40–60 min");
}

/** The bot's answers to somebody in Slack's channel. */
export function answersTo({ slack }: Platforms, person: Person): readonly Seen[] {
  return person.screen(slack.channel).filter(({ isFromBot }) => isFromBot);
}

/** Waits for the answer to Ann on Slack with that number, and returns its words. */
export async function slackSays(platforms: Platforms, number: number): Promise<string> {
  const shown = (): readonly Seen[] => answersTo(platforms, platforms.slack.person("ann"));
  await expect.poll(() => shown().length, { timeout: 20_000, interval: 10 }).toBe(number);
  return shown().at(-1)?.text ?? "";
}

/** Fails unless Ann's first session on Slack is logged and answered correctly. */
export async function expectSlack(platforms: Platforms): Promise<void> {
  const ann = platforms.slack.person("ann");
  await ann.slash("/log", "20 strength");
  expect(await slackSays(platforms, 1)).toContain(logged);
  await ann.slash("/week", "");
  expect(await slackSays(platforms, 2)).toContain("20 of 40–60 min");
}

/** Fails unless the program runs and stops with `exitCode`. Returns its output. */
export async function expectStop(program: Program, exitCode = 0): Promise<string> {
  const { code, stderr } = await program.kill("SIGTERM");
  expect(code).toBe(exitCode);
  expect(stderr).not.toMatch(/xoxb-|xapp-/u);
  return stderr;
}

/** Somebody on Discord with a prompt due in the last seconds of a minute, so that a tick sends it soon. */
export async function findLate({ discord, folder }: Platforms): Promise<{ readonly dueAt: Temporal.Instant; readonly person: OnDiscord }> {
  const { store } = openSqlite({ path: join(folder, "coach.db") });
  onTestFinished(() => store.close());
  for (let place = 0; ; place += 1) {
    const person = discord.person(`person ${place}`);
    await person.slash("log", { sessions: "20 strength" });
    const found = await store.findUser({ platform: "discord" as PlatformName, id: person.id, name: person.name });
    const [next] = found ? await store.prompts(found.user.id) : [];
    if (next && next.dueAt.toZonedDateTimeISO("UTC").second >= 57) return { dueAt: next.dueAt, person };
  }
}
