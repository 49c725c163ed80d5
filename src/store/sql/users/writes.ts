/** Writes of a user's settings, and the check of their version. */

import { and, eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, placeholder, type Write } from "#src/store/sql/statement.ts";

/** Inserts a user, or replaces the settings and raises the version. */
export function saveUser(db: Db, { user }: Tables): Write {
  return db
    .insert(user)
    .values({
      id: placeholder("id"),
      joinedAt: placeholder("joinedAt"),
      timeZone: placeholder("timeZone"),
      firstDay: placeholder("firstDay"),
      preferences: placeholder("preferences"),
    })
    .onConflictDoUpdate({
      target: user.id,
      set: {
        joinedAt: excluded(user.joinedAt),
        timeZone: excluded(user.timeZone),
        firstDay: excluded(user.firstDay),
        preferences: excluded(user.preferences),
        version: sql`${user.version} + 1`,
      },
    })
    .returning({ id: user.id })
    .prepare();
}

/** Changes nothing. Touches a row when the user still has the version; on PostgreSQL the row is locked until the commit. */
export function checkUser(db: Db, { user }: Tables): Write {
  return db
    .update(user)
    .set({ version: sql`${user.version}` })
    .where(and(eq(user.id, placeholder("id")), eq(user.version, placeholder("version"))))
    .returning({ id: user.id })
    .prepare();
}
