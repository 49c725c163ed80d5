/** Writes of groups, and the changes that mark their live messages for a re-check. */

import type { GroupChange } from "#core/model/changes/groups.ts";
import { and, eq, gt, inArray, isNotNull, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, placeholder, type Values, type Write } from "#src/store/sql/statement.ts";
import { isOfVersion, touchUser } from "#src/store/sql/users/versions.ts";
import { partsOf } from "./reads.ts";
import { channelRow, codeRow, groupPromptRow, groupRow, memberRow, weekRow } from "./rows.ts";

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
    case "channel-reopened":
    case "channel-suspended":
      return change.channel;
    case "suspensions-reported":
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

/** A week contains a day when it begins less than seven days before it. */
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
        id: placeholder("id"),
        name: placeholder("name"),
        createdAt: placeholder("createdAt"),
        timeZone: placeholder("timeZone"),
        firstDay: placeholder("firstDay"),
        times: placeholder("times"),
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
      .prepare(),
    "group-unchanged": db
      .update(group)
      .set({ version: sql`${group.version}` })
      .where(and(eq(group.id, placeholder("groupId")), eq(group.version, placeholder("version"))))
      .returning({ id: group.id })
      .prepare(),
    "group-removed": db
      .delete(group)
      .where(eq(group.id, placeholder("groupId")))
      .returning({ id: group.id })
      .prepare(),
    "code-made": db
      .insert(code)
      .values({ groupId: placeholder("groupId"), code: placeholder("code"), until: placeholder("until") })
      .onConflictDoUpdate({ target: code.groupId, set: { code: excluded(code.code), until: excluded(code.until) } })
      .returning({ code: code.code })
      .prepare(),
    "week-kept": db
      .insert(groupWeek)
      .values({ groupId: placeholder("groupId"), on: placeholder("on"), came: placeholder("came") })
      .onConflictDoUpdate({ target: [groupWeek.groupId, groupWeek.on], set: { came: excluded(groupWeek.came) } })
      .returning({ on: groupWeek.on })
      .prepare(),
  };
}

function channelWrites(db: Db, { channel, user }: Tables) {
  const isTheirs = or(eq(channel.boundBy, placeholder("userId")), inArray(channel.boundBy, partsOf(db, { user })));
  const isThere = and(eq(channel.platform, placeholder("platform")), eq(channel.address, placeholder("address")));
  // SQLite stores flags as numbers. Only the column converts them.
  const told = (isTold: boolean) => sql`${sql.param(isTold, channel.isTold)}`;
  return {
    "channel-bound": db
      .insert(channel)
      .values({
        platform: placeholder("platform"),
        address: placeholder("address"),
        groupId: placeholder("groupId"),
        status: placeholder("status"),
        boundBy: placeholder("boundBy"),
        isTold: placeholder("isTold"),
      })
      .onConflictDoNothing()
      .returning({ address: channel.address })
      .prepare(),
    "channel-freed": db.delete(channel).where(isThere).returning({ address: channel.address }).prepare(),
    "channel-reopened": db
      .update(channel)
      .set({ status: "open", isTold: told(false) })
      .where(isThere)
      .returning({ address: channel.address })
      .prepare(),
    "channel-suspended": db
      .update(channel)
      .set({ status: "suspended", isTold: told(false) })
      .where(and(isThere, eq(channel.status, "open")))
      .returning({ address: channel.address })
      .prepare(),
    "suspensions-reported": db
      .update(channel)
      .set({ isTold: told(true) })
      .where(and(isTheirs, eq(channel.status, "suspended")))
      .returning({ address: channel.address })
      .prepare(),
  };
}

function memberWrites(db: Db, { member, cheer, user }: Tables) {
  const isThem = and(eq(member.groupId, placeholder("groupId")), eq(member.userId, placeholder("userId")));
  return {
    "member-joined": db
      .insert(member)
      .values({
        groupId: placeholder("groupId"),
        userId: placeholder("userId"),
        name: placeholder("name"),
        share: placeholder("share"),
        joinedAt: placeholder("joinedAt"),
        restsOn: placeholder("restsOn"),
      })
      .onConflictDoNothing()
      .returning({ userId: member.userId })
      .prepare(),
    // A share is a setting of the user. The new version makes a concurrent change of the same user decide again.
    "member-changed": [
      db
        .update(member)
        .set({ name: sql`${placeholder("name")}`, share: sql`${placeholder("share")}`, restsOn: sql`${placeholder("restsOn")}` })
        .where(isThem)
        .returning({ userId: member.userId })
        .prepare(),
      touchUser(db, { user }, "userId").prepare(),
    ],
    // Hidden memberships go too: a user leaves with all linked accounts.
    "member-left": db
      .delete(member)
      .where(
        and(
          eq(member.groupId, placeholder("groupId")),
          or(eq(member.userId, placeholder("userId")), inArray(member.userId, partsOf(db, { user }))),
        ),
      )
      .returning({ userId: member.userId })
      .prepare(),
    cheered: db
      .insert(cheer)
      .values({ groupId: placeholder("groupId"), on: placeholder("on"), userId: placeholder("userId") })
      .onConflictDoNothing()
      .returning({ userId: cheer.userId })
      .prepare(),
  };
}

function promptWrites(db: Db, { group, groupPrompt, delivery, member }: Tables) {
  const isVersion = isOfVersion(group, "groupId");
  const isOne = and(eq(groupPrompt.groupId, placeholder("groupId")), eq(groupPrompt.kind, placeholder("kind")));
  const stands = and(isNotNull(delivery.message), gt(delivery.on, placeholder("after")));
  const theirs = db
    .select({ groupId: member.groupId })
    .from(member)
    .where(eq(member.userId, placeholder("userId")));
  // The new fence stops a check that is under way, since it has read old data.
  const look = {
    nextAt: sql`${placeholder("at")}`,
    fence: sql`${delivery.fence} + 1`,
    shown: sql`case when ${placeholder("isUnknown")} = 1 then '' else ${delivery.shown} end`,
  };
  return {
    "group-prompt-set": db
      .insert(groupPrompt)
      .values({ groupId: placeholder("groupId"), kind: placeholder("kind"), dueAt: placeholder("dueAt"), on: placeholder("on") })
      .onConflictDoUpdate({
        target: [groupPrompt.groupId, groupPrompt.kind],
        set: { dueAt: excluded(groupPrompt.dueAt), on: excluded(groupPrompt.on) },
      })
      .returning({ kind: groupPrompt.kind })
      .prepare(),
    "group-prompt-moved": db
      .update(groupPrompt)
      .set({ dueAt: sql`${placeholder("dueAt")}`, on: sql`${placeholder("on")}` })
      .where(and(isOne, eq(groupPrompt.dueAt, placeholder("wasDueAt")), eq(groupPrompt.on, placeholder("wasOn")), isVersion))
      .returning({ kind: groupPrompt.kind })
      .prepare(),
    "group-prompt-dropped": db.delete(groupPrompt).where(isOne).returning({ kind: groupPrompt.kind }).prepare(),
    "board-invalidated": db
      .update(delivery)
      .set(look)
      .where(and(stands, eq(delivery.groupId, placeholder("groupId"))))
      .returning({ key: delivery.key })
      .prepare(),
    "boards-invalidated": db
      .update(delivery)
      .set(look)
      .where(and(stands, inArray(delivery.groupId, theirs)))
      .returning({ key: delivery.key })
      .prepare(),
  };
}
