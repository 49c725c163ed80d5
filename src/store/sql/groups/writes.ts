/** How groups are written, and what marks their standing messages to be looked at again. */

import type { GroupChange } from "#core/model/changes/index.ts";
import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { channelRow, codeRow, groupPromptRow, groupRow, memberRow, weekRow } from "./rows.ts";
import { partsOf } from "./reads.ts";
import { type Db, excluded, given, type Values, type Write } from "#src/store/sql/statement.ts";
import { isOfVersion, touchUser } from "#src/store/sql/users/versions.ts";

const { and, eq, gt, inArray, isNotNull, or, sql } = load("drizzle-orm");

/** A change of a group as the values of its statement. */
export function groupValues(change: GroupChange): Values {
  switch (change.kind) {
    case "group-saved":
      return groupRow(change.group);
    case "group-unchanged":
      return { groupId: change.groupId, version: change.version };
    case "group-removed":
      return { groupId: change.groupId };
    case "channel-bound":
      return channelRow(change.channel);
    case "channel-freed":
    case "channel-opened":
    case "channel-suspended":
      return change.place;
    case "channels-told":
      return { userId: change.userId };
    case "member-joined":
    case "member-changed":
      return memberRow(change.member);
    case "member-left":
      return { groupId: change.groupId, userId: change.userId };
    case "code-made":
      return codeRow(change.code);
    case "cheered":
      return { groupId: change.groupId, userId: change.userId, on: change.on.toString() };
    case "group-prompt-set":
      return groupPromptRow(change.prompt);
    case "group-prompt-moved": {
      const was = groupPromptRow(change.was);
      return { ...groupPromptRow(change.to), wasDueAt: was.dueAt, wasOn: was.on, version: change.version ?? null };
    }
    case "group-prompt-dropped":
      return { groupId: change.groupId, kind: change.prompt };
    case "week-kept":
      return weekRow(change.week);
    case "board-invalidated":
      return { groupId: change.groupId, ...since(change) };
    case "boards-invalidated":
      return { userId: change.userId, ...since(change) };
  }
}

type Since = { readonly from: Temporal.PlainDate; readonly at: Temporal.Instant; readonly isUnknown?: boolean };

/** A week that holds a day begins less than seven days before it. */
function since({ from, at, isUnknown = false }: Since): Values {
  return { after: from.subtract({ days: 7 }).toString(), at: at.epochMilliseconds, isUnknown: Number(isUnknown) };
}

/** The statements over `db`, prepared once. */
export function prepareGroupWrites(db: Db, tables: Tables): Readonly<Record<GroupChange["kind"], Write | readonly Write[]>> {
  return { ...groupWrites(db, tables), ...channelWrites(db, tables), ...memberWrites(db, tables), ...promptWrites(db, tables) };
}

function groupWrites(db: Db, { group, code, groupWeek }: Tables) {
  return {
    "group-saved": db
      .insert(group)
      .values({
        id: given("id"),
        name: given("name"),
        createdAt: given("createdAt"),
        timeZone: given("timeZone"),
        firstDay: given("firstDay"),
        times: given("times"),
      })
      .onConflictDoUpdate({
        target: group.id,
        set: {
          name: excluded(group.name),
          timeZone: excluded(group.timeZone),
          firstDay: excluded(group.firstDay),
          times: excluded(group.times),
          version: sql`${group.version} + 1`,
        },
      })
      .returning({ id: group.id })
      .prepare("group-saved"),
    "group-unchanged": db
      .update(group)
      .set({ version: sql`${group.version}` })
      .where(and(eq(group.id, given("groupId")), eq(group.version, given("version"))))
      .returning({ id: group.id })
      .prepare("group-unchanged"),
    "group-removed": db
      .delete(group)
      .where(eq(group.id, given("groupId")))
      .returning({ id: group.id })
      .prepare("group-removed"),
    "code-made": db
      .insert(code)
      .values({ groupId: given("groupId"), code: given("code"), until: given("until") })
      .onConflictDoUpdate({ target: code.groupId, set: { code: excluded(code.code), until: excluded(code.until) } })
      .returning({ code: code.code })
      .prepare("code-made"),
    "week-kept": db
      .insert(groupWeek)
      .values({ groupId: given("groupId"), on: given("on"), came: given("came") })
      .onConflictDoUpdate({ target: [groupWeek.groupId, groupWeek.on], set: { came: excluded(groupWeek.came) } })
      .returning({ on: groupWeek.on })
      .prepare("week-kept"),
  };
}

function channelWrites(db: Db, { channel, user }: Tables) {
  const isTheirs = or(eq(channel.boundBy, given("userId")), inArray(channel.boundBy, partsOf(db, { user })));
  const isThere = and(eq(channel.platform, given("platform")), eq(channel.address, given("address")));
  // SQLite stores flags as numbers, and only the column knows.
  const told = (isTold: boolean) => sql`${sql.param(isTold, channel.isTold)}`;
  return {
    "channel-bound": db
      .insert(channel)
      .values({
        platform: given("platform"),
        address: given("address"),
        groupId: given("groupId"),
        status: given("status"),
        boundBy: given("boundBy"),
        isTold: given("isTold"),
      })
      .onConflictDoNothing()
      .returning({ address: channel.address })
      .prepare("channel-bound"),
    "channel-freed": db.delete(channel).where(isThere).returning({ address: channel.address }).prepare("channel-freed"),
    "channel-opened": db
      .update(channel)
      .set({ status: "open", isTold: told(false) })
      .where(isThere)
      .returning({ address: channel.address })
      .prepare("channel-opened"),
    "channel-suspended": db
      .update(channel)
      .set({ status: "suspended", isTold: told(false) })
      .where(and(isThere, eq(channel.status, "open")))
      .returning({ address: channel.address })
      .prepare("channel-suspended"),
    "channels-told": db
      .update(channel)
      .set({ isTold: told(true) })
      .where(and(isTheirs, eq(channel.status, "suspended")))
      .returning({ address: channel.address })
      .prepare("channels-told"),
  };
}

function memberWrites(db: Db, { member, cheer, user }: Tables) {
  const isThem = and(eq(member.groupId, given("groupId")), eq(member.userId, given("userId")));
  return {
    "member-joined": db
      .insert(member)
      .values({
        groupId: given("groupId"),
        userId: given("userId"),
        name: given("name"),
        share: given("share"),
        joinedAt: given("joinedAt"),
        restsOn: given("restsOn"),
      })
      .onConflictDoNothing()
      .returning({ userId: member.userId })
      .prepare("member-joined"),
    // What somebody shares is a part of what they set: two of their own changes at once are decided one after the other.
    "member-changed": [
      db
        .update(member)
        .set({ name: sql`${given("name")}`, share: sql`${given("share")}`, restsOn: sql`${given("restsOn")}` })
        .where(isThem)
        .returning({ userId: member.userId })
        .prepare("member-changed"),
      touchUser(db, { user }, "userId").prepare("member-changed-user"),
    ],
    // With what is held back of who they were: whoever leaves does so on all of their accounts.
    "member-left": db
      .delete(member)
      .where(
        and(eq(member.groupId, given("groupId")), or(eq(member.userId, given("userId")), inArray(member.userId, partsOf(db, { user })))),
      )
      .returning({ userId: member.userId })
      .prepare("member-left"),
    cheered: db
      .insert(cheer)
      .values({ groupId: given("groupId"), on: given("on"), userId: given("userId") })
      .onConflictDoNothing()
      .returning({ userId: cheer.userId })
      .prepare("cheered"),
  };
}

function promptWrites(db: Db, { group, groupPrompt, delivery, member }: Tables) {
  const isVersion = isOfVersion(group, "groupId");
  const isOne = and(eq(groupPrompt.groupId, given("groupId")), eq(groupPrompt.kind, given("kind")));
  const stands = and(isNotNull(delivery.message), gt(delivery.on, given("after")));
  const theirs = db
    .select({ groupId: member.groupId })
    .from(member)
    .where(eq(member.userId, given("userId")));
  // Who is looking at it now has seen too little.
  const look = {
    nextAt: sql`${given("at")}`,
    fence: sql`${delivery.fence} + 1`,
    shown: sql`case when ${given("isUnknown")} = 1 then '' else ${delivery.shown} end`,
  };
  return {
    "group-prompt-set": db
      .insert(groupPrompt)
      .values({ groupId: given("groupId"), kind: given("kind"), dueAt: given("dueAt"), on: given("on") })
      .onConflictDoUpdate({
        target: [groupPrompt.groupId, groupPrompt.kind],
        set: { dueAt: excluded(groupPrompt.dueAt), on: excluded(groupPrompt.on) },
      })
      .returning({ kind: groupPrompt.kind })
      .prepare("group-prompt-set"),
    "group-prompt-moved": db
      .update(groupPrompt)
      .set({ dueAt: sql`${given("dueAt")}`, on: sql`${given("on")}` })
      .where(and(isOne, eq(groupPrompt.dueAt, given("wasDueAt")), eq(groupPrompt.on, given("wasOn")), isVersion))
      .returning({ kind: groupPrompt.kind })
      .prepare("group-prompt-moved"),
    "group-prompt-dropped": db.delete(groupPrompt).where(isOne).returning({ kind: groupPrompt.kind }).prepare("group-prompt-dropped"),
    "board-invalidated": db
      .update(delivery)
      .set(look)
      .where(and(stands, eq(delivery.groupId, given("groupId"))))
      .returning({ key: delivery.key })
      .prepare("board-invalidated"),
    "boards-invalidated": db
      .update(delivery)
      .set(look)
      .where(and(stands, inArray(delivery.groupId, theirs)))
      .returning({ key: delivery.key })
      .prepare("boards-invalidated"),
  };
}
