/** The floor of prompts and deliveries: the least that looking and claiming can cost, in bare SQL without any of our code. */

import Database from "better-sqlite3";
import { dueIn, dueMonday } from "./waiting.ts";

/** Bare statements that do the same. */
export type RawPrompts = { idle(): void; lookAt(week: number): void; claim(limit: number): number; close(): void };

type DueRow = { readonly user_id: string; readonly on_day: string };

/** The same rows on the database at `path`, read and written in the same transactions, without any of our code. */
export function openRawPrompts(path: string): RawPrompts {
  const client = new Database(path);
  client.pragma("synchronous = NORMAL");
  client.pragma("foreign_keys = ON");
  client.pragma("wal_autocheckpoint = 4000");
  const due = client.prepare<[number, number], DueRow>(
    "select prompt.*, user.* from prompt join user on user.id = prompt.user_id where due_at <= ? and kind = 'weekly' order by due_at limit ?",
  );
  const latest = client.prepare("select * from session where user_id = ? order by day desc, logged_at desc, id desc limit 1");
  const move = client.prepare(
    "update prompt set due_at = ?, on_day = ? where user_id = ? and kind = 'weekly' and due_at <= ? returning kind",
  );
  const queue = client.prepare(
    `insert into delivery (key, user_id, kind, on_day, due_at, expires_at, state, next_at, fence, attempts) values (?, ?, 'weekly', ?, ?, ?, 'queued', ?, 0, 0)
     on conflict do nothing returning key`,
  );
  const claim = client.prepare(
    "update delivery set fence = fence + 1, next_at = ? where key in (select key from delivery where next_at <= ? order by next_at limit ?) returning *",
  );
  const write = client.transaction((rows: readonly DueRow[], at: number, week: number) => {
    for (const { user_id: id, on_day: on } of rows) {
      move.all(dueIn(week + 1).epochMilliseconds, dueMonday.add({ weeks: week }).toString(), id, at);
      queue.all(`weekly ${id} ${on}`, id, on, at, at, at);
    }
  });
  return {
    idle() {
      due.all(0, 50);
      claim.all(0, 0, 48);
    },
    lookAt(week) {
      const at = dueIn(week).epochMilliseconds;
      for (;;) {
        const rows = due.all(at, 25);
        if (rows.length === 0) return;
        for (const { user_id: id } of rows) latest.all(id);
        write.immediate(rows, at, week);
      }
    },
    claim: (limit) => claim.all(dueIn(2000).epochMilliseconds, dueIn(20).epochMilliseconds, limit).length,
    close: () => void client.close(),
  };
}
