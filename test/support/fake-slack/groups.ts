/** Discord and Slack around one program, and what can befall either of them. */

import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type Answer, type Discord, openDiscord, type Person as OnDiscord } from "../fake-discord/server.ts";
import { type Program, startProgram, temporaryFolder } from "../program.ts";
import { openSlack } from "./server.ts";
import type { Fault, Person, Seen, Slack } from "./types.ts";

/** Both, and the folder in which the program runs. */
export type Platforms = { readonly slack: Slack; readonly discord: Discord; readonly folder: string };

/** What is answered to the first session of somebody, of 20 minutes. */
export const logged = "20 min strength logged for today; this week 20 of 40–60 min.";
/** Every request of Discord's. */
export const anything = { path: /./u };
/** As often as anybody asks. */
export const forever = Infinity;
/** What the bot calls with its own token, and the rest of what it calls. */
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

/** A Discord, which waits so many milliseconds for a first answer, and a Slack. Both end with the test, which sees that nothing wrong was sent. */
export async function openPlatforms(patience = 20_000): Promise<Platforms> {
  const slack = await openSlack();
  onTestFinished(slack.close);
  const discord = await openDiscord({ patience });
  onTestFinished(discord.close);
  onTestFinished(() => expect([...slack.problems, ...discord.problems]).toEqual([]));
  return { slack, discord, folder: temporaryFolder() };
}

/** The program on both, with `more` variables. */
export function startOn({ slack, discord, folder }: Platforms, more: Readonly<Record<string, string>> = {}): Program {
  const onSlack = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl };
  const onDiscord = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
  return startProgram({ folder, variables: { TIME_ZONE: "Europe/Berlin", LOG_LEVEL: "info", ...onSlack, ...onDiscord, ...more } });
}

/** The program, connected to both. */
export async function startConnected(platforms: Platforms): Promise<Program> {
  const program = startOn(platforms);
  await program.said('"event":"slack-connected"');
  await program.said('"event":"discord-commands-registered"');
  return program;
}

/** From now on every call of Slack's goes wrong so, until it heals. */
export function failSlack({ slack }: Platforms, fault: Fault, calls: readonly string[] = [...botCalls, ...otherCalls]): void {
  for (const method of calls) slack.fail(method, fault, forever);
}

/** An answer of Discord's in words. */
export function wordsOf(answer: Answer): string {
  return answer.kind === "message" ? answer.message.text : JSON.stringify(answer);
}

/** Fails where Ann's first session on Discord is not logged and answered as it should be. */
export async function expectDiscord({ discord }: Platforms): Promise<void> {
  const ann = discord.person("ann");
  expect(wordsOf(await ann.slash("log", { sessions: "20 strength" }))).toContain(logged);
  expect(wordsOf(await ann.slash("week"))).toContain("20 of 40–60 min");
}

/** What the bot answered somebody in Slack's channel. */
export function answersTo({ slack }: Platforms, person: Person): readonly Seen[] {
  return person.screen(slack.channel).filter(({ isFromBot }) => isFromBot);
}

/** The words of the answer to Ann on Slack that is the one of that number; it is waited for. */
export async function slackSays(platforms: Platforms, number: number): Promise<string> {
  const shown = (): readonly Seen[] => answersTo(platforms, platforms.slack.person("ann"));
  await expect.poll(() => shown().length, { timeout: 20_000, interval: 10 }).toBe(number);
  return shown().at(-1)?.text ?? "";
}

/** Fails where Ann's first session on Slack is not logged and answered as it should be. */
export async function expectSlack(platforms: Platforms): Promise<void> {
  const ann = platforms.slack.person("ann");
  await ann.slash("/log", "20 strength");
  expect(await slackSays(platforms, 1)).toContain(logged);
  await ann.slash("/week", "");
  expect(await slackSays(platforms, 2)).toContain("20 of 40–60 min");
}

/** Fails where the program is gone, or does not stop as it should, with that code. Gives what it wrote. */
export async function expectStop(program: Program, exitCode = 0): Promise<string> {
  const { code, stderr } = await program.kill("SIGTERM");
  expect(code).toBe(exitCode);
  expect(stderr).not.toMatch(/xoxb-|xapp-/u);
  return stderr;
}

/** Somebody on Discord to whom something is due in the last seconds of a minute, so that it is a tick that sends it, and soon. */
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
