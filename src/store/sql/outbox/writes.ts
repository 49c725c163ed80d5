/** Writes of outbox messages and notes. */

import type { LiveMessage } from "#core/model/outbox-message.ts";
import { and, eq, inArray, lte, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { millisOf } from "#src/store/sql/rows.ts";
import { excluded, type Placeholders, rowOf, setTo, writer, type Writers } from "#src/store/sql/statement.ts";
import type { Column, Placeholder, SQL } from "drizzle-orm";
import { outboxRow } from "./rows.ts";

/** Writers of outbox messages. */
export const outboxWriters = {
  "delivery-queued": writer(
    (change) => outboxRow(change.delivery),
    (db, { delivery }, param) => {
      const fixed = sql`coalesce(cast(${param("platform")} as text), cast(${param("toPlatform")} as text))`;
      const preferred = accountFirst(param("userId"), sql`1 = 1`);
      const other = accountFirst(param("userId"), sql`theirs.dm_reachable and theirs.platform <> (${preferred})`);
      const via = sql`coalesce(${fixed}, (${preferred}))`;
      const fallback = sql`case when ${fixed} is null then (${other}) end`;
      return db
        .insert(delivery)
        .values({ ...rowOf(delivery, param, "via", "fallback"), via, fallback })
        .onConflictDoNothing()
        .returning({ key: delivery.key });
    },
  ),
  "delivery-sending": writer(
    ({ key, fence, userId = null, sentOn, triedAt, statedNumbers: told }) => ({
      key,
      fence,
      userId,
      sentOn: sentOn?.toString() ?? null,
      triedAt: triedAt.epochMilliseconds,
      told: told ? JSON.stringify(told) : null,
    }),
    (db, { delivery }, param) => {
      const other = sql`select 1 from ${delivery} as other where other.user_id = ${param("userId")} and other.sent_on = ${param("sentOn")} and other.key <> ${param("key")}`;
      return db
        .update(delivery)
        .set({ state: "sending", ...setTo(param, "sentOn", "triedAt", "told") })
        .where(and(isHeld(delivery, param), sql`not exists (${other})`))
        .returning({ key: delivery.key });
    },
  ),
  // A message that may have arrived keeps its state, day and time of the attempt.
  "delivery-postponed": writer(
    ({ key, fence, nextAt, attempts, mayHaveArrived }) => {
      return { key, fence, nextAt: nextAt.epochMilliseconds, attempts, mayHaveArrived: Number(mayHaveArrived) };
    },
    (db, { delivery }, param) => {
      const kept = (column: Column, other: SQL) => sql`case when ${param("mayHaveArrived")} = 1 then ${column} else ${other} end`;
      return db
        .update(delivery)
        .set({
          state: kept(delivery.state, sql`'queued'`),
          sentOn: kept(delivery.sentOn, sql`null`),
          triedAt: kept(delivery.triedAt, sql`null`),
          ...setTo(param, "nextAt", "attempts"),
        })
        .where(isHeld(delivery, param))
        .returning({ key: delivery.key });
    },
  ),
  "delivery-routed": writer(
    ({ key, fence, platform, nextAt }) => ({ key, fence, via: platform, nextAt: nextAt.epochMilliseconds }),
    (db, { delivery }, param) =>
      db
        .update(delivery)
        .set(setTo(param, "via", "nextAt"))
        .where(isHeld(delivery, param))
        .returning({ key: delivery.key }),
  ),
  "deliveries-expired": writer(
    ({ platform, before, at, limit }) => ({ platform, before: before.epochMilliseconds, at: at.epochMilliseconds, limit }),
    (db, { delivery }, param) => {
      const isAbandoned = and(eq(delivery.via, param("platform")), lte(delivery.nextAt, param("before")), isUnfinished(delivery));
      const abandoned = db.select({ key: delivery.key }).from(delivery).where(isAbandoned).limit(param("limit"));
      const isInDoubt = eq(delivery.state, "sending");
      return db
        .update(delivery)
        .set({
          state: sql`case when ${isInDoubt} then 'unknown' else 'expired' end`,
          why: sql`case when ${isInDoubt} then 'in-doubt' else 'late' end`,
          endedAt: sql`${param("at")}`,
          nextAt: null,
          fallback: null,
          says: null,
        })
        .where(inArray(delivery.key, abandoned))
        .returning({ key: delivery.key });
    },
  ),
  // The message counts for its day only when it was sent or may have been. A live message gets its next check.
  "delivery-ended": writer(
    ({ key, fence, finalState: state, reason: why = null, at, liveMessage }) => {
      return {
        key,
        fence,
        state,
        why,
        endedAt: at.epochMilliseconds,
        nextAt: millisOf(liveMessage?.until),
        ...liveMessageValues(liveMessage),
      };
    },
    (db, { delivery }, param) =>
      db
        .update(delivery)
        .set({
          ...setTo(param, "state", "why", "endedAt", "nextAt", "message", "shown"),
          fallback: null,
          sentOn: sql`case when ${param("state")} in ('sent', 'unknown') then ${delivery.sentOn} end`,
          says: null,
        })
        .where(isHeld(delivery, param))
        .returning({ key: delivery.key }),
  ),
  "delivery-updated": writer(
    ({ key, fence, liveMessage, attempts, nextAt }) => {
      return { key, fence, ...liveMessageValues(liveMessage), attempts, nextAt: millisOf(nextAt) };
    },
    (db, { delivery }, param) =>
      db
        .update(delivery)
        .set(setTo(param, "message", "shown", "attempts", "nextAt"))
        .where(and(isClaim(delivery, param), eq(delivery.state, "sent")))
        .returning({ key: delivery.key }),
  ),
  noted: writer(
    ({ name, value }) => ({ name, value }),
    (db, { note }, param) =>
      db
        .insert(note)
        .values(rowOf(note, param))
        .onConflictDoUpdate({ target: note.name, set: excluded(note, "value") })
        .returning({ name: note.name }),
  ),
} satisfies Partial<Writers>;

function liveMessageValues(shown: LiveMessage | undefined) {
  return { message: shown?.messageId ?? null, shown: shown?.contentHash ?? null };
}

/** The platform of one of the user's accounts. Reachable accounts come first, then the chosen platform, then the last one used. */
function accountFirst(userId: Placeholder, where: SQL): SQL {
  // JSON escapes a quotation mark in a user's text, so no text of theirs matches the setting.
  const isChosen = sql`case when whose.preferences like '%"messagesOn":"' || theirs.platform || '"%' then 0 else 1 end`;
  return sql`select theirs.platform from account as theirs join "user" as whose on whose.id = theirs.user_id
    where theirs.user_id = ${userId} and ${where}
    order by theirs.dm_reachable desc, ${isChosen}, coalesce(theirs.last_seen_at, 0) desc, theirs.platform, theirs.id limit 1`;
}

type Claim = Placeholders<{ readonly key: string; readonly fence: number }>;

/** Whether the given fence is that of the message's last claim. */
function isClaim({ key, fence }: Tables["delivery"], param: Claim) {
  return and(eq(key, param("key")), eq(fence, param("fence")));
}

function isUnfinished({ state }: Tables["delivery"]) {
  return inArray(state, ["queued", "sending"]);
}

/** Whether the message has not ended and the given fence still holds its lease. */
function isHeld(delivery: Tables["delivery"], param: Claim) {
  return and(isClaim(delivery, param), isUnfinished(delivery));
}
