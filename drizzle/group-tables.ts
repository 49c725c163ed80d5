/** The tables of groups, defined once for every database. */

import type { Address, GroupId, PlatformName, UserId } from "#core/lib/ids.ts";
import type { TimeZone, Weekday } from "#core/lib/time.ts";
import type { Channel, Share, WeekOutcome } from "#core/model/group.ts";
import type { GroupPromptKind } from "#core/model/prompt.ts";
import type { Kit } from "./kit.ts";
import { owner, type UserTable } from "./user-table.ts";

/** The tables that refer to `group`, built with `kit`. */
export function defineGroupTables(kit: Kit, user: UserTable, group: GroupTable) {
  return {
    channel: defineChannel(kit, user, group),
    member: defineMember(kit, user, group),
    code: defineCode(kit, group),
    cheer: defineCheer(kit, user, group),
    groupPrompt: defineGroupPrompt(kit, group),
    groupWeek: defineGroupWeek(kit, group),
  };
}

/** The type of the table of groups. */
export type GroupTable = ReturnType<typeof defineGroup>;

/** The table of groups. */
export function defineGroup({ table, text, int, millis }: Kit) {
  return table("group", {
    id: text("id").$type<GroupId>().primaryKey(),
    name: text("name").notNull(),
    createdAt: millis("created_at").notNull(),
    timeZone: text("time_zone").$type<TimeZone>().notNull(),
    firstDay: int("first_day").$type<Weekday>().notNull(),
    /** JSON of when round-ups and check-ins are due. */
    times: text("times").notNull(),
    /** Rises with each change of the group's settings. */
    version: int("version").notNull().default(0),
  });
}

/** The group of a row. Deleting the group deletes the row. */
function of({ text }: Kit, group: GroupTable) {
  const groupId = text("group_id").$type<GroupId>().notNull();
  return groupId.references(() => group.id, { onDelete: "cascade" });
}

function defineChannel(kit: Kit, user: UserTable, group: GroupTable) {
  const { table, text, flag, primaryKey, index } = kit;
  const boundBy = text("bound_by").$type<UserId>();
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    address: text("address").$type<Address>().notNull(),
    groupId: of(kit, group),
    status: text("status").$type<Channel["status"]>().notNull(),
    /** The user who is told when the channel is suspended. */
    boundBy: boundBy.references(() => user.id, { onDelete: "set null" }),
    isTold: flag("owner_notified").notNull(),
  };
  return table("channel", columns, (t) => [
    primaryKey({ columns: [t.platform, t.address] }),
    index("channel_group").on(t.groupId),
    index("channel_bound").on(t.boundBy),
  ]);
}

function defineMember(kit: Kit, user: UserTable, group: GroupTable) {
  const { table, text, millis, primaryKey, index } = kit;
  const columns = {
    groupId: of(kit, group),
    userId: owner(kit, user),
    name: text("name").notNull(),
    share: text("share").$type<Share>().notNull(),
    joinedAt: millis("joined_at").notNull(),
    /** The first day of the week that the member declared as rest. */
    restsOn: text("rest_week"),
    /** The owner after unlinking. Equals `user_id` while the membership is hidden because the linked user is in the group too. */
    origin: text("original_owner_id").$type<UserId>(),
  };
  return table("member", columns, (t) => [primaryKey({ columns: [t.groupId, t.userId] }), index("member_user").on(t.userId)]);
}

function defineCode(kit: Kit, group: GroupTable) {
  const { table, text, millis, uniqueIndex } = kit;
  const columns = { groupId: of(kit, group).primaryKey(), code: text("code").notNull(), until: millis("expires_at").notNull() };
  return table("join_code", columns, (t) => [uniqueIndex("join_code_code").on(t.code)]);
}

function defineCheer(kit: Kit, user: UserTable, group: GroupTable) {
  const { table, text, primaryKey, index } = kit;
  const columns = { groupId: of(kit, group), on: text("week_start").notNull(), userId: owner(kit, user) };
  return table("cheer", columns, (t) => [primaryKey({ columns: [t.groupId, t.on, t.userId] }), index("cheer_user").on(t.userId)]);
}

function defineGroupPrompt(kit: Kit, group: GroupTable) {
  const { table, text, millis, primaryKey, index } = kit;
  const columns = {
    groupId: of(kit, group),
    kind: text("kind").$type<GroupPromptKind>().notNull(),
    dueAt: millis("due_at").notNull(),
    on: text("week_start").notNull(),
  };
  return table("group_prompt", columns, (t) => [primaryKey({ columns: [t.groupId, t.kind] }), index("group_prompt_due").on(t.dueAt)]);
}

function defineGroupWeek(kit: Kit, group: GroupTable) {
  const { table, text, primaryKey } = kit;
  const columns = { groupId: of(kit, group), on: text("week_start").notNull(), came: text("outcome").$type<WeekOutcome>().notNull() };
  return table("group_week", columns, (t) => [primaryKey({ columns: [t.groupId, t.on] })]);
}
