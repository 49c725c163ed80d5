/** Versions of settings. They show that another write came after the settings were read. */

import { eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Db } from "#src/store/sql/statement.ts";
import type { Placeholder } from "drizzle-orm";

/** Whether the user or group of `id` has `version`; true when no version is given. */
export function isOfVersion(of: Tables["user"] | Tables["group"], id: Placeholder, version: Placeholder) {
  const isSame = sql`select 1 from ${of} where ${of.id} = ${id} and ${of.version} = cast(${version} as bigint)`;
  return sql`(cast(${version} as bigint) is null or exists (${isSame}))`;
}

/** Raises the version of a user. */
export function touchUser(db: Db, { user }: Pick<Tables, "user">, id: Placeholder) {
  return db
    .update(user)
    .set({ version: sql`${user.version} + 1` })
    .where(eq(user.id, id))
    .returning({ id: user.id });
}
