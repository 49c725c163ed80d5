/** Slack: response time of `/log` and memory of the bot, against Bolt bots that do nothing. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openSlack } from "../../../test/support/fake-slack/server.ts";
import type { Slack } from "../../../test/support/fake-slack/types.ts";
import { type Bot, createBot, linesOf, measureBots, rounds, size } from "../support/bots/bots.ts";
import { slackTrip } from "../support/chats.ts";
import { ratioOf, runPaired, spreadOf } from "../support/measure.ts";
import { type Launched, launch } from "../support/process.ts";
import type { Durability } from "../support/raw.ts";
import type { Findings, Run } from "../support/run.ts";
import type { Line } from "../support/table.ts";

const longest = 600_000;
/** Strangers in a round. */
const strangers = 20;

type Mode = "in Socket Mode" | "over HTTP";

/** The lines about Slack, one mode after the other. */
export async function benchSlack(run: Run): Promise<Findings> {
  const found = [await benchMode("in Socket Mode", run), await benchMode("over HTTP", run)];
  return { lines: found.flatMap(({ lines }) => lines), notes: found.flatMap(({ notes }) => notes) };
}

/** A bot, and how long the `/log` of a person takes who was silent for an hour. */
type SlackBot = Bot & { stranger(): Promise<number> };

async function benchMode(mode: Mode, { folder, isQuick, say }: Run): Promise<Findings> {
  const about = { where: `on Slack ${mode}`, sdk: "Bolt" } as const;
  const open = async (kind: string, synchronous: Durability): Promise<SlackBot> => await openBot(mode, kind, synchronous, folder);
  const bots = [await open("idle", "FULL"), await open("coach", "NORMAL"), await open("coach", "FULL"), await open("row", "FULL")];
  try {
    const { costs, notes } = await measureBots(bots, { ...about, first: size.people, many: isQuick ? 800 : 8000, say });
    const compared = [
      { durability: "NORMAL", measure: "alone", base: "idle", target: 2.2 },
      { durability: "NORMAL", measure: "together", base: "idle", target: 2.2 },
      { durability: "FULL", measure: "alone", base: "row FULL", target: 1.5 },
      { durability: "FULL", measure: "together", base: "row FULL", target: 1.5 },
      { durability: "FULL", measure: "alone", base: "idle" },
      { durability: "NORMAL", measure: "effort", base: "idle" },
      { durability: "FULL", measure: "effort", base: "row FULL" },
    ] as const;
    return { lines: [...linesOf(about, compared, costs), await strangerLine(about.where, bots)], notes };
  } finally {
    await Promise.all(bots.map((bot) => bot.end()));
  }
}

/** A profile that is not cached is first requested from Slack. */
async function strangerLine(where: string, bots: readonly SlackBot[]): Promise<Line> {
  const contenders = bots.map(({ name, stranger }) => ({
    name,
    async run() {
      const milliseconds: number[] = [];
      for (let count = 0; count < strangers; count += 1) milliseconds.push(await stranger());
      return { milliseconds: spreadOf(milliseconds).median };
    },
  }));
  return {
    name: `/log ${where}, NORMAL, by a stranger`,
    against: "a bot of Bolt that does nothing",
    figure: ratioOf(await runPaired(contenders, rounds), "milliseconds", "coach NORMAL", "idle"),
    unit: "×",
  };
}

async function openBot(mode: Mode, kind: string, synchronous: Durability, folder: string): Promise<SlackBot> {
  const slack = await openSlack(mode === "over HTTP" ? { workspaces: 1 } : {});
  const name = kind === "idle" ? kind : `${kind} ${synchronous}`;
  const path = join(folder, `slack-${mode}-${name}.db`.replaceAll(" ", "-"));
  const child = launch(
    {
      args: [fileURLToPath(new URL("../support/bots/slack-bot.ts", import.meta.url)), kind, synchronous, path],
      folder,
      environment: { SLACK_API_URL: slack.apiUrl, ...variablesOf(slack, mode) },
      input: "",
    },
    longest,
  );
  await connect(slack, mode, child);
  const trip = async (who: string): Promise<number> => await slackTrip(slack.person(who), slack.channel);
  let met = 0;
  const bot = createBot({
    name,
    child,
    trip: async (person) => await trip(`person ${person}`),
    async close() {
      await slack.close();
      return slack.problems;
    },
  });
  return { ...bot, stranger: async () => await trip(`stranger ${(met += 1)}`) };
}

function variablesOf({ appToken, botToken, http, oauth }: Slack, mode: Mode): Readonly<Record<string, string>> {
  return mode === "over HTTP"
    ? { SLACK_SIGNING_SECRET: http.signingSecret, SLACK_CLIENT_ID: oauth.clientId, SLACK_CLIENT_SECRET: oauth.clientSecret }
    : { SLACK_APP_TOKEN: appToken, SLACK_BOT_TOKEN: botToken };
}

/** Over HTTP, the bot prints its address, and is installed from there. */
async function connect(slack: Slack, mode: Mode, { spoke }: Launched): Promise<void> {
  const words = await spoke;
  if (mode === "in Socket Mode") return;
  await slack.http.aim(/http:\/\/127\.0\.0\.1:\d+/u.exec(words)?.[0] ?? words);
  const { status, text } = await slack.browser().install(slack.teamId);
  if (status !== 200) throw new Error(`Install a bot on Slack: it must say that it is, and said ${status} ${text}`);
}
