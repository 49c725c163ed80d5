/** An outbox that filled up while the program did not run. */

import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { z } from "zod";

/** Queues one notice for each account of `ids` on `platform`. Notices are sent at any hour. */
export async function queueNotices(path: string, platform: string, ids: readonly string[]): Promise<void> {
  const { store } = openSqlite({ path });
  const now = Temporal.Now.instant().round("millisecond");
  const changes = ids.flatMap((id, place): readonly Change[] => {
    const user = createUser(`0192f0c0-0000-7000-8000-${String(place).padStart(12, "0")}` as UserId, "UTC" as TimeZone, now);
    return [
      { kind: "user-saved", user },
      { kind: "account-linked", account: { platform: platform as PlatformName, id, name: id }, userId: user.id },
      { kind: "delivery-queued", delivery: createNotice("parted", user, { id: String(place), now }) },
    ];
  });
  await store.commit(changes);
  await store.close();
}

const rowShape = z.array(z.object({ state: z.string(), isFree: z.number(), count: z.number() }));

/** Counts outbox messages by state. Queued ones that are due count as "free". */
export function countDeliveries(path: string): Readonly<Record<string, number>> {
  const client = new Database(path, { readonly: true });
  const sql = "SELECT state, state = 'queued' AND next_at <= ? AS isFree, count(*) AS count FROM delivery GROUP BY 1, 2";
  const rows = rowShape.parse(client.prepare(sql).all(Temporal.Now.instant().epochMilliseconds));
  client.close();
  return Object.fromEntries(rows.map(({ state, isFree, count }) => [isFree === 1 ? "free" : state, count]));
}
