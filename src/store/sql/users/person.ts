/** The columns that are read of a user. */

import { sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { lostSettings, maxAct, maxSettings } from "./limits.ts";

/** The columns of a user. SQLite knows the length of a text without reading it, so settings of any size cost nothing. */
export function personColumns({ user: { id, joinedAt, timeZone, firstDay, preferences } }: Pick<Tables, "user">) {
  const isTooLarge = sql`octet_length(${preferences}) > ${sql.raw(String(maxSettings))}`;
  const settings = sql<string>`case when ${isTooLarge} then ${sql.raw(`'${lostSettings}'`)} else ${preferences} end`;
  return { id, joinedAt, timeZone, firstDay, preferences: settings };
}

/** Whether a last action is small enough to be read. A larger one reads as none and cannot be undone. */
export function isReadable(act: Tables["act"]) {
  const most = sql.raw(String(maxAct));
  return sql`octet_length(${act.sessions}) <= ${most} and coalesce(octet_length(${act.user}), 0) <= ${most}`;
}
