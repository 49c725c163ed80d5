/** Chat platforms on this machine, as the people of a benchmark use them; and the program as it is shipped, on several of them at once. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openDiscord, type Person as DiscordPerson } from "../../../test/support/fake-discord/server.ts";
import { openSlack } from "../../../test/support/fake-slack/server.ts";
import type { Person as SlackPerson } from "../../../test/support/fake-slack/types.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import { logged } from "./bots/bot-parts.ts";
import { type Launched, launch } from "./process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const longest = 600_000;
/** Milliseconds after which an answer is taken for one that never comes. */
const patience = 60_000;
/** Nothing listens there. */
const nowhere = "http://127.0.0.1:9";

/** What a platform can suffer from: nothing listens there; calls are taken and never answered; its tokens are taken back. */
export type Trouble = "down" | "hanging" | "revoked";

/** A platform with as many people as are asked for, numbered from 0. */
export type Chat = {
  readonly name: "Discord" | "Slack";
  /** What the program must be told of it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Begins to wait for the program's connection; called before it is started. */
  awaited(): Promise<void>;
  /** Resolves when commands can be typed, after it is connected. */
  usable(): Promise<void>;
  /** The milliseconds that a `/log` of somebody takes until they see the answer. Throws when it is another, or none. */
  trip(person: number): Promise<number>;
  /** The milliseconds that a `/week` of somebody takes until they see the answer. Throws when it is another, or none. */
  week(person: number): Promise<number>;
  /** Somebody says one thing after the other, as fast as it is taken: so many, or until `signal` ends it. No answer is waited for. */
  pour(person: number, flood: Flood, signal: AbortSignal): Promise<void>;
  /** Whether somebody has their weekly message, with its picture. */
  hasMail(person: number): boolean;
  /** From now on it suffers from that. Gives which variables of the program become others. */
  suffer(trouble: Trouble): Promise<Readonly<Record<string, string>>>;
  /** It suffers no more, but from what the program was told. */
  heal(): void;
  /** Ends it. Throws when something wrong was sent to it. */
  close(): Promise<void>;
};

/** What somebody says far too often: a message to the bot, or the command `/week`. */
export type Flood = { readonly kind: "message" | "week"; readonly count: number };

/** How many may be on their way to the program, and not yet acknowledged: what waits on the line is no work of the program's. */
const mostOnTheWay = 100;

async function pourOut(say: () => Promise<unknown>, { count }: Flood, signal: AbortSignal): Promise<void> {
  const onTheWay = new Set<number>();
  for (let said = 0; said < count && !signal.aborted; said += 1) {
    onTheWay.add(said);
    const arrived = (): void => void onTheWay.delete(said);
    void say().then(arrived, arrived);
    // So that what is answered is heard in between.
    if (said % 20 === 0) await yieldToEventLoop();
    while (onTheWay.size >= mostOnTheWay && !signal.aborted) await yieldToEventLoop();
  }
}

/** Opens a Discord. */
export async function openDiscordChat(): Promise<Chat> {
  const discord = await openDiscord({ patience: longest });
  const person = (index: number): DiscordPerson => discord.person(`person ${index}`);
  return {
    name: "Discord",
    variables: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
    awaited: async () => await discord.gateway.ready(),
    async usable() {
      while (discord.commands.length === 0) await sleep(20);
    },
    trip: async (index) => await discordTrip(person(index)),
    week: async (index) =>
      await trip("Discord", weekly, async () => {
        const answer = await person(index).slash("week");
        return answer.kind === "message" ? answer.message.text : answer.kind;
      }),
    async pour(index, flood, signal) {
      const eve = person(index);
      // A command is acknowledged only as far as the program likes, so that nobody waits for it.
      const command = async (): Promise<void> => void eve.slash("week").catch(() => undefined);
      await pourOut(() => (flood.kind === "week" ? command() : eve.say("20 strength")), flood, signal);
    },
    hasMail: (index) => hasPicture(person(index).screen(person(index).dm)),
    async suffer(trouble) {
      if (trouble === "down") return { DISCORD_API_URL: `${nowhere}/api` };
      if (trouble === "hanging") discord.fail({ path: /^\/(?!gateway)/u }, { kind: "hang" }, Infinity);
      else discord.fail({ path: /^/u }, { kind: "error", status: 401 }, Infinity);
      return {};
    },
    heal: discord.heal,
    async close() {
      await discord.close();
      refuse("Discord", discord.problems);
    },
  };
}

/** What calls of Slack's Web API the program makes once it is connected. */
const calls = [
  "auth.test",
  "users.info",
  "conversations.open",
  "conversations.history",
  "chat.postMessage",
  "views.publish",
  "files.getUploadURLExternal",
  "files.completeUploadExternal",
  "upload",
  "response_url",
] as const;

/** Opens a Slack, in Socket Mode. */
export async function openSlackChat(): Promise<Chat> {
  const slack = await openSlack();
  const person = (index: number): SlackPerson => slack.person(`person ${index}`);
  return {
    name: "Slack",
    variables: { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    async awaited() {
      const before = slack.socket.greeted();
      await slack.socket.ready();
      // The line of a program that has just ended may not be gone yet.
      while (slack.socket.greeted() === before) await sleep(10);
    },
    usable: async () => {},
    trip: async (index) => await slackTrip(person(index), slack.channel),
    week: async (index) =>
      await trip("Slack", weekly, async () => {
        const shown = person(index).next(slack.channel);
        await person(index).slash("/week", "");
        return (await shown).text;
      }),
    async pour(index, flood, signal) {
      const eve = person(index);
      await pourOut(() => (flood.kind === "week" ? eve.slash("/week", "") : eve.say("20 strength")), flood, signal);
    },
    hasMail: (index) => hasPicture(person(index).screen(person(index).dm)),
    async suffer(trouble) {
      if (trouble === "down") return { SLACK_API_URL: `${nowhere}/api/` };
      if (trouble === "hanging") for (const call of calls) slack.fail(call, { kind: "hang" }, Infinity);
      else {
        slack.fail("apps.connections.open", { kind: "error", error: "invalid_auth" }, Infinity);
        await slack.oauth.revoke(slack.teamId);
      }
      return {};
    },
    heal: slack.heal,
    async close() {
      await slack.close();
      refuse("Slack", slack.problems);
    },
  };
}

function hasPicture(screen: readonly { readonly pictures: readonly unknown[] }[]): boolean {
  return screen.some(({ pictures }) => pictures.length > 0);
}

function refuse(name: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`Measure on ${name}: nothing wrong may be sent, and it refused ${problems.join("; ")}`);
}

/** The milliseconds that one `/log` on Discord takes until its person sees the answer. Throws when it is another, or none. */
export async function discordTrip(person: DiscordPerson): Promise<number> {
  return await trip("Discord", logged, async () => {
    const answer = await person.slash("log", { sessions: "20 strength" });
    return answer.kind === "message" ? answer.message.text : answer.kind;
  });
}

/** The milliseconds that one `/log` on Slack takes until its person sees the answer. Throws when it is another, or none. */
export async function slackTrip(person: SlackPerson, channel: string): Promise<number> {
  return await trip("Slack", logged, async () => {
    const shown = person.next(channel);
    await person.slash("/log", "20 strength");
    return (await shown).text;
  });
}

/** What every `/week` says. */
const weekly = "Cardio";

async function trip(name: string, expected: string, act: () => Promise<string>): Promise<number> {
  const began = performance.now();
  const { promise: late, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => reject(new Error(`Measure a command on ${name}: it must be answered in ${patience / 1000} s`)),
    patience,
  ).unref();
  const words = await Promise.race([act(), late]);
  const milliseconds = performance.now() - began;
  clearTimeout(timer);
  if (!words.includes(expected))
    throw new Error(`Measure a command on ${name}: it must be answered with "${expected}", and said "${words}"`);
  return milliseconds;
}

/** What the program must be told of all of `chats`. */
export function variablesOf(chats: readonly Chat[]): Readonly<Record<string, string>> {
  return Object.fromEntries(chats.flatMap(({ variables }) => Object.entries(variables)));
}

/** How the program is started: where its file lies, at what time by its clock, and what else it is told. */
export type Start = {
  readonly folder: string;
  readonly database: string;
  readonly clock: string;
  /** The platforms that it is on. */
  readonly chats: readonly Chat[];
  /** Those with which it can connect; all unless said. */
  readonly sound?: readonly Chat[];
  readonly variables?: Readonly<Record<string, string>>;
};

/** Starts the program, and waits until commands can be typed. */
export async function start({ folder, database, clock, chats, sound = chats, variables = {} }: Start): Promise<Launched> {
  const environment = {
    DATABASE_URL: `file:${join(folder, database)}`,
    TIME_ZONE: "Europe/Berlin",
    LOG_LEVEL: "error",
    CLOCK_AT: clock,
    NODE_OPTIONS: `--import=${pathToFileURL(join(root, "test/support/turned-clock.ts")).href}`,
    ...variablesOf(chats),
    ...variables,
  };
  const connected = Promise.all(sound.map((chat) => chat.awaited()));
  const program = launch({ args: [join(root, "src/main.ts")], folder, environment, input: "" }, longest);
  // It says nothing where it is read, and so that ends only with the program, too early.
  await Promise.race([connected, program.spoke.then(() => connected)]);
  await Promise.all(sound.map((chat) => chat.usable()));
  return program;
}
