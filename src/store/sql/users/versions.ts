/** Versions of settings. They show that another write came after the settings were read. */

import { eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";

/** Whether the user or group in placeholder `key` has the given version; true when no version is given. */
export function isOfVersion(of: Tables["user"] | Tables["group"], key: string) {
  const isSame = sql`select 1 from ${of} where ${of.id} = ${placeholder(key)} and ${of.version} = cast(${placeholder("version")} as bigint)`;
  return sql`(cast(${placeholder("version")} as bigint) is null or exists (${isSame}))`;
}

/** Raises the version of the user in placeholder `key`. */
export function touchUser(db: Db, { user }: Pick<Tables, "user">, key: string) {
  return db
    .update(user)
    .set({ version: sql`${user.version} + 1` })
    .where(eq(user.id, placeholder(key)))
    .returning({ id: user.id });
}
