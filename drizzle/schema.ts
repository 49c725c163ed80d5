/** Every table, once, for both databases. After a change here, `npm run schema` writes the migrations. */

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

/** The tables in the words of `kit`. Instants are milliseconds, local days ISO text, and JSON is text that `rows.ts` parses. */
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

/** The tables, whatever the database. */
export type Tables = Readonly<ReturnType<typeof defineTables>>;

function defineAccount(kit: Kit, user: UserTable) {
  const { table, text, flag, millis, primaryKey, index } = kit;
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    id: text("id").notNull(),
    userId: owner(kit, user),
    name: text("name").notNull(),
    /** Whether direct messages reach it, as far as the last one told. */
    isOpen: flag("is_open").notNull().default(true),
    /** Whether the person was told how to open it. */
    isTold: flag("is_told").notNull().default(false),
    /** Where the person is, as the platform said last. */
    timeZone: text("time_zone").$type<TimeZone>(),
    /** Whose it is again when linked accounts part; null where it is theirs anyway. */
    origin: text("origin").$type<UserId>(),
    /** When they last spoke there, noted only for who has several. */
    heardAt: millis("heard_at"),
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
    /** The person's local day. */
    day: text("day").notNull(),
    loggedAt: millis("logged_at").notNull(),
    note: text("note"),
    word: text("word"),
    /** Whose it is again when linked accounts part. Its own owner's where it is held back, as the other history has it, too. */
    origin: text("origin").$type<UserId>(),
    /** The import that it came in. */
    batch: text("batch").$type<UserId>(),
  };
  // A week of somebody lies together, in the order in which it is read, and needs no index beside the table.
  return table("session", columns, (t) => [primaryKey({ columns: [t.userId, t.day, t.loggedAt, t.id] })]);
}

function defineAct(kit: Kit, user: UserTable) {
  const { table, text, int, flag } = kit;
  return table("act", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<ActionId>().notNull(),
    undone: flag("undone").notNull(),
    /** JSON of the sessions before and after. */
    sessions: text("sessions").notNull(),
    /** JSON of the settings before and after. */
    user: text("user"),
    /** The batch that came in by it, and how many sessions that has. */
    batch: text("batch").$type<UserId>(),
    batchCount: int("batch_count"),
    /** JSON of what changed of their place in a group, or of what cannot be taken back. */
    other: text("other"),
  });
}

function defineQuestion(kit: Kit, user: UserTable) {
  const { table, text } = kit;
  return table("question", {
    userId: owner(kit, user).primaryKey(),
    id: text("id").$type<ClarificationId>().notNull(),
    /** JSON of the rest of the question. */
    asked: text("asked").notNull(),
  });
}

function defineInbound({ table, text, millis, index, isSet }: Kit) {
  const columns = {
    source: text("source").$type<MessageId>().primaryKey(),
    seenAt: millis("seen_at").notNull(),
    /** Whose answer is still owed; null as soon as it was shown. */
    userId: text("user_id").$type<UserId>(),
    /** JSON of that answer, of the account that asked, and of what its adapter needs to give it. */
    answer: text("answer"),
    /** From when on another process may give it. */
    answerAt: millis("answer_at"),
  };
  return table("inbound", columns, (t) => [
    index("inbound_seen").on(t.seenAt),
    index("inbound_unanswered").on(t.userId).where(isSet(t.answer)),
  ]);
}

function definePrompt(kit: Kit, user: UserTable) {
  const { table, text, millis, primaryKey, index } = kit;
  const columns = {
    userId: owner(kit, user),
    kind: text("kind").$type<PromptKind>().notNull(),
    dueAt: millis("due_at").notNull(),
    on: text("on_day").notNull(),
    /** Of the weekly one the day on which messages began, or began again. */
    since: text("since_day"),
  };
  return table("prompt", columns, (t) => [primaryKey({ columns: [t.userId, t.kind] }), index("prompt_due").on(t.dueAt)]);
}

function defineDelivery(kit: Kit, user: UserTable) {
  const { table, text, int, millis, index, uniqueIndex, isSet } = kit;
  const columns = {
    key: text("key").$type<DeliveryKey>().primaryKey(),
    /** To whom; null where it goes to a channel. */
    userId: text("user_id")
      .$type<UserId>()
      .references(() => user.id, { onDelete: "cascade" }),
    kind: text("kind").$type<DirectMessageKind | GroupPromptKind>().notNull(),
    on: text("on_day").notNull(),
    dueAt: millis("due_at").notNull(),
    expiresAt: millis("expires_at").notNull(),
    state: text("state").$type<DeliveryState>().notNull(),
    /** Null once it has ended and is not kept true, so that the ended ones are nowhere in the way. */
    nextAt: millis("next_at"),
    fence: int("fence").notNull(),
    attempts: int("attempts").notNull(),
    triedAt: millis("tried_at"),
    /** The local day: one unasked message a day to a person, and the index holds it. */
    sentOn: text("sent_on"),
    /** JSON of the numbers that were said. */
    told: text("told"),
    why: text("why").$type<EndReason>(),
    endedAt: millis("ended_at"),
    /** Of what goes to a channel: whose, and where. It outlives its group, since what stands in the channel does. */
    groupId: text("group_id").$type<GroupId>(),
    platform: text("platform").$type<PlatformName>(),
    address: text("address").$type<Address>(),
    /** Of what stands in a channel: the platform's id of the message, and a digest of what it shows. */
    message: text("message"),
    shown: text("shown"),
    /** The account that it is for; null where any of theirs will do. */
    toPlatform: text("to_platform").$type<PlatformName>(),
    toId: text("to_id"),
    /** JSON of the blocks of an answer that waits; null once it has ended. */
    says: text("says"),
    /** The platform that sends it; null where the person has no account. */
    via: text("via").$type<PlatformName>(),
    /** The platform that sends it where that one runs nowhere; null where they have no other account, and at its end. */
    fallback: text("fallback").$type<PlatformName>(),
  };
  return table("delivery", columns, (t) => [
    index("delivery_ended").on(t.endedAt).where(isSet(t.endedAt)),
    index("delivery_next").on(t.via, t.nextAt).where(isSet(t.nextAt)),
    index("delivery_fallback").on(t.fallback, t.nextAt).where(isSet(t.fallback)),
    uniqueIndex("delivery_day").on(t.userId, t.sentOn).where(isSet(t.sentOn)),
    index("delivery_recent").on(t.userId, t.dueAt),
    index("delivery_standing").on(t.groupId, t.on).where(isSet(t.message)),
  ]);
}

/** By which somebody links another account. */
function defineLinkCode(kit: Kit, user: UserTable) {
  const { table, text, millis, uniqueIndex, isSet } = kit;
  const columns = {
    userId: owner(kit, user).primaryKey(),
    /** Of the words of the code; null where none is open. */
    hash: text("hash"),
    /** The account on which it was made. */
    platform: text("platform").$type<PlatformName>(),
    accountId: text("account_id"),
    expiresAt: millis("expires_at"),
  };
  return table("link_code", columns, (t) => [uniqueIndex("link_code_hash").on(t.hash).where(isSet(t.hash))]);
}

/** Wrong codes by the account that typed them. A row outlives its person, so that nobody begins to guess again by being forgotten. */
function defineCodeTry({ table, text, int, millis, index }: Kit) {
  const columns = {
    /** A digest of the account. */
    account: text("account").primaryKey(),
    tries: int("tries").notNull(),
    /** Until when they count. */
    until: millis("until").notNull(),
  };
  return table("code_try", columns, (t) => [index("code_try_until").on(t.until)]);
}

function defineInstallation({ table, text, primaryKey }: Kit) {
  const columns = {
    platform: text("platform").$type<PlatformName>().notNull(),
    /** A workspace or an organisation. */
    home: text("home").notNull(),
    /** What the coach speaks with there, encrypted with a key that is not in the database. */
    sealed: text("sealed").notNull(),
  };
  return table("installation", columns, (t) => [primaryKey({ columns: [t.platform, t.home] })]);
}

/** Of the coach itself: what it must know again after a restart. */
function defineNote({ table, text }: Kit) {
  return table("note", { name: text("name").primaryKey(), value: text("value").notNull() });
}
