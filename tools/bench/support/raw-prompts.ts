/** The floor of prompts and outbox messages: the least cost of evaluating and claiming, in bare SQL without our code. */

import { setImmediate } from "node:timers/promises";
import { platform } from "./people.ts";
import type { Durability } from "./raw.ts";
import { openBare } from "./raw.ts";
import { dueIn, dueMonday } from "./waiting.ts";

/** Bare statements that read and write the same rows in the same transactions, and yield as often. */
export type RawPrompts = {
  /** Queries due prompts and messages, an hour before anything is due. */
  idle(): void;
  /** Moves all prompts of week number `week` on, and queues a message for each. */
  look(week: number): Promise<void>;
  /** Claims at most `limit` queued messages, and returns their number. */
  claim(limit: number): number;
  close(): void;
};

type DueRow = { readonly user_id: string; readonly kind: string; readonly due_at: number; readonly local_date: string };

/** All values of one round, computed once: dates are no part of the floor. */
type Week = { readonly at: number; readonly next: number; readonly on: string; readonly expires: number };

/** The coach's batch size. */
const atOnce = 25;

const delivered =
  "key, user_id, kind, local_date, due_at, expires_at, state, next_at, fence, attempts, tried_at, sent_on, stated_numbers, reason, ended_at, lane";

/** The floor on the database at `path`. */
export function openRawPrompts(path: string, synchronous: Durability): RawPrompts {
  const client = openBare(path, synchronous);
  const due = client.prepare<[number, number], DueRow>(
    `select prompt.user_id, kind, due_at, local_date, user.id, joined_at, time_zone, first_day, preferences
     from prompt join user on user.id = prompt.user_id where due_at <= ? order by due_at limit ?`,
  );
  const latest = client.prepare("select * from session where user_id = ? order by day desc, logged_at desc, id desc limit 1 offset 0");
  const move = client.prepare(
    "update prompt set due_at = ?, local_date = ? where user_id = ? and kind = ? and due_at = ? and local_date = ? returning kind",
  );
  const queue = client.prepare(
    `insert into delivery (${delivered}) values (?, ?, ?, ?, ?, ?, 'queued', ?, 0, 0, null, null, null, null, null, '${platform}') on conflict do nothing returning key`,
  );
  const isDue = client.prepare(`select key from delivery where lane = '${platform}' and next_at <= ? limit 1`);
  const claim = client.prepare(
    `update delivery set fence = fence + 1, next_at = ? where key in (select key from delivery where lane = '${platform}' and next_at <= ? order by next_at limit ?) returning ${delivered}`,
  );
  const write = client.transaction((rows: readonly DueRow[], { next, on, expires }: Week) => {
    for (const { user_id: id, kind, due_at: was, local_date: wasOn } of rows) {
      move.all(next, on, id, kind, was, wasOn);
      queue.all(`${kind} ${id} ${wasOn}`, id, kind, wasOn, was, expires, was);
    }
  });
  const before = dueIn(0).subtract({ hours: 1 }).epochMilliseconds;
  const [queued, lease] = [dueIn(100).epochMilliseconds, dueIn(200).epochMilliseconds];
  return {
    idle() {
      if (due.all(before, atOnce).length + isDue.all(before).length > 0) throw new Error("Look for what is due: nothing may be");
    },
    async look(number) {
      const week = weekOf(number);
      for (;;) {
        const rows = due.all(week.at, atOnce);
        if (rows.length === 0) return;
        for (const { user_id: id } of rows) latest.all(id);
        write.immediate(rows, week);
        await setImmediate();
      }
    },
    claim: (limit) => (isDue.all(queued).length > 0 ? claim.all(lease, queued, limit).length : 0),
    close: () => void client.close(),
  };
}

function weekOf(number: number): Week {
  const at = dueIn(number);
  const next = dueIn(number + 1).epochMilliseconds;
  const on = dueMonday.add({ weeks: number }).toString();
  return { at: at.epochMilliseconds, next, on, expires: at.add({ hours: 48 }).epochMilliseconds };
}
