/** The table of users, and the reference to it. */

import type { UserId } from "#core/lib/ids.ts";
import type { TimeZone, Weekday } from "#core/lib/time.ts";
import type { Kit } from "./kit.ts";
import type { AnyColumn } from "./orm.ts";

/** Work that is left in slices: show an import's sessions to its owner, hide them again, or delete the user with all sessions. */
export type Pending = "shown" | "hidden" | "gone";

/** The type of the table of users. */
export type UserTable = ReturnType<typeof defineUser>;

/** The table of users. */
export function defineUser({ table, text, int, millis, index, isSet }: Kit) {
  const columns = {
    id: text("id").$type<UserId>().primaryKey(),
    joinedAt: millis("joined_at").notNull(),
    timeZone: text("time_zone").$type<TimeZone>().notNull(),
    firstDay: int("first_day").$type<Weekday>().notNull(),
    /** JSON of the settings that differ from the defaults. */
    preferences: text("preferences").notNull(),
    /** Rises with each change of the user's settings or shares. A decision on an older version is made again. */
    version: int("version").notNull().default(0),
    /** The user to whom a detached user belongs: one who was linked away, or an import that is not shown. Deleted with that user. */
    partOf: text("owner_id")
      .$type<UserId>()
      .references((): AnyColumn => made.id, { onDelete: "cascade" }),
    /** The work that is left on the user's sessions; null when there is none. */
    pending: text("pending").$type<Pending>(),
  };
  const made = table("user", columns, (t) => [
    index("user_owner").on(t.partOf).where(isSet(t.partOf)),
    index("user_pending").on(t.pending).where(isSet(t.pending)),
  ]);
  return made;
}

/** The user of a row. Deleting the user deletes the row. */
export function owner({ text }: Kit, user: UserTable) {
  const userId = text("user_id").$type<UserId>().notNull();
  return userId.references(() => user.id, { onDelete: "cascade" });
}
