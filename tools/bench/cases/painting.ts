/** The cost of a picture, ours and a hand-written one, and how long others wait while it is rendered. */

import { setTimeout as sleep } from "node:timers/promises";
import type { Minutes, SessionId, UserId } from "#core/lib/ids.ts";
import { drawWeek, type PictureFacts } from "#core/pictures/draw.ts";
import type { Session } from "#core/model/session.ts";
import { pastWeeks, trendOf } from "#core/training/streak.ts";
import { type TimeZone, weekOf } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import { summarize } from "#core/training/week-summary.ts";
import { createPngRenderer, type PngRenderer } from "#src/runtime/png.ts";
import { watch } from "../support/loop.ts";
import { costOf, type Costs, medianOf, microsecondsOf, ratioOf, runPaired, type Spread, type Timing } from "../support/measure.ts";
import { timeZone } from "../support/people.ts";
import { pictureByHand, weekByHand } from "./picture.ts";
import type { Findings, Run } from "../support/run.ts";
import { atLeast, atMost, type Line } from "../support/table.ts";
import { dueIn, dueMonday } from "../support/waiting.ts";

const rounds = { warmUp: 2, timed: 11 };
const watches = { warmUp: 1, timed: 7 };

/** Pictures in a round. */
const pictures = 16;

/** The lines about pictures. */
export async function benchPicture({ isQuick, say }: Run): Promise<Findings> {
  const facts = factsOf();
  const ours = (): string => drawWeek(facts);
  const byHand = pictureByHand();
  if (sizeOf(ours()) !== sizeOf(byHand)) throw new Error(`Compare pictures: both must be ${sizeOf(ours())}, and one is ${sizeOf(byHand)}`);
  const [one, two] = [createPngRenderer({ threads: 1, idleTimeout: 60_000 }), createPngRenderer({ threads: 2, idleTimeout: 60_000 })];
  try {
    say("painting pictures in one thread and in two");
    const painting = (renderer: PngRenderer, draw: () => string) => () => microsecondsOf(1, () => paintAll(renderer, draw, pictures));
    const costs = await runPaired(
      [
        { name: "ours", run: painting(one, ours) },
        { name: "by hand", run: painting(one, () => byHand) },
        { name: "two", run: painting(two, ours) },
      ],
      rounds,
    );
    const count = isQuick ? 16 : 100;
    say(`watching the event loop while ${count} pictures are painted, and at rest`);
    const delays = await runPaired(
      [
        { name: "painting", run: () => watch(() => paintAll(one, ours, count)) },
        { name: "rest", run: () => watch(() => sleep(20 * count)) },
      ],
      watches,
    );
    const delayOf = (name: string): Spread => costOf(delays, "p99", name);
    return {
      lines: [...linesOf(costs), ...delayLines(count, delayOf)],
      notes: [`A picture takes ${(medianOf(costs, "average", "ours") / pictures / 1000).toFixed(1)} ms of one thread.`],
    };
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

function linesOf(costs: Costs<keyof Timing>): readonly Line[] {
  return [
    {
      name: "A picture: our SVG, and resvg",
      against: "resvg, same week and size, SVG written by hand",
      figure: ratioOf(costs, "average", "ours", "by hand"),
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
  ];
}

function delayLines(count: number, delayOf: (name: string) => Spread): readonly Line[] {
  const against = "each round's p99; 1 ms is the eye's own";
  return [
    { name: `Event loop while ${count} pictures are painted, p99`, against, figure: delayOf("painting"), unit: " ms", target: atMost(5) },
    { name: "  at rest", against, figure: delayOf("rest"), unit: " ms" },
  ];
}

async function paintAll(renderer: PngRenderer, draw: () => string, count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => renderer.render(draw())));
}

function sizeOf(svg: string): string {
  const { width, height } = /^<svg[^>]* width="(?<width>\d+)" height="(?<height>\d+)"/.exec(svg)?.groups ?? {};
  return `${width} by ${height}`;
}

/** The week of the hand-written picture. */
function factsOf(): PictureFacts {
  const user = createUser("user" as UserId, timeZone as TimeZone, dueIn(0));
  const week = weekOf(dueMonday.subtract({ weeks: 1 }), user.firstDay);
  const before = weekByHand.before.map((minutes, index) =>
    session(week.from.subtract({ weeks: weekByHand.before.length - index }), minutes),
  );
  const days = weekByHand.days.flatMap((minutes, day) => (minutes > 0 ? [session(week.from.add({ days: day }), minutes)] : []));
  const sessions = [...before, ...days];
  return { user, today: dueMonday, summary: summarize(sessions, week), trend: trendOf(pastWeeks(sessions, week, user.firstDay)) };
}

function session(day: Temporal.PlainDate, minutes: number): Session {
  return {
    id: day.toString() as SessionId,
    userId: "user" as UserId,
    activity: "strength" as Session["activity"],
    intensity: "moderate",
    minutes: minutes as Minutes,
    shares: { strength: 1, aerobic: 0 },
    day,
    loggedAt: dueIn(0),
  };
}
