/** How somebody's settings are written, and held against the version on which something was decided. */

import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, placeholder, type Write } from "#src/store/sql/statement.ts";

const { and, eq, sql } = load("drizzle-orm");

/** Saves a person: new, or with new settings, of the next version. */
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

/** A write that changes nothing: on PostgreSQL it keeps the row as it is until the commit. */
export function checkUser(db: Db, { user }: Tables): Write {
  return db
    .update(user)
    .set({ version: sql`${user.version}` })
    .where(and(eq(user.id, placeholder("id")), eq(user.version, placeholder("version"))))
    .returning({ id: user.id })
    .prepare();
}
