/** Claims of outbox messages, each from the lane of the platform that sends it. */

import { overdueAfter, type OutboxMessage } from "#core/model/outbox-message.ts";
import { and, asc, eq, gt, inArray, isNotNull, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Lane, OutboxStore } from "#src/ports/outbox.ts";
import type { Column, SQL } from "drizzle-orm";
import { outboxMessageOf } from "./rows.ts";
import { type Db, placeholder, type Values } from "#src/store/sql/statement.ts";

/** The part of the store that claims outbox messages. */
export function claimStore(db: Db, tables: Tables): Pick<OutboxStore, "claim" | "claimOverdue" | "lanes"> {
  const { due, overdue } = prepareClaims(db, tables);
  const nextLane = prepareNextLane(db, tables);
  const take = async ({ isDue, claim }: typeof due, values: Values): Promise<readonly OutboxMessage[]> => {
    const [first] = await isDue.execute(values);
    if (!first) return [];
    const rows = await claim.execute(values);
    return rows.map(outboxMessageOf).toSorted((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt));
  };
  return {
    claim: async (now, until, limit, platform) =>
      await take(due, { platform, now: now.epochMilliseconds, until: until.epochMilliseconds, limit }),
    async claimOverdue(now, until, limit, platform) {
      const before = now.subtract(overdueAfter).epochMilliseconds;
      return await take(overdue, { platform, before, until: until.epochMilliseconds, limit });
    },
    async lanes() {
      const found: Lane[] = [];
      for (;;) {
        const [row] = await nextLane.execute({ after: found.at(-1)?.platform ?? "" });
        if (!row?.platform || row.at === null) return found;
        found.push({ platform: row.platform, nextAt: Temporal.Instant.fromEpochMilliseconds(row.at) });
      }
    },
  };
}

/** The next lane after a given one, and its first due message. One index search, however many messages wait. */
function prepareNextLane(db: Db, { delivery }: Tables) {
  return db
    .select({ platform: delivery.via, at: delivery.nextAt })
    .from(delivery)
    .where(and(gt(delivery.via, placeholder("after")), isNotNull(delivery.nextAt)))
    .orderBy(asc(delivery.via), asc(delivery.nextAt))
    .limit(1)
    .prepare();
}

/** Whether a message in `lane` is due by `time`. */
function isBefore(delivery: Tables["delivery"], lane: Column, time: "now" | "before") {
  const isDue = sql`${lane} = ${placeholder("platform")} and ${delivery.nextAt} <= ${placeholder(time)}`;
  return lane === delivery.fallback ? and(isDue, eq(delivery.state, "queued")) : isDue;
}

/** Claims under a lease. A write that finds nothing still waits for the disk, so a read asks first whether anything is due. */
function prepareClaims(db: Db, { delivery }: Tables) {
  const claims = (lane: Column, time: "now" | "before", adopted: SQL) => {
    const due = (limit: number | ReturnType<typeof placeholder>) =>
      db
        .select({ key: delivery.key })
        .from(delivery)
        .where(isBefore(delivery, lane, time))
        .orderBy(delivery.nextAt)
        .limit(limit);
    return {
      isDue: due(1).prepare(),
      claim: db
        .update(delivery)
        .set({ fence: sql`${delivery.fence} + 1`, nextAt: sql`${placeholder("until")}`, via: adopted })
        .where(inArray(delivery.key, due(placeholder("limit"))))
        .returning()
        .prepare(),
    };
  };
  return {
    due: claims(delivery.via, "now", sql`${delivery.via}`),
    // A message that may have arrived on its own platform is not sent on another.
    overdue: claims(delivery.fallback, "before", sql`${placeholder("platform")}`),
  };
}
