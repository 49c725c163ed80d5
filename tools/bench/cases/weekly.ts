/** Processor time of composing weekly feedback for people with a year of sessions. */

import { join } from "node:path";
import type { UserId } from "#core/lib/ids.ts";
import { type DirectMessage, createDirectMessage } from "#core/model/outbox-message.ts";
import { drawWeek, type PictureFacts } from "#core/pictures/draw.ts";
import { daysFor, decideSend, type SendContext } from "#core/messages/compose-direct.ts";
import { pastWeeks, trendOf } from "#core/training/streak.ts";
import { weekOf } from "#core/lib/time.ts";
import { summarize } from "#core/training/week-summary.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type Costs, costOf, differenceOf, type Effort, effortOf, ratioOf, runPaired } from "../support/measure.ts";
import { userIdOf } from "../support/people.ts";
import { openBare } from "../support/raw.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost, type Line } from "../support/table.ts";
import { svgOf } from "./unasked.ts";
import { dueIn, dueMonday, fillWaiting } from "../support/waiting.ts";

const rounds = { warmUp: 2, timed: 9 };

/** Several people with different weeks, so that the compiler cannot specialise on one. */
const people = 20;
/** Messages for each person in a round. The system counts thread time in steps of some milliseconds. */
const times = 50;

/** The lines about composing weekly feedback. */
export async function benchWeekly({ folder, say }: Run): Promise<Findings> {
  say("composing weekly feedback, without sending it");
  const path = join(folder, "year.db");
  await fillWaiting(path, { people, past: 52, ahead: 0, told: 51 });
  const { store } = openSqlite({ path });
  const bare = openBare(path, "FULL");
  try {
    const readers = await Promise.all(Array.from({ length: people }, (_, person) => readerOf(store, userIdOf(person) as UserId)));
    const year = bare.prepare("select * from session where user_id = ? order by day, logged_at, id");
    const each = (work: (reader: Reader) => unknown) => async () =>
      effortOf(people * times, (index) => {
        const reader = readers[index % people];
        if (reader) work(reader);
      });
    const costs = await runPaired(
      [
        { name: "all", run: each(compose) },
        { name: "svg", run: each(({ drawn }) => drawWeek(drawn)) },
        { name: "rows", run: each(({ moment }) => year.all(moment.user.id)) },
      ],
      rounds,
    );
    const sessions = readers[0]?.moment.sessions.length ?? 0;
    return { lines: linesOf(costs, sessions), notes: [] };
  } finally {
    bare.close();
    await store.close();
  }
}

/** The target is on the time. The floor is shown too: reading a year's rows. */
function linesOf(costs: Costs<keyof Effort>, sessions: number): readonly Line[] {
  return [
    {
      name: `The words of a weekly feedback, from ${sessions} sessions`,
      against: "processor time alone, without the SVG",
      figure: differenceOf(costs, "cpu", "all", "svg"),
      unit: " µs",
      target: atMost(150),
    },
    { name: "  with the text of the SVG", against: "processor time alone", figure: costOf(costs, "cpu", "all"), unit: " µs" },
    {
      name: "  with the text of the SVG",
      against: "bare SQL: reading the rows of that year",
      figure: ratioOf(costs, "cpu", "all", "rows"),
      unit: "×",
    },
  ];
}

/** A person whose feedback is due. */
type Reader = { readonly delivery: DirectMessage; readonly moment: SendContext; readonly drawn: PictureFacts };

/** Loads what the outbox would load for them. */
async function readerOf(store: Store, id: UserId): Promise<Reader> {
  const [addressee, [prompt]] = [await store.findAddressee(id), await store.prompts(id)];
  if (!addressee || !prompt) throw new Error(`Compose for "${id}": they must be in the database, and wait for their feedback`);
  const { user } = addressee;
  const week = weekOf(dueMonday.subtract({ weeks: 1 }), user.firstDay);
  const delivery = createDirectMessage(prompt, user, week.from);
  const sessions = await store.sessions(id, daysFor(delivery, user, dueMonday));
  const recent = [delivery, ...(await store.deliveries(id, 39))];
  const moment: SendContext = { user, now: dueIn(0), today: dueMonday, sessions, recent, prompts: [prompt] };
  const trend = trendOf(pastWeeks(sessions, week, user.firstDay));
  const reader = { delivery, moment, drawn: { user, today: dueMonday, summary: summarize(sessions, week), trend } };
  if (svgOf(compose(reader)) !== drawWeek(reader.drawn)) throw new Error("Measure the SVG alone: it must be the one of the feedback");
  return reader;
}

function compose({ delivery, moment }: Reader) {
  const decision = decideSend(delivery, moment);
  if (decision.kind !== "say") throw new Error(`Compose a weekly feedback: it must be said, and is ${decision.kind}`);
  return decision.reply;
}
