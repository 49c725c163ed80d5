/** What the words of a weekly feedback cost, and its picture. */

import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Minutes, SessionId, UserId } from "#core/brand.ts";
import { queue } from "#core/delivery.ts";
import type { Block, Reply } from "#core/reply.ts";
import { drawWeek, type PictureFacts } from "#core/picture/draw.ts";
import { judge, type Moment } from "#core/send.ts";
import type { Session } from "#core/session.ts";
import { pastWeeks, trendOf } from "#core/streak.ts";
import { type TimeZone, weekOf } from "#core/time.ts";
import { createUser } from "#core/user.ts";
import { summarize } from "#core/week.ts";
import { createPainter, type Painter } from "#src/png.ts";
import { type Costs, differenceOf, medianOf, microsecondsOf, ratioOf, runPaired, spreadOf, type Timing } from "./measure.ts";
import { timeZone } from "./people.ts";
import { plainPicture } from "./picture.ts";
import type { Findings, Run } from "./run.ts";
import { atLeast, atMost } from "./table.ts";
import { dueIn, dueMonday } from "./waiting.ts";

const rounds = { warmUp: 2, timed: 9 };
const words = 200;
const pictures = 16;

/** The lines about weekly feedback. */
export async function benchWeekly({ say }: Run): Promise<Findings> {
  say("composing weekly feedback");
  const sessions = aYear();
  const stored = JSON.stringify(sessions);
  const drawn = drawnOf(sessions);
  const composed = await runPaired(
    [
      { name: "words", run: () => microsecondsOf(words, () => compose(sessions)) },
      { name: "svg", run: () => microsecondsOf(words, () => drawWeek(drawn)) },
      { name: "json", run: () => microsecondsOf(words, () => JSON.stringify(JSON.parse(stored))) },
    ],
    rounds,
  );
  const painted = await benchPictures(sessions, say);
  return {
    lines: [
      {
        name: "The words of a weekly feedback",
        against: "its time alone, without the SVG; a year of sessions",
        figure: differenceOf(composed, "typical", "words", "svg"),
        unit: " µs",
        target: atMost(150),
      },
      {
        name: "The words and the SVG",
        against: "that year's sessions through JSON and back",
        figure: ratioOf(composed, "typical", "words", "json"),
        unit: "×",
      },
      ...painted.lines,
    ],
    notes: painted.notes,
  };
}

async function benchPictures(sessions: readonly Session[], say: Run["say"]): Promise<Findings> {
  say("painting pictures in one thread and in two");
  const [one, two] = [createPainter({ threads: 1, rest: 60_000 }), createPainter({ threads: 2, rest: 60_000 })];
  const ours = svgOf(compose(sessions));
  const plain = plainPicture();
  const delays: number[] = [];
  try {
    for (const painter of [one, two]) await paintAll(painter, ours, 4);
    const costs = await runPaired(
      [
        { name: "ours", run: () => watched(delays, () => paintAll(one, ours, pictures)) },
        { name: "plain", run: () => microsecondsOf(1, () => paintAll(one, plain, pictures)) },
        { name: "two", run: () => microsecondsOf(1, () => paintAll(two, ours, pictures)) },
        { name: "messages", run: () => microsecondsOf(1, () => composeAll(sessions, one)) },
        { name: "words", run: () => microsecondsOf(1, () => composeAll(sessions, undefined)) },
      ],
      rounds,
    );
    return paintedFindings(costs, delays.slice(rounds.warmUp));
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

function paintedFindings(costs: Costs<keyof Timing>, delays: readonly number[]): Findings {
  const each = medianOf(costs, "average", "ours") / pictures / 1000;
  return {
    lines: [
      {
        name: "A picture",
        against: "resvg on an SVG written by hand",
        figure: ratioOf(costs, "average", "ours", "plain"),
        unit: "×",
        target: atMost(1),
      },
      {
        name: "Pictures a second with two threads",
        against: "one thread",
        figure: ratioOf(costs, "average", "ours", "two"),
        unit: "×",
        target: atLeast(1.7),
      },
      {
        name: "Delay of the event loop while painting, p99",
        against: "each round's own",
        figure: spreadOf(delays),
        unit: " ms",
        target: atMost(5),
      },
      {
        name: "Weekly messages with their pictures",
        against: "the words alone",
        figure: ratioOf(costs, "average", "messages", "words"),
        unit: "×",
      },
    ],
    notes: [`A picture takes ${each.toFixed(1)} ms of one thread.`],
  };
}

/** The time of `work`, while a busy eye is on the event loop. */
async function watched(delays: number[], work: () => Promise<void>) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const timing = await microsecondsOf(1, work);
  delay.disable();
  delays.push(delay.percentile(99) / 1e6 - 1);
  return timing;
}

async function paintAll(painter: Painter, svg: string, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => painter.paint(svg)));
}

async function composeAll(sessions: readonly Session[], painter: Painter | undefined): Promise<void> {
  const replies = Array.from({ length: pictures }, () => compose(sessions));
  if (painter) await Promise.all(replies.map((reply) => painter.paint(svgOf(reply))));
}

function svgOf({ blocks }: Reply): string {
  const found = blocks.find((block): block is Extract<Block, { readonly kind: "picture" }> => block.kind === "picture");
  if (!found) throw new Error("Paint a week: its feedback must have a picture");
  return found.svg;
}

const user = { ...createUser("user" as UserId, timeZone as TimeZone, dueIn(-60)), plan: { days: [1, 4] as const, minutes: 20 as Minutes } };

function compose(sessions: readonly Session[]): Reply {
  const delivery = queue({ userId: user.id, kind: "weekly", dueAt: dueIn(0), on: dueMonday }, user, dueMonday.subtract({ days: 7 }));
  const moment: Moment = { user, now: dueIn(0), today: dueMonday, sessions, recent: [delivery], prompts: [] };
  const verdict = judge(delivery, moment);
  if (verdict.kind !== "say") throw new Error(`Compose a weekly feedback: it must be said, and is ${verdict.kind}`);
  return verdict.reply;
}

/** What the picture of that feedback shows. */
function drawnOf(sessions: readonly Session[]): PictureFacts {
  const week = weekOf(dueMonday.subtract({ days: 7 }), 1);
  const summary = summarize(sessions, week);
  return { user, today: dueMonday, summary, trend: trendOf(pastWeeks(sessions, week, 1)) };
}

/** Twenty minutes on Mondays and Thursdays. */
function aYear(): readonly Session[] {
  return Array.from({ length: 104 }, (_, index) => ({
    id: `session-${index}` as SessionId,
    userId: user.id,
    activity: "strength" as Session["activity"],
    intensity: "moderate",
    minutes: 20 as Minutes,
    shares: { strength: 1, aerobic: 0 },
    day: dueMonday.subtract({ days: 364 - 7 * Math.floor(index / 2) - 3 * (index % 2) }),
    loggedAt: dueIn(0),
  }));
}
