/** How prompts and deliveries are written. */

import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Column, SQL } from "drizzle-orm";
import { type Db, excluded, given, type Write } from "#src/store/sql/statement.ts";
import { isOfVersion } from "#src/store/sql/users/versions.ts";

const { and, eq, inArray, lte, sql } = load("drizzle-orm");

/** Replaces a person's prompt of one kind. */
export function setPrompt(db: Db, { prompt }: Tables): Write {
  return db
    .insert(prompt)
    .values({ userId: given("userId"), kind: given("kind"), dueAt: given("dueAt"), on: given("on"), since: given("since") })
    .onConflictDoUpdate({
      target: [prompt.userId, prompt.kind],
      set: { dueAt: excluded(prompt.dueAt), on: excluded(prompt.on), since: excluded(prompt.since) },
    })
    .returning({ kind: prompt.kind })
    .prepare("prompt-set");
}

/** Moves a prompt that is as it was. */
export function movePrompt(db: Db, { prompt, user }: Tables): Write {
  return db
    .update(prompt)
    .set({ dueAt: sql`${given("dueAt")}`, on: sql`${given("on")}`, since: sql`${given("since")}` })
    .where(
      and(
        eq(prompt.userId, given("userId")),
        eq(prompt.kind, given("kind")),
        eq(prompt.dueAt, given("wasDueAt")),
        eq(prompt.on, given("wasOn")),
        isOfVersion(user, "userId"),
      ),
    )
    .returning({ kind: prompt.kind })
    .prepare("prompt-moved");
}

/** Takes one prompt of a person away. */
export function dropPrompt(db: Db, { prompt }: Tables): Write {
  return db
    .delete(prompt)
    .where(and(eq(prompt.userId, given("userId")), eq(prompt.kind, given("kind"))))
    .returning({ kind: prompt.kind })
    .prepare("prompt-dropped");
}

/** Queues a delivery whose key does not stand yet, in the lane of the platform that sends it. */
export function queueDelivery(db: Db, { delivery }: Tables): Write {
  return db
    .insert(delivery)
    .values({
      key: given("key"),
      userId: given("userId"),
      kind: given("kind"),
      on: given("on"),
      dueAt: given("dueAt"),
      expiresAt: given("expiresAt"),
      state: given("state"),
      nextAt: given("nextAt"),
      fence: given("fence"),
      attempts: given("attempts"),
      triedAt: given("triedAt"),
      sentOn: given("sentOn"),
      told: given("told"),
      why: given("why"),
      endedAt: given("endedAt"),
      groupId: given("groupId"),
      platform: given("platform"),
      address: given("address"),
      message: given("message"),
      shown: given("shown"),
      toPlatform: given("toPlatform"),
      toId: given("toId"),
      says: given("says"),
      via: sql`coalesce(${fixedLane}, (${accountFirst(preferredPlatform)}))`,
      fallback: sql`case when ${fixedLane} is null then (${accountFirst(otherPlatform)}) end`,
    })
    .onConflictDoNothing()
    .returning({ key: delivery.key })
    .prepare("delivery-queued");
}

/** Where it is for a channel or for one account. */
const fixedLane = sql`coalesce(cast(${given("platform")} as text), cast(${given("toPlatform")} as text))`;

/** The platform of one of the person's accounts: the one that takes messages, then the one that they chose, then where they spoke last. */
function accountFirst(where: SQL): SQL {
  // Within JSON a quotation mark that somebody typed has a backslash before it, so that no word of theirs reads like the setting.
  const isChosen = sql`case when whose.preferences like '%"messagesOn":"' || theirs.platform || '"%' then 0 else 1 end`;
  return sql`select theirs.platform from account as theirs join "user" as whose on whose.id = theirs.user_id
    where theirs.user_id = ${given("userId")} and ${where}
    order by theirs.is_open desc, ${isChosen}, coalesce(theirs.heard_at, 0) desc, theirs.platform, theirs.id limit 1`;
}

const preferredPlatform = sql`1 = 1`;
const otherPlatform = sql`theirs.is_open and theirs.platform <> (${accountFirst(preferredPlatform)})`;

/** Whoever holds this claim of a delivery that has not ended. */
function held({ delivery }: Tables) {
  return and(eq(delivery.key, given("key")), eq(delivery.fence, given("fence")), inArray(delivery.state, ["queued", "sending"]));
}

/** Marks a delivery as on its way, where nothing else went out to that person on that day. */
export function sendDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  const other = sql`select 1 from ${delivery} as other where other.user_id = ${given("userId")} and other.sent_on = ${given("sentOn")} and other.key <> ${given("key")}`;
  return db
    .update(delivery)
    .set({ state: "sending", sentOn: sql`${given("sentOn")}`, triedAt: sql`${given("triedAt")}`, told: sql`${given("told")}` })
    .where(and(held(tables), sql`not exists (${other})`))
    .returning({ key: delivery.key })
    .prepare("delivery-sending");
}

/** Puts a delivery back among those that wait. What may have arrived keeps when that was. */
export function postponeDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  const kept = (column: Column, other: SQL) => sql`case when ${given("mayHaveArrived")} = 1 then ${column} else ${other} end`;
  return db
    .update(delivery)
    .set({
      state: kept(delivery.state, sql`'queued'`),
      sentOn: kept(delivery.sentOn, sql`null`),
      triedAt: kept(delivery.triedAt, sql`null`),
      nextAt: sql`${given("nextAt")}`,
      attempts: sql`${given("attempts")}`,
    })
    .where(held(tables))
    .returning({ key: delivery.key })
    .prepare("delivery-postponed");
}

/** Puts a delivery into another lane. */
export function routeDelivery(db: Db, tables: Tables): Write {
  return db
    .update(tables.delivery)
    .set({ via: sql`${given("platform")}`, nextAt: sql`${given("nextAt")}` })
    .where(held(tables))
    .returning({ key: tables.delivery.key })
    .prepare("delivery-routed");
}

/** Ends what has waited in a lane from which nobody takes. */
export function expireDeliveries(db: Db, { delivery }: Tables): Write {
  const abandoned = db
    .select({ key: delivery.key })
    .from(delivery)
    .where(and(eq(delivery.via, given("platform")), lte(delivery.nextAt, given("before")), inArray(delivery.state, ["queued", "sending"])))
    .limit(given("limit"));
  const isInDoubt = eq(delivery.state, "sending");
  return db
    .update(delivery)
    .set({
      state: sql`case when ${isInDoubt} then 'unknown' else 'expired' end`,
      why: sql`case when ${isInDoubt} then 'in-doubt' else 'late' end`,
      endedAt: sql`${given("at")}`,
      nextAt: null,
      fallback: null,
      says: null,
    })
    .where(inArray(delivery.key, abandoned))
    .returning({ key: delivery.key })
    .prepare("deliveries-expired");
}

/** Ends a delivery. Only what went out, or may have, counts for its day. A live message is checked again. */
export function endDelivery(db: Db, tables: Tables): Write {
  const { delivery } = tables;
  return db
    .update(delivery)
    .set({
      state: sql`${given("end")}`,
      why: sql`${given("why")}`,
      endedAt: sql`${given("at")}`,
      nextAt: sql`${given("until")}`,
      fallback: null,
      message: sql`${given("message")}`,
      shown: sql`${given("shown")}`,
      sentOn: sql`case when ${given("end")} in ('sent', 'unknown') then ${delivery.sentOn} end`,
      says: null,
    })
    .where(held(tables))
    .returning({ key: delivery.key })
    .prepare("delivery-ended");
}

/** Stores what a live message shows now. */
export function updateLiveMessage(db: Db, { delivery }: Tables): Write {
  return db
    .update(delivery)
    .set({
      message: sql`${given("message")}`,
      shown: sql`${given("shown")}`,
      attempts: sql`${given("attempts")}`,
      nextAt: sql`${given("nextAt")}`,
    })
    .where(and(eq(delivery.key, given("key")), eq(delivery.fence, given("fence")), eq(delivery.state, "sent")))
    .returning({ key: delivery.key })
    .prepare("delivery-updated");
}

/** Keeps whether messages reach an account. */
export function reachAccount(db: Db, { account }: Tables): Write {
  // SQLite stores flags as numbers, and only the column knows.
  const flag = (key: "isOpen" | "isTold") => sql`${sql.param(given(key), account[key])}`;
  return db
    .update(account)
    .set({ isOpen: flag("isOpen"), isTold: flag("isTold") })
    .where(and(eq(account.platform, given("platform")), eq(account.id, given("id"))))
    .returning({ id: account.id })
    .prepare("account-reached");
}

/** Replaces a note. */
export function keepNote(db: Db, { note }: Tables): Write {
  return db
    .insert(note)
    .values({ name: given("name"), value: given("value") })
    .onConflictDoUpdate({ target: note.name, set: { value: excluded(note.value) } })
    .returning({ name: note.name })
    .prepare("noted");
}
