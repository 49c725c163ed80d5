/** Fake chat platforms with the people of a benchmark, and the shipped program on one or more of them. */

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
/** Milliseconds after which an answer counts as lost. */
const patience = 60_000;
/** An address where nothing listens. */
const nowhere = "http://127.0.0.1:9";

/** Troubles of a platform: nothing listens; calls are never answered; the tokens are revoked. */
export type Trouble = "down" | "hanging" | "revoked";

/** A platform with any number of people, numbered from 0. */
export type Chat = {
  readonly name: "Discord" | "Slack";
  /** The program's environment variables for it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Starts to wait for the program's connection; called before the program starts. */
  awaited(): Promise<void>;
  /** Resolves when commands can be sent, after it is connected. */
  usable(): Promise<void>;
  /** Milliseconds from a person's `/log` to its answer. Throws if the answer is wrong or missing. */
  trip(person: number): Promise<number>;
  /** Milliseconds from a person's `/week` to its answer. Throws if the answer is wrong or missing. */
  week(person: number): Promise<number>;
  /** A person sends as fast as the platform accepts: `count` times, or until `signal` aborts. Does not wait for answers. */
  pour(person: number, flood: Flood, signal: AbortSignal): Promise<void>;
  /** Whether a person has received their weekly message with its picture. */
  hasMail(person: number): boolean;
  /** Starts the trouble. Returns the program's variables that change. */
  suffer(trouble: Trouble): Promise<Readonly<Record<string, string>>>;
  /** Ends the trouble. The program's variables stay changed. */
  heal(): void;
  /** Closes it. Throws if the program sent it anything invalid. */
  close(): Promise<void>;
};

/** A flood: messages to the bot, or `/week` commands. */
export type Flood = { readonly kind: "message" | "week"; readonly count: number };

/** How many may be sent and not yet acknowledged. What waits on the connection is not the program's work. */
const mostOnTheWay = 100;

async function pourOut(say: () => Promise<unknown>, { count }: Flood, signal: AbortSignal): Promise<void> {
  const onTheWay = new Set<number>();
  for (let said = 0; said < count && !signal.aborted; said += 1) {
    onTheWay.add(said);
    const arrived = (): void => void onTheWay.delete(said);
    void say().then(arrived, arrived);
    // Lets answers be received in between.
    if (said % 20 === 0) await yieldToEventLoop();
    while (onTheWay.size >= mostOnTheWay && !signal.aborted) await yieldToEventLoop();
  }
}

/** Opens a fake Discord. */
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
      // The program may delay the acknowledgement of a command, so nobody waits for it.
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

/** Calls of Slack's Web API that the program makes once connected. */
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

/** Opens a fake Slack in Socket Mode. */
export async function openSlackChat(): Promise<Chat> {
  const slack = await openSlack();
  const person = (index: number): SlackPerson => slack.person(`person ${index}`);
  return {
    name: "Slack",
    variables: { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, SLACK_API_URL: slack.apiUrl },
    async awaited() {
      const before = slack.socket.greeted();
      await slack.socket.ready();
      // The connection of a program that has just ended may still be open.
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

/** Milliseconds from a `/log` on Discord to its answer. Throws if the answer is wrong or missing. */
export async function discordTrip(person: DiscordPerson): Promise<number> {
  return await trip("Discord", logged, async () => {
    const answer = await person.slash("log", { sessions: "20 strength" });
    return answer.kind === "message" ? answer.message.text : answer.kind;
  });
}

/** Milliseconds from a `/log` on Slack to its answer. Throws if the answer is wrong or missing. */
export async function slackTrip(person: SlackPerson, channel: string): Promise<number> {
  return await trip("Slack", logged, async () => {
    const shown = person.next(channel);
    await person.slash("/log", "20 strength");
    return (await shown).text;
  });
}

/** A word that every `/week` contains. */
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

/** The program's variables for all of `chats`. */
export function variablesOf(chats: readonly Chat[]): Readonly<Record<string, string>> {
  return Object.fromEntries(chats.flatMap(({ variables }) => Object.entries(variables)));
}

/** How to start the program: its folder, its clock's time, and other variables. */
export type Start = {
  readonly folder: string;
  readonly database: string;
  readonly clock: string;
  /** The platforms it runs on. */
  readonly chats: readonly Chat[];
  /** Those that it can connect to; all by default. */
  readonly sound?: readonly Chat[];
  readonly variables?: Readonly<Record<string, string>>;
};

/** Starts the program, and waits until commands can be sent. */
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
  // The program prints nothing here, so `spoke` settles only if it exits too early.
  await Promise.race([connected, program.spoke.then(() => connected)]);
  await Promise.all(sound.map((chat) => chat.usable()));
  return program;
}
