/** Response times on Discord and Slack while both send many weekly messages with pictures. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Chat, openDiscordChat, openSlackChat, start } from "./chats.ts";
import { quantile, spreadOf } from "./measure.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

/** Commands at once on each platform. */
const atOnce = 25;
/** One week later. The hour in which Monday's weekly messages fall due is over. */
const wednesday = "2026-11-25T11:00:00Z";
const monday = "2026-11-30T08:05:00Z";

/** The milliseconds of each answer of one burst, by platform. */
type Burst = ReadonlyMap<Chat, readonly number[]>;

/** The lines about answers during mailings. */
export async function benchCrowd({ folder, isQuick, say }: Run): Promise<Findings> {
  const chats = [await openDiscordChat(), await openSlackChat()];
  const people = isQuick ? 100 : 400;
  const burst = async (from: number): Promise<Burst> => new Map(await Promise.all(chats.map((chat) => burstOn(chat, from, people))));
  try {
    say(`${people} people on each of Discord and Slack log a session`);
    const before = await start({ folder, database: "crowd.db", clock: wednesday, chats });
    for (let from = 0; from < people; from += atOnce) await burst(from);
    await before.end("SIGTERM");
    const program = await start({ folder, database: "crowd.db", clock: monday, chats });
    const bursts: Burst[] = [];
    say(`${atOnce} people on each at once, while all are sent their weekly message`);
    // Repeats while both platforms still send weekly messages.
    while (chats.every((chat) => mailed(chat, people) < people - atOnce)) bursts.push(await burst(bursts.length * atOnce));
    const left = chats.map((chat) => `${people - mailed(chat, people)} on ${chat.name}`).join(", ");
    while (chats.some((chat) => mailed(chat, people) < people)) await sleep(100);
    await program.end("SIGTERM");
    return {
      lines: chats.map((chat) => lineOf(chat, bursts)),
      notes: chats
        .map((chat) => noteOf(chat, bursts, people))
        .concat(`When it was nearly over on one of them, mail was to be sent to ${left}.`),
    };
  } finally {
    await Promise.all(chats.map((chat) => chat.close()));
  }
}

async function burstOn(chat: Chat, from: number, people: number): Promise<readonly [Chat, readonly number[]]> {
  return [chat, await Promise.all(Array.from({ length: atOnce }, async (_, index) => await chat.trip((from + index) % people)))];
}

/** How many people have received their weekly message. */
function mailed({ hasMail }: Chat, people: number): number {
  return Array.from({ length: people }, (_, person) => hasMail(person)).filter(Boolean).length;
}

/** Bursts are grouped into rounds, since one burst is too small for a 99th percentile. */
const rounds = 7;

function lineOf(chat: Chat, bursts: readonly Burst[]): Line {
  const dealt = Array.from({ length: rounds }, (_, round) =>
    bursts.filter((__, index) => index % rounds === round).flatMap((burst) => burst.get(chat) ?? []),
  );
  return {
    name: `/log on ${chat.name}, ${atOnce} at once and ${atOnce} on the other, while mail goes out on both`,
    against: "p99 of each round",
    figure: spreadOf(dealt.map((answers) => quantile(answers, 0.99))),
    unit: " ms",
    target: atMost(200),
  };
}

function noteOf(chat: Chat, bursts: readonly Burst[], people: number): string {
  const all = bursts.flatMap((burst) => burst.get(chat) ?? []);
  const at = (part: number): string => quantile(all, part).toFixed(0);
  return `${chat.name}: ${all.length} answers while ${people} people on each platform were sent their weekly message with its picture: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms.`;
}
