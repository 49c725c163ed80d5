/** Isolation of Discord and Slack in one process: how fast one answers while the other is in trouble. */

import { setTimeout as sleep } from "node:timers/promises";
import { type Chat, openDiscordChat, openSlackChat, start, type Trouble } from "./chats.ts";
import { type Costs, medianOf, quantile, ratioOf, runPaired, spreadOf } from "./measure.ts";
import type { Launched } from "./process.ts";
import type { Findings, Run } from "./run.ts";
import { atMost, type Line } from "./table.ts";

const rounds = { warmUp: 2, timed: 9 };
/** Milliseconds of a round, in which `/log` is answered one after the other. A flood lasts no longer, however slow it makes them. */
const lasting = 600;
/** People on the platform in trouble. Each is due a weekly message, and sends commands. */
const crowd = 100;
/** People on the platform that is timed. Enough that nobody logs more than a day holds. */
const others = 500;
/** Commands a second on the platform in trouble: unanswered, and as a flood. */
const pace = { hanging: 10, flooded: 100 } as const;
/** Milliseconds of commands before timing starts. */
const settling = 300;
/** Troubles that must not slow the other platform. */
const troubles = new Set(["down", "revoked", "hanging"]);
const wednesday = "2026-11-25T11:00:00Z";
const monday = "2026-11-30T08:05:00Z";

/** One program on its own fake servers. */
type SeparatedPlatforms = {
  readonly name: string;
  /** The platform whose answers are timed. */
  readonly sound: Chat;
  readonly other: Chat;
  readonly program: Launched;
};

/** The lines about isolation. */
export async function benchApart(run: Run): Promise<Findings> {
  const found = [await benchSide("Discord", run), await benchSide("Slack", run)];
  return { lines: found.flatMap(({ lines }) => lines), notes: found.flatMap(({ notes }) => notes) };
}

async function benchSide(name: Chat["name"], { folder, say }: Run): Promise<Findings> {
  const other = name === "Discord" ? "Slack" : "Discord";
  const opened: SeparatedPlatforms[] = [];
  const open = async (what: string, trouble?: Trouble): Promise<SeparatedPlatforms> => {
    say(`${crowd} people on ${other}, which is ${what}`);
    const platforms = await openPlatforms(what, name, { folder, trouble });
    opened.push(platforms);
    return platforms;
  };
  try {
    const well = await open("well");
    const contenders = [
      contender(well),
      contender(await open("well, once more")),
      contender(await open("down", "down")),
      contender(await open("revoked", "revoked")),
      beset(await open("hanging", "hanging")),
      ...flooded(await open("flooded"), well),
    ];
    const onRound = (round: number): void => say(`/log on ${name} beside ${other}: round ${round + 1} of ${rounds.warmUp + rounds.timed}`);
    const costs = await runPaired(contenders, { ...rounds, onRound });
    return { lines: linesOf(name, other, costs), notes: [noteOf(name, other, costs)] };
  } finally {
    await Promise.all(opened.map(close));
  }
}

/** People sign up on Wednesday. On Monday the clock is set for the measurement, and their weekly messages are due. */
async function openPlatforms(
  name: string,
  soundName: Chat["name"],
  { folder, trouble }: { readonly folder: string; readonly trouble: Trouble | undefined },
): Promise<SeparatedPlatforms> {
  const chats = [await openDiscordChat(), await openSlackChat()] as const;
  const [sound, other] = soundName === "Discord" ? chats : [chats[1], chats[0]];
  const begin = { folder, database: `apart-${soundName}-${name}.db`.replaceAll(/[ ,]+/gu, "-"), chats };
  const before = await start({ ...begin, clock: wednesday });
  await meet(other, crowd);
  await before.end("SIGTERM");
  const variables = trouble ? await other.suffer(trouble) : {};
  const isHeard = trouble === undefined || trouble === "hanging";
  const program = await start({ ...begin, clock: monday, sound: isHeard ? chats : [sound], variables });
  if (trouble === undefined) await allSent(other);
  await meet(sound, others);
  return { name, sound, other, program };
}

async function close({ program, sound, other }: SeparatedPlatforms): Promise<void> {
  // Heals the platform first, since closing waits for calls in flight.
  other.heal();
  await program.end("SIGTERM");
  await Promise.all([sound.close(), other.close()]);
}

/** Each of `people` logs a session, twenty at a time. */
async function meet(chat: Chat, people: number): Promise<void> {
  const left = Array.from({ length: people }, (_, person) => person).values();
  const lane = async (): Promise<void> => {
    for (const person of left) await chat.trip(person);
  };
  await Promise.all(Array.from({ length: 20 }, lane));
}

async function allSent({ hasMail }: Chat): Promise<void> {
  const people = Array.from({ length: crowd }, (_, person) => person);
  while (!people.every(hasMail)) await sleep(100);
}

/** A steady rate of commands, whether answered or not, by people numbered from `from`. */
type Flood = { readonly on: Chat; readonly perSecond: number; readonly from?: number };

/** Milliseconds: the median and the 99th percentile. */
type Cost = { readonly median: number; readonly p99: number };

type Tried = { readonly name: string; run(): Promise<Cost> };

function contender({ name, sound }: Pick<SeparatedPlatforms, "name" | "sound">, flood?: Flood): Tried {
  let turn = 0;
  return {
    name,
    async run() {
      const stop = flood && (await pour(flood));
      const milliseconds: number[] = [];
      const until = performance.now() + lasting;
      while (performance.now() < until) milliseconds.push(await sound.trip((turn += 1) % others));
      await stop?.();
      return { median: spreadOf(milliseconds).median, p99: quantile(milliseconds, 0.99) };
    },
  };
}

/** Commands arrive on the other platform, and its API answers none of the calls. */
function beset({ name, sound, other }: SeparatedPlatforms): Tried {
  return contender({ name, sound }, { on: other, perSecond: pace.hanging });
}

/** The same flood on the other platform, on the timed platform itself, and on a separate program, which shows the cost to the machine. */
function flooded({ name, sound, other }: SeparatedPlatforms, { sound: apart }: SeparatedPlatforms): readonly Tried[] {
  const { flooded: perSecond } = pace;
  return [
    contender({ name, sound }, { on: other, perSecond }),
    contender({ name: "flooded itself", sound }, { on: sound, perSecond, from: others }),
    contender({ name: "flooded elsewhere", sound: apart }, { on: other, perSecond }),
  ];
}

/** Floods for a moment. Returns a function that ends the flood and waits for the remaining answers. */
async function pour({ on, perSecond, from = 0 }: Flood): Promise<() => Promise<void>> {
  const given: Promise<unknown>[] = [];
  const timer = setInterval(() => given.push(on.trip(from + (given.length % crowd)).catch(() => undefined)), 1000 / perSecond);
  await sleep(settling);
  return async () => {
    clearInterval(timer);
    if (perSecond === pace.flooded) await Promise.all(given);
  };
}

function linesOf(name: string, other: string, costs: Costs<keyof Cost>): readonly Line[] {
  const line = (what: string, base: string, against: string): Line => ({
    name: `/log on ${name} in one process with ${other}, which is ${what}`,
    against,
    figure: ratioOf(costs, "median", what, base),
    unit: "×",
    ...(troubles.has(what) ? { target: atMost(1.25) } : {}),
  });
  const same = `the same with ${other} well`;
  return [
    ...["well, once more", ...troubles].map((what) => line(what, "well", same)),
    line("flooded", "well", same),
    line("flooded", "flooded elsewhere", `the same flood on a program of its own`),
    line("flooded", "flooded itself", `the same flood on ${name} itself`),
  ];
}

function noteOf(name: string, other: string, costs: Costs<keyof Cost>): string {
  const each = Array.from(
    costs.keys(),
    (what) => `${what} ${medianOf(costs, "median", what).toFixed(1)} and ${medianOf(costs, "p99", what).toFixed(1)}`,
  );
  return `Milliseconds of a /log on ${name}, p50 and p99, by how ${other} is: ${each.join("; ")}. Hanging it is given ${pace.hanging} commands a second, flooded ${pace.flooded}.`;
}
