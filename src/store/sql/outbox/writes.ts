/** Writes of prompts and outbox messages. */

import { and, eq, inArray, lte, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Column, SQL } from "drizzle-orm";
import { type Db, excluded, placeholder, type Write } from "#src/store/sql/statement.ts";
import { isOfVersion } from "#src/store/sql/users/versions.ts";

/** Replaces a user's prompt of one kind. */
export function setPrompt(db: Db, { prompt }: Tables): Write {
  return db
    .insert(prompt)
    .values({
      userId: placeholder("userId"),
      kind: placeholder("kind"),
      dueAt: placeholder("dueAt"),
      on: placeholder("on"),
      since: placeholder("since"),
    })
    .onConflictDoUpdate({
      target: [prompt.userId, prompt.kind],
      set: { dueAt: excluded(prompt.dueAt), on: excluded(prompt.on), since: excluded(prompt.since) },
    })
    .returning({ kind: prompt.kind })
    .prepare();
}

/** Moves a prompt, if its due time, its day and the user's settings are unchanged. */
export function movePrompt(db: Db, { prompt, user }: Tables): Write {
  return db
    .update(prompt)
    .set({ dueAt: sql`${placeholder("dueAt")}`, on: sql`${placeholder("on")}`, since: sql`${placeholder("since")}` })
    .where(
      and(
        eq(prompt.userId, placeholder("userId")),
        eq(prompt.kind, placeholder("kind")),
        eq(prompt.dueAt, placeholder("wasDueAt")),
        eq(prompt.on, placeholder("wasOn")),
        isOfVersion(user, "userId"),
      ),
    )
    .returning({ kind: prompt.kind })
    .prepare();
}

/** Deletes one prompt of a user. */
export function dropPrompt(db: Db, { prompt }: Tables): Write {
  return db
    .delete(prompt)
    .where(and(eq(prompt.userId, placeholder("userId")), eq(prompt.kind, placeholder("kind"))))
    .returning({ kind: prompt.kind })
    .prepare();
}

/** Queues an outbox message whose key is new, in the lane of the platform that sends it. */
export function queueDelivery(db: Db, { delivery }: Tables): Write {
  return db
    .insert(delivery)
    .values({
      key: placeholder("key"),
      userId: placeholder("userId"),
      kind: placeholder("kind"),
      on: placeholder("on"),
      dueAt: placeholder("dueAt"),
      expiresAt: placeholder("expiresAt"),
      state: placeholder("state"),
      nextAt: placeholder("nextAt"),
      fence: placeholder("fence"),
      attempts: placeholder("attempts"),
      triedAt: placeholder("triedAt"),
      sentOn: placeholder("sentOn"),
      told: placeholder("told"),
      why: placeholder("why"),
      endedAt: placeholder("endedAt"),
      groupId: placeholder("groupId"),
      platform: placeholder("platform"),
      address: placeholder("address"),
      message: placeholder("message"),
      shown: placeholder("shown"),
      toPlatform: placeholder("toPlatform"),
      toId: placeholder("toId"),
      says: placeholder("says"),
      via: sql`coalesce(${fixedLane}, (${accountFirst(preferredPlatform)}))`,
      fallback: sql`case when ${fixedLane} is null then (${accountFirst(otherPlatform)}) end`,
    })
    .onConflictDoNothing()
    .returning({ key: delivery.key })
    .prepare();
}

/** The lane of a message to a channel or to one given account; null otherwise. */
const fixedLane = sql`coalesce(cast(${placeholder("platform")} as text), cast(${placeholder("toPlatform")} as text))`;

/** The platform of one of the user's accounts. Reachable accounts come first, then the chosen platform, then the last one used. */
function accountFirst(where: SQL): SQL {
  // JSON escapes a quotation mark in a user's text, so no text of theirs matches the setting.
  const isChosen = sql`case when whose.preferences like '%"messagesOn":"' || theirs.platform || '"%' then 0 else 1 end`;
  return sql`select theirs.platform from account as theirs join "user" as whose on whose.id = theirs.user_id
    where theirs.user_id = ${placeholder("userId")} and ${where}
    order by theirs.dm_reachable desc, ${isChosen}, coalesce(theirs.last_seen_at, 0) desc, theirs.platform, theirs.id limit 1`;
}

const preferredPlatform = sql`1 = 1`;
const otherPlatform = sql`theirs.dm_reachable and theirs.platform <> (${accountFirst(preferredPlatform)})`;

/** Whether the message has not ended and the given fence still holds its lease. */
function held({ delivery }: Tables) {
  return and(
    eq(delivery.key, placeholder("key")),
    eq(delivery.fence, placeholder("fence")),
    inArray(delivery.state, ["queued", "sending"]),
  );
}

/** Marks a message as sending, if no other message went to that user on that day. */
export function sendDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  const other = sql`select 1 from ${delivery} as other where other.user_id = ${placeholder("userId")} and other.sent_on = ${placeholder("sentOn")} and other.key <> ${placeholder("key")}`;
  return db
    .update(delivery)
    .set({
      state: "sending",
      sentOn: sql`${placeholder("sentOn")}`,
      triedAt: sql`${placeholder("triedAt")}`,
      told: sql`${placeholder("told")}`,
    })
    .where(and(held(tables), sql`not exists (${other})`))
    .returning({ key: delivery.key })
    .prepare();
}

/** Queues a message for another attempt. One that may have arrived keeps its state, day and time of the attempt. */
export function postponeDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  const kept = (column: Column, other: SQL) => sql`case when ${placeholder("mayHaveArrived")} = 1 then ${column} else ${other} end`;
  return db
    .update(delivery)
    .set({
      state: kept(delivery.state, sql`'queued'`),
      sentOn: kept(delivery.sentOn, sql`null`),
      triedAt: kept(delivery.triedAt, sql`null`),
      nextAt: sql`${placeholder("nextAt")}`,
      attempts: sql`${placeholder("attempts")}`,
    })
    .where(held(tables))
    .returning({ key: delivery.key })
    .prepare();
}

/** Moves a message to another lane. */
export function routeDelivery(db: Db, tables: Tables): Write {
  return db
    .update(tables.delivery)
    .set({ via: sql`${placeholder("platform")}`, nextAt: sql`${placeholder("nextAt")}` })
    .where(held(tables))
    .returning({ key: tables.delivery.key })
    .prepare();
}

/** Ends messages that have waited in the lane of a platform that runs nowhere. */
export function expireDeliveries(db: Db, { delivery }: Tables): Write {
  const abandoned = db
    .select({ key: delivery.key })
    .from(delivery)
    .where(
      and(
        eq(delivery.via, placeholder("platform")),
        lte(delivery.nextAt, placeholder("before")),
        inArray(delivery.state, ["queued", "sending"]),
      ),
    )
    .limit(placeholder("limit"));
  const isInDoubt = eq(delivery.state, "sending");
  return db
    .update(delivery)
    .set({
      state: sql`case when ${isInDoubt} then 'unknown' else 'expired' end`,
      why: sql`case when ${isInDoubt} then 'in-doubt' else 'late' end`,
      endedAt: sql`${placeholder("at")}`,
      nextAt: null,
      fallback: null,
      says: null,
    })
    .where(inArray(delivery.key, abandoned))
    .returning({ key: delivery.key })
    .prepare();
}

/** Ends a message. It counts for its day only when it was sent or may have been. A live message gets its next check. */
export function endDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  return db
    .update(delivery)
    .set({
      state: sql`${placeholder("end")}`,
      why: sql`${placeholder("why")}`,
      endedAt: sql`${placeholder("at")}`,
      nextAt: sql`${placeholder("until")}`,
      fallback: null,
      message: sql`${placeholder("message")}`,
      shown: sql`${placeholder("shown")}`,
      sentOn: sql`case when ${placeholder("end")} in ('sent', 'unknown') then ${delivery.sentOn} end`,
      says: null,
    })
    .where(held(tables))
    .returning({ key: delivery.key })
    .prepare();
}

/** Stores what a live message shows now. */
export function updateLiveMessage(db: Db, { delivery }: Tables): Write {
  return db
    .update(delivery)
    .set({
      message: sql`${placeholder("message")}`,
      shown: sql`${placeholder("shown")}`,
      attempts: sql`${placeholder("attempts")}`,
      nextAt: sql`${placeholder("nextAt")}`,
    })
    .where(and(eq(delivery.key, placeholder("key")), eq(delivery.fence, placeholder("fence")), eq(delivery.state, "sent")))
    .returning({ key: delivery.key })
    .prepare();
}

/** Stores whether direct messages reach an account. */
export function reachAccount(db: Db, { account }: Tables): Write {
  // SQLite stores flags as numbers. Only the column converts them.
  const flag = (key: "isOpen" | "isTold") => sql`${sql.param(placeholder(key), account[key])}`;
  return db
    .update(account)
    .set({ isOpen: flag("isOpen"), isTold: flag("isTold") })
    .where(and(eq(account.platform, placeholder("platform")), eq(account.id, placeholder("id"))))
    .returning({ id: account.id })
    .prepare();
}

/** Inserts or replaces a note. */
export function keepNote(db: Db, { note }: Tables): Write {
  return db
    .insert(note)
    .values({ name: placeholder("name"), value: placeholder("value") })
    .onConflictDoUpdate({ target: note.name, set: { value: excluded(note.value) } })
    .returning({ name: note.name })
    .prepare();
}
