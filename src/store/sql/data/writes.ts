/** Writes for deduplication, imports, erasure and retention. */

import type { Change } from "#core/model/changes/index.ts";
import type { UserDataChange } from "#core/model/changes/user-data.ts";
import { and, eq, inArray, isNotNull, isNull, lt, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { digestOf } from "#src/store/sql/digest.ts";
import { prepareLinkWrites } from "#src/store/sql/linking/writes.ts";
import { answerValues, noAnswer, purgeAnswers } from "#src/store/sql/outbox/unanswered-rows.ts";
import { userRow } from "#src/store/sql/rows.ts";
import { type Db, placeholder, type Values, type Write } from "#src/store/sql/statement.ts";
import { isOfVersion } from "#src/store/sql/users/versions.ts";

/** The values of an inbound message. */
export function seenValues({ source, also = source, at, from, answer }: Extract<Change, { readonly kind: "inbound-seen" }>): Values {
  const { platform = null, id = null } = from?.account ?? {};
  const speaker = from === undefined ? "any" : from.userId === undefined ? "nobody" : "somebody";
  const { userId = null, version = null } = from ?? {};
  return { source, also, seenAt: at.epochMilliseconds, speaker, platform, id, userId, version, ...answerValues(answer) };
}

/** Records an inbound message that is new, if its account still has the same owner and the settings the same version. */
export function seeInbound(db: Db, { inbound, account, user }: Tables): Write {
  const theirs = sql`select 1 from ${account} where ${account.platform} = ${placeholder("platform")} and ${account.id} = ${placeholder("id")}`;
  const isTrue = sql`case ${placeholder("speaker")} when 'any' then 1 = 1 when 'nobody' then not exists (${theirs})
    else exists (${theirs} and ${account.userId} = ${placeholder("userId")}) and ${isOfVersion(user, "userId")} end`;
  const isNew = sql`${isTrue} and not exists (select 1 from ${inbound} where ${inbound.source} in (${placeholder("source")}, ${placeholder("also")}))`;
  const answer = sql`cast(${placeholder("owner")} as text), cast(${placeholder("answer")} as text), cast(${placeholder("answerAt")} as bigint)`;
  const noted = (id: "source" | "also") =>
    sql`select ${placeholder(id)}, cast(${placeholder("seenAt")} as bigint), ${id === "source" ? answer : sql`null, null, null`} where ${isNew}`;
  return db
    .insert(inbound)
    .select(sql`${noted("source")} union all ${noted("also")}`)
    .onConflictDoNothing()
    .returning({ source: inbound.source })
    .prepare();
}

/** Whether an account belongs to the user in placeholder `key`; true when that is null. */
export function isStillOf({ userId }: Tables["account"], key: string) {
  return sql`(cast(${placeholder(key)} as text) is null or ${userId} = ${placeholder(key)})`;
}

/** A change as the values of its statement. */
export function userDataValues(change: UserDataChange): Values {
  switch (change.kind) {
    case "user-forgotten":
    case "link-code-dropped":
    case "imports-discarded":
      return { userId: change.userId };
    case "import-staged":
      return { ...userRow(change.user), partOf: change.of };
    case "import-applied":
    case "import-reverted":
    case "session-set-aside":
      return { id: change.id, userId: change.userId };
    case "session-restored":
      return { id: change.id, userId: change.userId, to: change.to };
    case "users-linked":
      return { from: change.from, to: change.to };
    case "user-unlinked":
      return { from: change.userId, to: change.originalOwnerId };
    case "account-seen":
      return { platform: change.account.platform, id: change.account.id, at: change.at.epochMilliseconds };
    case "link-code-made": {
      const { userId, hash, account, expiresAt } = change.code;
      return { userId, hash, platform: account.platform, accountId: account.id, expiresAt: expiresAt.epochMilliseconds };
    }
    case "link-code-used":
      return { userId: change.userId, hash: change.hash };
    case "wrong-code-entered":
      return { account: digestOf(change.account), at: change.at.epochMilliseconds, until: change.until.epochMilliseconds };
    case "deliveries-expired":
      return {
        platform: change.platform,
        before: change.before.epochMilliseconds,
        at: change.at.epochMilliseconds,
        limit: change.limit,
      };
    case "inbounds-purged":
    case "answers-purged":
    case "deliveries-purged":
    case "link-codes-purged":
    case "wrong-codes-purged":
    case "detached-purged":
      return { before: change.before.epochMilliseconds, limit: change.limit };
  }
}

/** The statements of these changes, prepared once. */
export function prepareUserDataWrites(db: Db, tables: Tables) {
  return {
    ...preparePurges(db, tables),
    ...prepareBatches(db, tables),
    ...prepareLinkWrites(db, tables),
    "user-forgotten": prepareForgetting(db, tables),
  };
}

/**
 * Marks the user and its detached users as gone, and deletes all of their rows but the sessions. The sessions follow in slices; the user
 * goes with the last one.
 */
function prepareForgetting(db: Db, tables: Tables): readonly Write[] {
  const { user, account, act, question, prompt, delivery, linkCode, member, cheer } = tables;
  const isTheirs = or(eq(user.id, placeholder("userId")), eq(user.partOf, placeholder("userId")));
  const ids = db.select({ id: user.id }).from(user).where(isTheirs);
  const owned = { account, act, question, prompt, delivery, linkCode, member, cheer } as const;
  const first = db
    .update(user)
    .set({ pending: "gone", preferences: "{}" })
    .where(and(isTheirs, isStill(user)))
    .returning({ id: user.id })
    .prepare();
  const others = Object.values(owned).map((table) =>
    db.delete(table).where(inArray(table.userId, ids)).returning({ userId: table.userId }).prepare(),
  );
  const answers = db
    .update(tables.inbound)
    .set(noAnswer)
    .where(and(isNotNull(tables.inbound.answer), inArray(tables.inbound.userId, ids)))
    .returning({ source: tables.inbound.source })
    .prepare();
  return [first, ...others, answers];
}

/** Whether the user is not yet marked as gone. */
function isStill({ pending }: Tables["user"]) {
  return sql`coalesce(${pending}, '') <> 'gone'`;
}

function preparePurges(db: Db, tables: Tables) {
  const { inbound, delivery, linkCode: code, codeTry } = tables;
  const oldInbounds = db
    .select({ source: inbound.source })
    .from(inbound)
    .where(lt(inbound.seenAt, placeholder("before")))
    .limit(placeholder("limit"));
  const oldDeliveries = db
    .select({ key: delivery.key })
    .from(delivery)
    // A live message that is still updated stays: it has a `nextAt`.
    .where(and(lt(delivery.endedAt, placeholder("before")), isNull(delivery.nextAt)))
    .limit(placeholder("limit"));
  const oldCodes = db
    .select({ userId: code.userId })
    .from(code)
    .where(sql`coalesce(${code.expiresAt}, 0) < ${placeholder("before")}`)
    .limit(placeholder("limit"));
  const oldTries = db
    .select({ account: codeTry.account })
    .from(codeTry)
    .where(lt(codeTry.until, placeholder("before")))
    .limit(placeholder("limit"));
  return {
    "inbounds-purged": db
      .delete(inbound)
      .where(inArray(inbound.source, oldInbounds))
      .returning({ source: inbound.source })
      .prepare(),
    "answers-purged": purgeAnswers(db, tables),
    "deliveries-purged": db
      .delete(delivery)
      .where(inArray(delivery.key, oldDeliveries))
      .returning({ key: delivery.key })
      .prepare(),
    "link-codes-purged": db
      .delete(code)
      .where(inArray(code.userId, oldCodes))
      .returning({ userId: code.userId })
      .prepare(),
    "wrong-codes-purged": db
      .delete(codeTry)
      .where(inArray(codeTry.account, oldTries))
      .returning({ account: codeTry.account })
      .prepare(),
    "detached-purged": purgeDetached(db, tables),
  };
}

function prepareBatches(db: Db, tables: Tables) {
  const { user, session } = tables;
  const whole = { joinedAt: placeholder("joinedAt"), timeZone: placeholder("timeZone"), firstDay: placeholder("firstDay") };
  return {
    "import-staged": db
      .insert(user)
      .values({ id: placeholder("id"), ...whole, preferences: placeholder("preferences"), partOf: placeholder("partOf") })
      .onConflictDoNothing()
      .returning({ id: user.id })
      .prepare(),
    "import-applied": db
      .update(user)
      .set({ pending: "shown" })
      .where(and(eq(user.id, placeholder("id")), isStill(user), holdsSome(session, eq(session.userId, placeholder("id")))))
      .returning({ id: user.id })
      .prepare(),
    "import-reverted": db
      .update(user)
      .set({ pending: "hidden" })
      .where(
        and(
          eq(user.id, placeholder("id")),
          isStill(user),
          holdsSome(session, and(eq(session.userId, placeholder("userId")), eq(session.batch, placeholder("id")))),
        ),
      )
      .returning({ id: user.id })
      .prepare(),
    "imports-discarded": db
      .update(user)
      .set({ pending: "gone" })
      .where(and(eq(user.partOf, placeholder("userId")), isNull(user.pending), isLoose(tables)))
      .returning({ id: user.id })
      .prepare(),
  };
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

/**
 * Marks imports as gone that were never confirmed, or that were reverted and can no longer be restored. Users who were linked away stay.
 */
function purgeDetached(db: Db, tables: Tables): Write {
  const { user } = tables;
  const old = db
    .select({ id: user.id })
    .from(user)
    .where(and(isNotNull(user.partOf), isNull(user.pending), lt(user.joinedAt, placeholder("before")), isLoose(tables)))
    .limit(placeholder("limit"));
  return db.update(user).set({ pending: "gone" }).where(inArray(user.id, old)).returning({ id: user.id }).prepare();
}
