/** Whether the outbox stays as fast with a million finished messages. */

import { join } from "node:path";
import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { isChannelMessage, type OutboxMessage, createDirectMessage } from "#core/model/outbox-message.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { medianOf, microsecondsOf, ratioOf, runPaired, type Timing } from "../support/measure.ts";
import { platform, timeZone, userIdOf } from "../support/people.ts";
import type { Findings, Run } from "../support/run.ts";
import { atLeast } from "../support/table.ts";
import { dueIn, dueMonday, fillWaiting } from "../support/waiting.ts";

const rounds = { warmUp: 3, timed: 15 };

/** Finished messages a person: about a year of feedback. */
const told = 50;
/** Messages in a round, spread over the people. */
const each = 480;
/** Batch sizes of the coach's inserts and of the outbox's claims. */
const queuedAtOnce = 25;
const claimedAtOnce = 48;

/** The lines about the outbox. */
export async function benchOutbox({ folder, isQuick, say }: Run): Promise<Findings> {
  const people = isQuick ? 4000 : 20_000;
  const inWords = (people * told).toLocaleString("en");
  const [empty, full] = [join(folder, "outbox-empty.db"), join(folder, "outbox-full.db")];
  await fillWaiting(empty, { people, past: 1, ahead: 0, told: 0 });
  say(`filling an outbox with ${inWords} deliveries that have ended`);
  await fillWaiting(full, { people, past: 1, ahead: 0, told });
  checkEnded(full, people * told);
  const stores = [empty, full].map((path) => openSqlite({ path, synchronous: "NORMAL" }).store);
  try {
    say(`queueing, claiming and settling ${each} deliveries in each, in turn`);
    const costs = await runPaired(
      stores.map((store, index) => ({ name: index === 0 ? "empty" : "full", run: (round) => lives(store, { people, round }) })),
      rounds,
    );
    const rate = (name: string): string => Math.round(1e6 / medianOf(costs, "average", name)).toLocaleString("en");
    return {
      lines: [
        {
          name: `Deliveries a second after ${inWords} that ended`,
          against: "an empty outbox",
          figure: ratioOf(costs, "average", "empty", "full"),
          unit: "×",
          target: atLeast(0.75),
        },
      ],
      notes: [
        `Deliveries queued, claimed, marked and settled a second: ${rate("empty")} in an empty outbox, ${rate("full")} after ${inWords} that ended (synchronous=NORMAL).`,
      ],
    };
  } finally {
    for (const store of stores) await store.close();
  }
}

/** Throws if the database holds fewer finished messages than planned, which would make the figure too good. */
function checkEnded(path: string, count: number): void {
  const client = new Database(path, { readonly: true });
  const ended = client.prepare("select count(*) from delivery where state = 'sent'").pluck().get();
  client.close();
  if (ended !== count) throw new Error(`Fill an outbox: ${count} deliveries must have ended in it, and ${String(ended)} have`);
}

/** The time a message for `each` complete lives: queued and claimed in batches, marked and finished one by one. */
async function lives(store: Store, { people, round }: { readonly people: number; readonly round: number }): Promise<Timing> {
  const now = dueIn(round);
  const queued = Array.from({ length: each }, (_, index) => queueing(Math.floor(((index + 0.5) * people) / each), round));
  const { average, typical } = await microsecondsOf(1, async () => {
    for (let from = 0; from < each; from += queuedAtOnce) await store.commit(queued.slice(from, from + queuedAtOnce));
    for (let left = each; left > 0;) {
      const due = await store.claim(now, now.add({ seconds: 90 }), claimedAtOnce, platform as PlatformName);
      if (due.length === 0) throw new Error(`Claim from the outbox: ${left} must be left, and none is`);
      for (const delivery of due) await settle(store, delivery, round);
      left -= due.length;
    }
  });
  return { average: average / each, typical: typical / each };
}

function queueing(person: number, round: number): Change {
  const id = userIdOf(person) as UserId;
  const user = createUser(id, timeZone as TimeZone, dueIn(0));
  const on = dueMonday.add({ weeks: round });
  return {
    kind: "delivery-queued",
    delivery: createDirectMessage({ userId: id, kind: "weekly", dueAt: dueIn(round), localDate: on }, user, on),
  };
}

async function settle(store: Store, message: OutboxMessage, round: number): Promise<void> {
  const { key, fence } = message;
  const userId = isChannelMessage(message) ? undefined : message.userId;
  const at = dueIn(round);
  const sentOn = dueMonday.add({ weeks: round });
  const going = await store.commit([
    { kind: "delivery-sending", key, fence, userId, sentOn, triedAt: at, statedNumbers: { strength: 40, aerobic: 0 } },
  ]);
  const ended = await store.commit([{ kind: "delivery-ended", key, fence, finalState: "sent", reason: undefined, at }]);
  if (going !== "done" || ended !== "done") throw new Error(`Settle "${key}": both commits must be done`);
}
