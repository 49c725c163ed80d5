/** Writes of users and their accounts, last actions and clarifications. */

import type { Account } from "#core/model/user.ts";
import { and, eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { actRow, questionRow, userRow } from "#src/store/sql/rows.ts";
import { excluded, rowOf, setTo, writer, type Writers } from "#src/store/sql/statement.ts";
import type { Placeholder } from "drizzle-orm";

const accountValues = ({ platform, id, name, timeZone }: Account) => ({ platform, id, name, timeZone: timeZone ?? null });

/** Whether it is the account of that platform and id. */
export function isAccount({ platform, id }: Tables["account"], param: (name: "platform" | "id") => Placeholder) {
  return and(eq(platform, param("platform")), eq(id, param("id")));
}

/** Writers of users and accounts. */
export const userWriters = {
  "user-saved": writer(
    ({ user }) => userRow(user),
    (db, { user }, param) =>
      db
        .insert(user)
        .values(rowOf(user, param, "partOf", "pending", "version"))
        .onConflictDoUpdate({
          target: user.id,
          set: { ...excluded(user, "joinedAt", "timeZone", "firstDay", "preferences"), version: sql`${user.version} + 1` },
        })
        .returning({ id: user.id }),
  ),
  // Changes nothing. Touches a row when the user still has the version; on PostgreSQL the row is locked until the commit.
  "user-unchanged": writer(
    ({ userId, version }) => ({ userId, version }),
    (db, { user }, param) =>
      db
        .update(user)
        .set({ version: sql`${user.version}` })
        .where(and(eq(user.id, param("userId")), eq(user.version, param("version"))))
        .returning({ id: user.id }),
  ),
  "account-linked": writer(
    ({ account, userId }) => ({ ...accountValues(account), userId }),
    (db, { account }, param) =>
      db
        .insert(account)
        .values(rowOf(account, param, "isOpen", "isTold", "origin", "heardAt"))
        .onConflictDoNothing()
        .returning({ id: account.id }),
  ),
  "account-time-zone-updated": writer(
    ({ account, of }) => ({ ...accountValues(account), of: of ?? null }),
    (db, { account }, param) =>
      db
        .update(account)
        .set(setTo(param, "timeZone"))
        .where(and(isAccount(account, param), isStillOf(account, param("of"))))
        .returning({ id: account.id }),
  ),
  "account-reached": writer(
    ({ account: { platform, id }, reach }) => ({ platform, id, ...reach }),
    (db, { account }, param) => {
      // SQLite stores flags as numbers. Only the column converts them.
      const flag = (name: "isOpen" | "isTold") => sql`${sql.param(param(name), account[name])}`;
      const set = { isOpen: flag("isOpen"), isTold: flag("isTold") };
      return db.update(account).set(set).where(isAccount(account, param)).returning({ id: account.id });
    },
  ),
  "last-action-set": writer(
    ({ lastAction }) => actRow(lastAction),
    (db, { act }, param) =>
      db
        .insert(act)
        .values(rowOf(act, param))
        .onConflictDoUpdate({
          target: act.userId,
          set: excluded(act, "id", "undone", "sessions", "user", "batch", "batchCount", "other"),
        })
        .returning({ id: act.id }),
  ),
  "clarification-asked": writer(
    ({ clarification }) => questionRow(clarification),
    (db, { question }, param) =>
      db
        .insert(question)
        .values(rowOf(question, param))
        .onConflictDoUpdate({ target: question.userId, set: excluded(question, "id", "asked") })
        .returning({ id: question.id }),
  ),
  "clarification-answered": writer(
    ({ userId, id }) => ({ userId, id }),
    (db, { question }, param) =>
      db
        .delete(question)
        .where(and(eq(question.userId, param("userId")), eq(question.id, param("id"))))
        .returning({ id: question.id }),
  ),
} satisfies Partial<Writers>;

/** Whether the account belongs to that user; true when that is null. */
function isStillOf({ userId }: Tables["account"], of: Placeholder) {
  return sql`(cast(${of} as text) is null or ${userId} = ${of})`;
}
