/** Weekly messages a second, with and without pictures, and how long others wait meanwhile. */

import { copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "#core/model/reply.ts";
import { createPngRenderer } from "#src/runtime/png.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { watch, type Watched } from "./loop.ts";
import { type Costs, costOf, medianOf, ratioOf, runPaired } from "./measure.ts";
import type { Findings, Run } from "./run.ts";
import type { Line } from "./table.ts";
import { createSpeaker, svgOf } from "../cases/unasked.ts";
import { dueIn, fillWaiting } from "./waiting.ts";

const rounds = { warmUp: 2, timed: 7 };

/** The lines about sending weekly feedback, from the queue to its end. */
export async function benchMessages({ folder, isQuick, say }: Run): Promise<Findings> {
  const people = isQuick ? 48 : 192;
  const [plain, painted] = [join(folder, "messages-plain.db"), join(folder, "messages-painted.db")];
  await fillWaiting(plain, { people, past: 52, ahead: rounds.warmUp + rounds.timed, told: 51 });
  copyFileSync(plain, painted);
  say(`sending ${people} people their feedback, with pictures and without`);
  const renderer = createPngRenderer({ idleTimeout: 60_000 });
  const words = openOutbox(plain, async () => undefined);
  const pictures = openOutbox(painted, async (reply) => await renderer.render(svgOf(reply)));
  try {
    const costs = await runPaired(
      [
        { name: "words", run: (round) => words.send(people, round) },
        { name: "pictures", run: (round) => pictures.send(people, round) },
      ],
      rounds,
    );
    const rate = (name: string): string => Math.round((people * 1e6) / medianOf(costs, "microseconds", name)).toLocaleString("en");
    return {
      lines: linesOf(costs),
      notes: [
        `Weekly messages a second, synchronous=FULL: ${rate("words")} without pictures, ${rate("pictures")} with them, painted in one thread.`,
      ],
    };
  } finally {
    await Promise.all([words.close(), pictures.close(), renderer.close()]);
  }
}

/** Durable, as in production. The network, which is slower than all of this, accepts each message at once. */
function openOutbox(path: string, draw: (reply: Reply) => Promise<unknown>) {
  let taken = 0;
  const speaker = createSpeaker(openSqlite({ path }).store, async (reply) => {
    taken += 1;
    await draw(reply);
  });
  return {
    async send(people: number, round: number): Promise<Watched> {
      speaker.setTo(dueIn(round));
      await speaker.tick();
      taken = 0;
      const watched = await watch(speaker.deliver);
      if (taken !== people) throw new Error(`Send ${people} people their feedback: so many must be written to, and ${taken} were`);
      return watched;
    },
    close: speaker.close,
  };
}

function linesOf(costs: Costs<keyof Watched>): readonly Line[] {
  const against = "each round's longest, FULL";
  return [
    {
      name: "Weekly messages a second without pictures",
      against: "with them, painted in one thread",
      figure: ratioOf(costs, "microseconds", "pictures", "words"),
      unit: "×",
    },
    { name: "Longest slice of the event loop, without pictures", against, figure: costOf(costs, "longest", "words"), unit: " ms" },
    { name: "  with pictures", against, figure: costOf(costs, "longest", "pictures"), unit: " ms" },
    { name: "  with pictures, p99", against: "each round's p99", figure: costOf(costs, "p99", "pictures"), unit: " ms" },
  ];
}
