/** What a tick costs when nothing is due, and how fast people are looked at and claimed when they are. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import { join } from "node:path";
import type { Store } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { type Costs, medianOf, microsecondsOf, ratioOf, runPaired, spreadOf, type Timing } from "./measure.ts";
import { openRawPrompts, type RawPrompts } from "./raw-prompts.ts";
import type { Findings, Run } from "./run.ts";
import { atLeast, atMost, type Line } from "./table.ts";
import { createWaiting, dueIn, fillWaiting, type Waiting } from "./waiting.ts";

const rounds = { warmUp: 2, timed: 9 };
const ticks = 200;

/** The lines about ticks. */
export async function benchTick(run: Run): Promise<Findings> {
  const idle = await benchIdle(run);
  const busy = await benchBusy(run);
  return { lines: [...idle.lines, ...busy.lines], notes: [...idle.notes, ...busy.notes] };
}

async function benchIdle({ folder, isQuick, hasTenMillion, say }: Run): Promise<Findings> {
  const sizes = [10_000, isQuick ? 100_000 : 1_000_000, ...(hasTenMillion ? [10_000_000] : [])];
  for (const people of sizes) {
    say(`filling a database: ${people.toLocaleString("en")} people who wait`);
    await fillWaiting(join(folder, `waiting-${people}.db`), { people, weeks: 1 });
  }
  say("ticking with nothing due");
  const ours = sizes.map((people) => ({
    people,
    waiting: createWaiting(openSqlite({ path: join(folder, `waiting-${people}.db`) }).store),
  }));
  const raw = openRawPrompts(join(folder, `waiting-${sizes[0]}.db`));
  try {
    const costs = await runPaired(
      [
        ...ours.map(({ people, waiting }) => ({
          name: String(people),
          run: () =>
            microsecondsOf(ticks, async () => {
              await waiting.tick();
              await waiting.deliver();
            }),
        })),
        { name: "raw", run: () => microsecondsOf(ticks, () => raw.idle()) },
      ],
      rounds,
    );
    return { lines: idleLines(costs, sizes.map(String)), notes: [] };
  } finally {
    raw.close();
    for (const { waiting } of ours) await waiting.close();
  }
}

/** The smallest size is what the others are compared with. */
function idleLines(costs: Costs<keyof Timing>, [base = "", ...grown]: readonly string[]): readonly Line[] {
  const name = (people: string | undefined): string => Number(people).toLocaleString("en");
  return [
    {
      name: "A tick with nothing due, µs",
      against: `${name(base)} people; its time alone`,
      figure: spreadOf([medianOf(costs, "typical", base)]),
      unit: " µs",
      target: atMost(50),
    },
    ...grown.map((people) => ({
      name: `The same with ${name(people)} people`,
      against: `${name(base)} people`,
      figure: ratioOf(costs, "typical", people, base),
      unit: "×",
      target: atMost(2),
    })),
    { name: "The same", against: "bare SQL: what is due, and a claim", figure: ratioOf(costs, "typical", base, "raw"), unit: "×" },
  ];
}

const crowd = 2_000;

/** Rounds are weeks: the same people are due again in each. */
async function benchBusy({ folder, say }: Run): Promise<Findings> {
  const [path, bare] = [join(folder, "busy.db"), join(folder, "busy-raw.db")];
  say(`looking at ${crowd.toLocaleString("en")} people who are due, and claiming what is queued for them`);
  const weeks = rounds.warmUp + rounds.timed + 1;
  await fillWaiting(path, { people: crowd, weeks });
  await fillWaiting(bare, { people: crowd, weeks });
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const waiting = createWaiting(store);
  const raw = openRawPrompts(bare);
  try {
    const { looks, slices } = await look(waiting, raw);
    const claims = await claim(store, raw);
    const perSecond = Math.round((crowd * 1e6) / medianOf(looks, "average", "ours"));
    return {
      lines: [
        {
          name: "People looked at and queued a second",
          against: "bare SQL in the same transactions",
          figure: ratioOf(looks, "average", "raw", "ours"),
          unit: "×",
          target: atLeast(0.6),
        },
        {
          name: "Deliveries claimed a second",
          against: "bare SQL: update … returning",
          figure: ratioOf(claims, "average", "raw", "ours"),
          unit: "×",
          target: atLeast(0.6),
        },
        {
          name: "Longest slice of the event loop meanwhile",
          against: "each round's own",
          figure: spreadOf(slices),
          unit: " ms",
          target: atMost(10),
        },
      ],
      notes: [`${perSecond.toLocaleString("en")} people a second are looked at and queued (synchronous=NORMAL).`],
    };
  } finally {
    raw.close();
    await waiting.close();
  }
}

async function look(waiting: Waiting, raw: RawPrompts) {
  const slices: number[] = [];
  const looks = await runPaired(
    [
      {
        name: "ours",
        run: async (round) => {
          waiting.setTo(dueIn(round));
          const delay = monitorEventLoopDelay({ resolution: 1 });
          delay.enable();
          const spent = await microsecondsOf(1, () => waiting.tick());
          delay.disable();
          slices.push(delay.max / 1e6);
          return spent;
        },
      },
      { name: "raw", run: (round) => microsecondsOf(1, () => raw.lookAt(round)) },
    ],
    rounds,
  );
  return { looks, slices: slices.slice(rounds.warmUp) };
}

async function claim(store: Store, raw: RawPrompts) {
  const claimed = { ours: 0, raw: 0 };
  const claims = await runPaired(
    [
      {
        name: "ours",
        run: () => microsecondsOf(1, async () => void (claimed.ours += (await store.claim(dueIn(20), dueIn(2000), 480)).length)),
      },
      { name: "raw", run: () => microsecondsOf(1, () => void (claimed.raw += raw.claim(480))) },
    ],
    rounds,
  );
  if (claimed.ours !== claimed.raw || claimed.ours === 0)
    throw new Error(`Claim ${claimed.raw} deliveries: the store must claim as many, and claimed ${claimed.ours}`);
  return claims;
}
