/** Every table, once, for both databases. After a change here, `npm run schema` writes the migrations. */

import type { ActId, ActivityId, Minutes, PlatformName, QuestionId, SessionId, SourceId, UserId } from "#core/brand.ts";
import type { Intensity } from "#core/evidence.ts";
import type { TimeZone, Weekday } from "#core/time.ts";
import type { Kit } from "./kit.ts";

/** The tables in the words of `kit`. Instants are milliseconds, local days ISO text, and JSON is text that `rows.ts` parses. */
export function defineTables(kit: Kit) {
  const user = defineUser(kit);
  return {
    user,
    account: defineAccount(kit, user),
    session: defineSession(kit, user),
    act: defineAct(kit, user),
    question: defineQuestion(kit, user),
    inbound: defineInbound(kit),
  };
}

/** The tables, whatever the database. */
export type Tables = Readonly<ReturnType<typeof defineTables>>;

type UserTable = ReturnType<typeof defineUser>;

function defineUser({ table, text, int, millis }: Kit) {
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
function owner({ text }: Kit, user: UserTable) {
  const userId = text("user_id").$type<UserId>().notNull();
  return userId.references(() => user.id, { onDelete: "cascade" });
}

function defineAccount(kit: Kit, user: UserTable) {
  const { table, text, primaryKey } = kit;
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    id: text("id").notNull(),
    userId: owner(kit, user),
    name: text("name").notNull(),
  };
  return table("account", columns, (t) => [primaryKey({ columns: [t.platform, t.id] })]);
}

function defineSession(kit: Kit, user: UserTable) {
  const { table, text, int, real, millis, primaryKey } = kit;
  const columns = {
    id: text("id").$type<SessionId>().notNull(),
    userId: owner(kit, user),
    activity: text("activity").$type<ActivityId>().notNull(),
    intensity: text("intensity").$type<Intensity>().notNull(),
    minutes: int("minutes").$type<Minutes>().notNull(),
    strengthShare: real("strength_share").notNull(),
    aerobicShare: real("aerobic_share").notNull(),
    /** The person's local day. */
    day: text("day").notNull(),
    loggedAt: millis("logged_at").notNull(),
    note: text("note"),
    word: text("word"),
  };
  // A week of somebody lies together, in the order in which it is read, and needs no index beside the table.
  return table("session", columns, (t) => [primaryKey({ columns: [t.userId, t.day, t.loggedAt, t.id] })]);
}

function defineAct(kit: Kit, user: UserTable) {
  const { table, text, flag } = kit;
  return table("act", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<ActId>().notNull(),
    undone: flag("undone").notNull(),
    /** JSON of the sessions before and after. */
    sessions: text("sessions").notNull(),
    /** JSON of the settings before and after. */
    user: text("user"),
  });
}

function defineQuestion(kit: Kit, user: UserTable) {
  const { table, text } = kit;
  return table("question", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<QuestionId>().notNull(),
    /** JSON of the rest of the question. */
    asked: text("asked").notNull(),
  });
}

function defineInbound({ table, text, millis }: Kit) {
  return table("inbound", {
    source: text("source").$type<SourceId>().primaryKey(),
    seenAt: millis("seen_at").notNull(),
  });
}
