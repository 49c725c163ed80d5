/** Writes of sessions. */

import { and, eq } from "#drizzle/orm.ts";
import { sessionRow } from "#src/store/sql/rows.ts";
import { rowOf, writer, type Writers } from "#src/store/sql/statement.ts";

/** Writers of sessions. */
export const sessionWriters = {
  "session-logged": writer(
    ({ session }) => sessionRow(session),
    (db, { session }, param) => db.insert(session).values(rowOf(session, param)).onConflictDoNothing().returning({ id: session.id }),
  ),
  "session-removed": writer(
    ({ userId, id }) => ({ userId, id }),
    (db, { session }, param) =>
      db
        .delete(session)
        .where(and(eq(session.userId, param("userId")), eq(session.id, param("id"))))
        .returning({ id: session.id }),
  ),
} satisfies Partial<Writers>;
