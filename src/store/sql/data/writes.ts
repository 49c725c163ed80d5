/** Writes for deduplication, imports, erasure and retention. */

import type { ChangeOf } from "#core/model/changes/index.ts";
import type { RetentionDelete } from "#core/model/changes/retention.ts";
import { and, eq, inArray, isNotNull, isNull, lt, sql, or } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { answerValues, noAnswer } from "#src/store/sql/outbox/unanswered-rows.ts";
import { userRow } from "#src/store/sql/rows.ts";
import { type Db, type Placeholders, rowOf, writer, type Writers } from "#src/store/sql/statement.ts";
import { isOfVersion } from "#src/store/sql/users/versions.ts";
import type { Placeholder, SQL } from "drizzle-orm";
import type { AnySQLiteColumn } from "drizzle-orm/sqlite-core";

/** Writers of inbound messages, imports, erasure and retention. */
export const dataWriters = {
  "inbound-seen": writer(seenValues, seeInbound),
  "user-forgotten": writer(({ userId }) => ({ userId }), forgetUser),
  "import-staged": writer(
    ({ user, of }) => ({ ...userRow(user), partOf: of }),
    (db, { user }, param) =>
      db.insert(user).values(rowOf(user, param, "pending", "version")).onConflictDoNothing().returning({ id: user.id }),
  ),
  "import-applied": writer(
    ({ id }) => ({ id }),
    (db, { user, session }, param) =>
      db
        .update(user)
        .set({ pending: "shown" })
        .where(and(eq(user.id, param("id")), isStill(user), holdsSome(session, eq(session.userId, param("id")))))
        .returning({ id: user.id }),
  ),
  "import-reverted": writer(
    ({ id, userId }) => ({ id, userId }),
    (db, { user, session }, param) => {
      const isShown = and(eq(session.userId, param("userId")), eq(session.batch, param("id")));
      return db
        .update(user)
        .set({ pending: "hidden" })
        .where(and(eq(user.id, param("id")), isStill(user), holdsSome(session, isShown)))
        .returning({ id: user.id });
    },
  ),
  "imports-discarded": writer(
    ({ userId }) => ({ userId }),
    (db, tables, param) =>
      db
        .update(tables.user)
        .set({ pending: "gone" })
        .where(and(eq(tables.user.partOf, param("userId")), isNull(tables.user.pending), isLoose(tables)))
        .returning({ id: tables.user.id }),
  ),
  "inbounds-purged": writer(oldest, (db, { inbound }, param) => {
    return deleteSome(db, inbound.source, lt(inbound.seenAt, param("before")), param("limit"));
  }),
  // The inbound messages of unanswered replies stay recorded.
  "answers-purged": writer(oldest, (db, { inbound }, param) => {
    const isOld = and(isNotNull(inbound.answer), lt(inbound.seenAt, param("before")));
    const old = db.select({ source: inbound.source }).from(inbound).where(isOld).limit(param("limit"));
    return db.update(inbound).set(noAnswer).where(inArray(inbound.source, old)).returning({ source: inbound.source });
  }),
  // A live message that is still updated stays: it has a `nextAt`.
  "deliveries-purged": writer(oldest, (db, { delivery }, param) => {
    return deleteSome(db, delivery.key, and(lt(delivery.endedAt, param("before")), isNull(delivery.nextAt)), param("limit"));
  }),
  "link-codes-purged": writer(oldest, (db, { linkCode: code }, param) => {
    return deleteSome(db, code.userId, sql`coalesce(${code.expiresAt}, 0) < ${param("before")}`, param("limit"));
  }),
  "wrong-codes-purged": writer(oldest, (db, { codeTry }, param) => {
    return deleteSome(db, codeTry.account, lt(codeTry.until, param("before")), param("limit"));
  }),
  // Marks imports as gone that were never confirmed, or that were reverted and can no longer be restored. Users who were linked away stay.
  "detached-purged": writer(oldest, (db, tables, param) => {
    const { user } = tables;
    const isOld = and(isNotNull(user.partOf), isNull(user.pending), lt(user.joinedAt, param("before")), isLoose(tables));
    const old = db.select({ id: user.id }).from(user).where(isOld).limit(param("limit"));
    return db.update(user).set({ pending: "gone" }).where(inArray(user.id, old)).returning({ id: user.id });
  }),
} satisfies Partial<Writers>;

function seenValues({ source, also = source, at, from, answer }: ChangeOf<"inbound-seen">) {
  const { platform = null, id = null } = from?.account ?? {};
  const speaker = from === undefined ? "any" : from.userId === undefined ? "nobody" : "somebody";
  const { userId = null, version = null } = from ?? {};
  return { source, also, seenAt: at.epochMilliseconds, speaker, platform, id, userId, version, ...answerValues(answer) };
}

/** Records an inbound message that is new, if its account still has the same owner and the settings the same version. */
function seeInbound(db: Db, { inbound, account, user }: Tables, param: Placeholders<ReturnType<typeof seenValues>>) {
  const theirs = sql`select 1 from ${account} where ${account.platform} = ${param("platform")} and ${account.id} = ${param("id")}`;
  const isTrue = sql`case ${param("speaker")} when 'any' then 1 = 1 when 'nobody' then not exists (${theirs})
    else exists (${theirs} and ${account.userId} = ${param("userId")}) and ${isOfVersion(user, param("userId"), param("version"))} end`;
  const isNew = sql`${isTrue} and not exists (select 1 from ${inbound} where ${inbound.source} in (${param("source")}, ${param("also")}))`;
  const answer = sql`cast(${param("owner")} as text), cast(${param("answer")} as text), cast(${param("answerAt")} as bigint)`;
  const noted = (id: "source" | "also") =>
    sql`select ${param(id)}, cast(${param("seenAt")} as bigint), ${id === "source" ? answer : sql`null, null, null`} where ${isNew}`;
  return db
    .insert(inbound)
    .select(sql`${noted("source")} union all ${noted("also")}`)
    .onConflictDoNothing()
    .returning({ source: inbound.source });
}

/**
 * Marks the user and its detached users as gone, and deletes all of their rows but the sessions. The sessions follow in slices; the user
 * goes with the last one.
 */
function forgetUser(db: Db, tables: Tables, param: Placeholders<{ readonly userId: string }>) {
  const { user, inbound, account, act, question, prompt, delivery, linkCode, member, cheer } = tables;
  const isTheirs = or(eq(user.id, param("userId")), eq(user.partOf, param("userId")));
  const ids = db.select({ id: user.id }).from(user).where(isTheirs);
  const owned = [account, act, question, prompt, delivery, linkCode, member, cheer] as const;
  return [
    db
      .update(user)
      .set({ pending: "gone", preferences: "{}" })
      .where(and(isTheirs, isStill(user)))
      .returning({ id: user.id }),
    ...owned.map((table) => db.delete(table).where(inArray(table.userId, ids)).returning({ userId: table.userId })),
    db
      .update(inbound)
      .set(noAnswer)
      .where(and(isNotNull(inbound.answer), inArray(inbound.userId, ids)))
      .returning({ source: inbound.source }),
  ];
}

function oldest({ before, limit }: RetentionDelete) {
  return { before: before.epochMilliseconds, limit };
}

/** Deletes at most `limit` rows with `isOld` from the table of their `key`. */
function deleteSome(db: Db, key: AnySQLiteColumn, isOld: SQL | undefined, limit: Placeholder) {
  const old = db.select({ key }).from(key.table).where(isOld).limit(limit);
  return db.delete(key.table).where(inArray(key, old)).returning({ key });
}

/** Whether the user is not yet marked as gone. */
function isStill({ pending }: Tables["user"]) {
  return sql`coalesce(${pending}, '') <> 'gone'`;
}

function holdsSome(session: Tables["session"], where: ReturnType<typeof and>) {
  return sql`exists (select 1 from ${session} where ${where})`;
}

/** Whether a detached user belongs to no linked account, and is no import that `/undo` could restore. */
function isLoose({ user, account, act }: Tables) {
  const isLinked = sql`exists (select 1 from ${account} where ${account.userId} = ${user.partOf} and ${account.origin} = ${user.id})`;
  const isLast = sql`exists (select 1 from ${act} where ${act.userId} = ${user.partOf} and ${act.batch} = ${user.id})`;
  return sql`not ${isLinked} and not ${isLast}`;
}
