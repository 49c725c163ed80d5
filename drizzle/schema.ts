/** Every table, defined once for every database. After a change here, `npm run schema` writes the migrations. */

import type { Intensity } from "#core/evidence/evidence.ts";
import type {
  ActionId,
  ActivityId,
  Address,
  DeliveryKey,
  GroupId,
  Minutes,
  PlatformName,
  ClarificationId,
  SessionId,
  MessageId,
  UserId,
} from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { DirectMessageKind, DeliveryState, EndReason } from "#core/model/outbox-message.ts";
import type { GroupPromptKind, PromptKind } from "#core/model/prompt.ts";
import { defineGroup, defineGroupTables } from "./group-tables.ts";
import type { Kit } from "./kit.ts";
import { defineUser, owner, type UserTable } from "./user-table.ts";

/** The tables, built with `kit`. Instants are epoch milliseconds, local days ISO text, and JSON is text that `rows.ts` parses. */
export function defineTables(kit: Kit) {
  const user = defineUser(kit);
  const group = defineGroup(kit);
  return {
    user,
    account: defineAccount(kit, user),
    session: defineSession(kit, user),
    act: defineAct(kit, user),
    question: defineQuestion(kit, user),
    inbound: defineInbound(kit),
    prompt: definePrompt(kit, user),
    delivery: defineDelivery(kit, user),
    linkCode: defineLinkCode(kit, user),
    codeTry: defineCodeTry(kit),
    installation: defineInstallation(kit),
    note: defineNote(kit),
    group,
    ...defineGroupTables(kit, user, group),
  };
}

/** The tables, on any database. */
export type Tables = Readonly<ReturnType<typeof defineTables>>;

function defineAccount(kit: Kit, user: UserTable) {
  const { table, text, flag, millis, primaryKey, index } = kit;
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    id: text("id").notNull(),
    userId: owner(kit, user),
    name: text("name").notNull(),
    /** Whether direct messages reach the account, as the last attempt showed. */
    isOpen: flag("dm_reachable").notNull().default(true),
    /** Whether the user was told how to open direct messages. */
    isTold: flag("dm_notice_shown").notNull().default(false),
    /** The user's time zone, as the platform last said. */
    timeZone: text("time_zone").$type<TimeZone>(),
    /** The owner after unlinking; null when that is the present owner. */
    origin: text("original_owner_id").$type<UserId>(),
    /** When the user last wrote from the account. Stored only for users with several accounts. */
    heardAt: millis("last_seen_at"),
  };
  return table("account", columns, (t) => [primaryKey({ columns: [t.platform, t.id] }), index("account_user").on(t.userId)]);
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
    /** The user's local day. */
    day: text("day").notNull(),
    loggedAt: millis("logged_at").notNull(),
    note: text("note"),
    word: text("word"),
    /** The owner after unlinking. Equals `user_id` while the session is hidden because the other history has it too. */
    origin: text("original_owner_id").$type<UserId>(),
    /** The import that brought the session. */
    batch: text("import_id").$type<UserId>(),
  };
  // A user's week is stored together in reading order, so the table needs no other index.
  return table("session", columns, (t) => [primaryKey({ columns: [t.userId, t.day, t.loggedAt, t.id] })]);
}

function defineAct(kit: Kit, user: UserTable) {
  const { table, text, int, flag } = kit;
  return table("last_action", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<ActionId>().notNull(),
    undone: flag("undone").notNull(),
    /** JSON of the sessions before and after. */
    sessions: text("sessions").notNull(),
    /** JSON of the settings before and after. */
    user: text("user"),
    /** The import of this action, and its number of sessions. */
    batch: text("import_id").$type<UserId>(),
    batchCount: int("import_count"),
    /** JSON of a changed membership, or of what cannot be undone. */
    other: text("other"),
  });
}

function defineQuestion(kit: Kit, user: UserTable) {
  const { table, text } = kit;
  return table("clarification", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<ClarificationId>().notNull(),
    /** JSON of the rest of the clarification. */
    asked: text("content").notNull(),
  });
}

function defineInbound({ table, text, millis, index, isSet }: Kit) {
  const columns = {
    source: text("id").$type<MessageId>().primaryKey(),
    seenAt: millis("received_at").notNull(),
    /** The user whose reply is unanswered; null once it was shown. */
    userId: text("user_id").$type<UserId>(),
    /** JSON of the reply, its account, and what the adapter needs to show it. */
    answer: text("reply"),
    /** From when on another process may show the reply. */
    answerAt: millis("reply_due_at"),
  };
  return table("processed_message", columns, (t) => [
    index("processed_message_received").on(t.seenAt),
    index("processed_message_unanswered").on(t.userId).where(isSet(t.answer)),
  ]);
}

function definePrompt(kit: Kit, user: UserTable) {
  const { table, text, millis, primaryKey, index } = kit;
  const columns = {
    userId: owner(kit, user),
    kind: text("kind").$type<PromptKind>().notNull(),
    dueAt: millis("due_at").notNull(),
    on: text("local_date").notNull(),
    /** For the weekly prompt: the day on which messages began or resumed. */
    since: text("messages_since"),
  };
  return table("prompt", columns, (t) => [primaryKey({ columns: [t.userId, t.kind] }), index("prompt_due").on(t.dueAt)]);
}

function defineDelivery(kit: Kit, user: UserTable) {
  const { table, text, int, millis, index, uniqueIndex, isSet } = kit;
  const columns = {
    key: text("key").$type<DeliveryKey>().primaryKey(),
    /** The addressee; null for a message to a channel. */
    userId: text("user_id")
      .$type<UserId>()
      .references(() => user.id, { onDelete: "cascade" }),
    kind: text("kind").$type<DirectMessageKind | GroupPromptKind>().notNull(),
    on: text("local_date").notNull(),
    dueAt: millis("due_at").notNull(),
    expiresAt: millis("expires_at").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** Null once the message has ended and is not kept up to date. The index leaves such rows out. */
    nextAt: millis("next_at"),
    fence: int("fence").notNull(),
    attempts: int("attempts").notNull(),
    triedAt: millis("tried_at"),
    /** The local day. The unique index allows a user one unprompted message a day. */
    sentOn: text("sent_on"),
    /** JSON of the numbers that the message stated. */
    told: text("stated_numbers"),
    why: text("reason").$type<EndReason>(),
    endedAt: millis("ended_at"),
    /** The group and channel of a channel message. The row outlives its group, as the message in the channel does. */
    groupId: text("group_id").$type<GroupId>(),
    platform: text("platform").$type<PlatformName>(),
    address: text("address").$type<Address>(),
    /** The platform's id of a live message, and a digest of what it shows. */
    message: text("platform_message_id"),
    shown: text("content_hash"),
    /** The account that the message is for; null when any of the user's accounts will do. */
    toPlatform: text("target_platform").$type<PlatformName>(),
    toId: text("target_id"),
    /** JSON of the blocks of a waiting reply; null once it has ended. */
    says: text("blocks"),
    /** The platform that sends the message; null when the user has no account. */
    via: text("lane").$type<PlatformName>(),
    /** The platform that sends it when the first one runs nowhere; null without another account, and once the message has ended. */
    fallback: text("fallback_lane").$type<PlatformName>(),
  };
  return table("delivery", columns, (t) => [
    index("delivery_ended").on(t.endedAt).where(isSet(t.endedAt)),
    index("delivery_next").on(t.via, t.nextAt).where(isSet(t.nextAt)),
    index("delivery_fallback").on(t.fallback, t.nextAt).where(isSet(t.fallback)),
    uniqueIndex("delivery_day").on(t.userId, t.sentOn).where(isSet(t.sentOn)),
    index("delivery_recent").on(t.userId, t.dueAt),
    index("delivery_live").on(t.groupId, t.on).where(isSet(t.message)),
  ]);
}

/** The code with which a user links another account. */
function defineLinkCode(kit: Kit, user: UserTable) {
  const { table, text, millis, uniqueIndex, isSet } = kit;
  const columns = {
    userId: owner(kit, user).primaryKey(),
    /** A hash of the code's words; null when no code is open. */
    hash: text("hash"),
    /** The account on which the code was made. */
    platform: text("platform").$type<PlatformName>(),
    accountId: text("account_id"),
    expiresAt: millis("expires_at"),
  };
  return table("link_code", columns, (t) => [uniqueIndex("link_code_hash").on(t.hash).where(isSet(t.hash))]);
}

/** Wrong codes by the account that typed them. A row outlives its user: deleting one's data must not reset the attempts. */
function defineCodeTry({ table, text, int, millis, index }: Kit) {
  const columns = {
    /** A digest of the account. */
    account: text("account_hash").primaryKey(),
    tries: int("attempts").notNull(),
    /** Until when the attempts count. */
    until: millis("expires_at").notNull(),
  };
  return table("wrong_code", columns, (t) => [index("wrong_code_expires").on(t.until)]);
}

function defineInstallation({ table, text, primaryKey }: Kit) {
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    /** The id of a workspace or an organisation. */
    home: text("workspace_id").notNull(),
    /** The bot token, encrypted with a key that is not in the database. */
    sealed: text("encrypted_token").notNull(),
  };
  return table("installation", columns, (t) => [primaryKey({ columns: [t.platform, t.home] })]);
}

/** Values that the bot needs again after a restart. */
function defineNote({ table, text }: Kit) {
  return table("app_state", { name: text("name").primaryKey(), value: text("value").notNull() });
}
