/** The table of people, and what refers to it. */

import type { UserId } from "#core/lib/ids.ts";
import type { TimeZone, Weekday } from "#core/lib/time.ts";
import type { Kit } from "./kit.ts";
import type { AnyColumn } from "./orm.ts";

/** Sessions of a batch go to whose part it is, or come back; or whoever it is goes, with all sessions. */
export type Pending = "shown" | "hidden" | "gone";

/** People themselves. */
export type UserTable = ReturnType<typeof defineUser>;

/** The table of people. */
export function defineUser({ table, text, int, millis, index, isSet }: Kit) {
  const columns = {
    id: text("id").$type<UserId>().primaryKey(),
    joinedAt: millis("joined_at").notNull(),
    timeZone: text("time_zone").$type<TimeZone>().notNull(),
    firstDay: int("first_day").$type<Weekday>().notNull(),
    /** JSON of the settings that differ from those that everybody starts with. */
    preferences: text("preferences").notNull(),
    /** Rises with each change of their settings, or of what they share: whoever decided on an older one decides again. */
    version: int("version").notNull().default(0),
    /** Of what is kept aside for somebody: who they were before accounts were linked, or a batch that is not shown. It goes when they go. */
    partOf: text("part_of")
      .$type<UserId>()
      .references((): AnyColumn => made.id, { onDelete: "cascade" }),
    /** What is still to be done to their sessions, a slice at a time; null where nothing is. */
    pending: text("pending").$type<Pending>(),
  };
  const made = table("user", columns, (t) => [
    index("user_part").on(t.partOf).where(isSet(t.partOf)),
    index("user_pending").on(t.pending).where(isSet(t.pending)),
  ]);
  return made;
}

/** Whose a row is. It goes when they go. */
export function owner({ text }: Kit, user: UserTable) {
  const userId = text("user_id").$type<UserId>().notNull();
  return userId.references(() => user.id, { onDelete: "cascade" });
}
