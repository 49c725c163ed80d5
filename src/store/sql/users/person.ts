/** What of a row makes up a person. */

import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { lostSettings, maxAct, maxSettings } from "./limits.ts";

const { sql } = load("drizzle-orm");

/** The columns of a person. The length of a text is told without reading it, so that settings of any size cost nothing. */
export function personColumns({ user: { id, joinedAt, timeZone, firstDay, preferences } }: Pick<Tables, "user">) {
  const isTooLarge = sql`octet_length(${preferences}) > ${sql.raw(String(maxSettings))}`;
  const settings = sql<string>`case when ${isTooLarge} then ${sql.raw(`'${lostSettings}'`)} else ${preferences} end`;
  return { id, joinedAt, timeZone, firstDay, preferences: settings };
}

/** Whether an act is small enough to be read: of one that is not, nothing is known, and it cannot be taken back. */
export function isReadable(act: Tables["act"]) {
  const most = sql.raw(String(maxAct));
  return sql`octet_length(${act.sessions}) <= ${most} and coalesce(octet_length(${act.user}), 0) <= ${most}`;
}
