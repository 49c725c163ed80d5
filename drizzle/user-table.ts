/** The table of people, and what refers to it. */

import type { UserId } from "#core/brand.ts";
import type { TimeZone, Weekday } from "#core/time.ts";
import type { Kit } from "./kit.ts";

/** People themselves. */
export type UserTable = ReturnType<typeof defineUser>;

/** The table of people. */
export function defineUser({ table, text, int, millis }: Kit) {
  return table("user", {
    id: text("id").$type<UserId>().primaryKey(),
    joinedAt: millis("joined_at").notNull(),
    timeZone: text("time_zone").$type<TimeZone>().notNull(),
    firstDay: int("first_day").$type<Weekday>().notNull(),
    /** JSON of the settings that differ from those that everybody starts with. */
    preferences: text("preferences").notNull(),
  });
}

/** Whose a row is. It goes when they go. */
export function owner({ text }: Kit, user: UserTable) {
  const userId = text("user_id").$type<UserId>().notNull();
  return userId.references(() => user.id, { onDelete: "cascade" });
}
