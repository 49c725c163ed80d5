/** Whether the outbox stays as fast when a million deliveries have ended in it. */

import { join } from "node:path";
import type { DeliveryKey, UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import { type Delivery, queue } from "#core/delivery.ts";
import type { Store } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { createUser } from "#core/user.ts";
import type { TimeZone } from "#core/time.ts";
import Database from "better-sqlite3";
import { medianOf, microsecondsOf, ratioOf, runPaired } from "./measure.ts";
import { inSlices, timeZone, userIdOf } from "./people.ts";
import type { Findings, Run } from "./run.ts";
import { atLeast } from "./table.ts";
import { dueIn, dueMonday, fillWaiting } from "./waiting.ts";

const rounds = { warmUp: 2, timed: 9 };
const people = 1_000;
const each = 480;
const claimed = 48;

/** The lines about the outbox. */
export async function benchOutbox({ folder, isQuick, say }: Run): Promise<Findings> {
  const finished = isQuick ? 200_000 : 1_000_000;
  const name = finished.toLocaleString("en");
  const [empty, full] = [join(folder, "outbox-empty.db"), join(folder, "outbox-full.db")];
  for (const path of [empty, full]) await fillWaiting(path, { people, weeks: 1 });
  say(`filling an outbox with ${name} deliveries that have ended`);
  addFinished(full, finished);
  const stores = [empty, full].map((path) => openSqlite({ path, synchronous: "NORMAL" }).store);
  try {
    say(`queueing, claiming and settling ${each} deliveries in each, in turn`);
    const costs = await runPaired(
      stores.map((store, index) => ({
        name: index === 0 ? "empty" : "full",
        run: (round: number) => microsecondsOf(1, () => live(store, round)),
      })),
      rounds,
    );
    const rate = Math.round((each * 1e6) / medianOf(costs, "average", "empty"));
    return {
      lines: [
        {
          name: `Deliveries a second after ${name} that ended`,
          against: "an empty outbox",
          figure: ratioOf(costs, "average", "empty", "full"),
          unit: "×",
          target: atLeast(0.75),
        },
      ],
      notes: [
        `${rate.toLocaleString("en")} deliveries a second are queued, claimed, marked and settled, each in commits of its own (synchronous=NORMAL).`,
      ],
    };
  } finally {
    for (const store of stores) await store.close();
  }
}

/** The whole life of `each` deliveries, of as many people. */
async function live(store: Store, round: number): Promise<void> {
  const now = dueIn(round);
  for (let person = 0; person < each; person += 1) await store.commit([queued(person, round)]);
  for (let left = each; left > 0;) {
    const due = await store.claim(now, now.add({ seconds: 90 }), claimed);
    if (due.length === 0) throw new Error(`Claim from the outbox: ${left} must be left, and none is`);
    for (const delivery of due) await settle(store, delivery, round);
    left -= due.length;
  }
}

function queued(person: number, round: number): Change {
  const id = userIdOf(person) as UserId;
  const user = createUser(id, timeZone as TimeZone, dueIn(0));
  const on = dueMonday.add({ weeks: round });
  return { kind: "delivery-queued", delivery: queue({ userId: id, kind: "weekly", dueAt: dueIn(round), on }, user, on) };
}

async function settle(store: Store, { key, fence, userId }: Delivery, round: number): Promise<void> {
  const at = dueIn(round);
  const sentOn = dueMonday.add({ weeks: round });
  const going = await store.commit([
    { kind: "delivery-sending", key, fence, userId, sentOn, triedAt: at, told: { strength: 40, aerobic: 0 } },
  ]);
  const ended = await store.commit([{ kind: "delivery-settled", key, fence, end: "sent", why: undefined, at }]);
  if (going !== "done" || ended !== "done") throw new Error(`Settle "${key}": both commits must be done`);
}

/** As they lie after years: many to a person, one a day. */
function addFinished(path: string, count: number): void {
  const client = new Database(path);
  client.pragma("synchronous = OFF");
  const insert = client.prepare(
    `insert into delivery (key, user_id, kind, on_day, due_at, expires_at, state, fence, attempts, tried_at, sent_on, told, ended_at)
     values (?, ?, 'rest', ?, ?, ?, 'sent', 1, 0, ?, ?, null, ?)`,
  );
  const first = dueMonday.subtract({ days: Math.ceil(count / people) + 1 });
  let day = first;
  inSlices(client, count, (index) => {
    if (index % people === 0) day = day.add({ days: 1 });
    const id = userIdOf(index % people);
    const on = day.toString();
    const at = 1_500_000_000_000 + index;
    insert.run(`rest ${id} ${on}` as DeliveryKey, id, on, at, at, at, on, at);
  });
  client.pragma("synchronous = FULL");
  client.pragma("wal_checkpoint(TRUNCATE)");
  client.close();
}
