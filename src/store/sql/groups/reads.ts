/** Reads of groups. The statements select only what a member shares. */

import type { UserId } from "#core/lib/ids.ts";
import type { GroupSnapshot, GroupRef } from "#core/model/group.ts";
import type { SnapshotQuery } from "#core/model/context.ts";
import { and, asc, count, eq, gte, inArray, lt, lte, ne, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { loggedMinutesOf, channelOf, codeOf, groupOf, groupPromptOf, memberOf, pastWeekOf } from "./rows.ts";
import { userOf } from "#src/store/sql/rows.ts";
import { personColumns } from "#src/store/sql/users/person.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";
import type { Placeholder } from "drizzle-orm";

/** The ids of a user's detached users. */
export function partsOf(db: Db, { user }: Pick<Tables, "user">, userId: Placeholder) {
  return db.select({ id: user.id }).from(user).where(eq(user.partOf, userId));
}

/** Whether a membership is not hidden. A user has one shown membership in a group. */
function isShown({ origin, userId }: Tables["member"]) {
  return sql`coalesce(${origin}, '') <> ${userId}`;
}

type GroupStore = Pick<
  Store,
  "findGroup" | "findHere" | "memberships" | "hasUnreportedSuspension" | "groupSnapshot" | "dueGroups" | "groupPrompts"
>;

/** The part of the store that reads groups. */
export function groupStore(db: Db, tables: Tables): GroupStore {
  const reads = { ...readsOfGroups(db, tables), ...readsOfMembers(db, tables), ...readsOfSnapshots(db, tables) };
  const find = async (ref: GroupRef) => {
    if ("id" in ref) return await reads.byId.execute(ref);
    return "code" in ref ? await reads.byCode.execute(ref) : await reads.byPlace.execute(ref.channel);
  };
  return {
    async findGroup(ref) {
      const [row] = await find(ref);
      if (!row) return undefined;
      const userData = { groupId: row.group.id };
      const channels = await reads.channels.execute(userData);
      const [code] = await reads.code.execute(userData);
      const [size] = await reads.size.execute(userData);
      return {
        group: groupOf(row.group),
        version: row.group.version,
        channels: channels.map(channelOf),
        code: code && codeOf(code),
        memberCount: size?.size ?? 0,
      };
    },
    async findHere(channel, userId) {
      const [row] = await reads.here.execute({ ...channel, userId });
      return row && { group: groupOf(row.group), member: memberOf(row.member) };
    },
    async memberships(userId) {
      const rows = await reads.memberships.execute({ userId });
      return rows.map((row) => ({ group: groupOf(row.group), member: memberOf(row.member) }));
    },
    hasUnreportedSuspension: async (userId) => (await reads.cutOff.execute({ userId })).length > 0,
    groupSnapshot: async (need) => await groupSnapshotOf(reads, need),
    async dueGroups(now, limit) {
      const rows = await reads.due.execute({ now: now.epochMilliseconds, limit });
      return rows.map((row) => ({ prompt: groupPromptOf(row.prompt), group: groupOf(row.group), version: row.group.version }));
    },
    async groupPrompts(groupId) {
      const rows = await reads.prompts.execute({ groupId });
      return rows.map(groupPromptOf);
    },
  };
}

type SnapshotReads = ReturnType<typeof readsOfMembers> & ReturnType<typeof readsOfSnapshots>;

async function groupSnapshotOf(reads: SnapshotReads, { groupId, days, cheersOn }: SnapshotQuery): Promise<GroupSnapshot> {
  const members = await reads.members.execute({ groupId });
  const sharing = await reads.sharing.execute({ groupId });
  const rests = new Map<UserId, ReturnType<typeof restsOf>>(sharing.map((row) => [row.id, restsOf(row)]));
  const loggedMinutes = await reads.sessions.execute({ groupId, from: days.from.toString(), until: days.until.toString() });
  const kept = await reads.weeks.execute({ groupId });
  const [cheers] = await reads.cheers.execute({ groupId, on: cheersOn.toString() });
  return {
    roster: members.map((row) => ({ member: memberOf(row), rests: rests.get(row.userId) })),
    loggedMinutes: loggedMinutesOf(loggedMinutes),
    pastWeeks: kept.map(pastWeekOf),
    cheers: cheers?.cheers ?? 0,
  };
}

function restsOf(row: Parameters<typeof userOf>[0]) {
  const { pauses, isStopped } = userOf(row);
  return { pauses, isStopped };
}

function readsOfGroups(db: Db, { group, channel, code, groupPrompt, member }: Tables) {
  const isThere = and(eq(channel.platform, placeholder("platform")), eq(channel.address, placeholder("address")));
  const membership = { group, member };
  return {
    byId: db
      .select({ group })
      .from(group)
      .where(eq(group.id, placeholder("id")))
      .prepare(),
    byCode: db
      .select({ group })
      .from(code)
      .innerJoin(group, eq(group.id, code.groupId))
      .where(eq(code.code, placeholder("code")))
      .prepare(),
    byPlace: db.select({ group }).from(channel).innerJoin(group, eq(group.id, channel.groupId)).where(isThere).prepare(),
    here: db
      .select(membership)
      .from(channel)
      .innerJoin(group, eq(group.id, channel.groupId))
      .innerJoin(member, and(eq(member.groupId, channel.groupId), eq(member.userId, placeholder("userId"))))
      .where(isThere)
      .prepare(),
    due: db
      .select({ prompt: groupPrompt, group })
      .from(groupPrompt)
      .innerJoin(group, eq(group.id, groupPrompt.groupId))
      .where(lte(groupPrompt.dueAt, placeholder("now")))
      .orderBy(asc(groupPrompt.dueAt))
      .limit(placeholder("limit"))
      .prepare(),
    prompts: db
      .select()
      .from(groupPrompt)
      .where(eq(groupPrompt.groupId, placeholder("groupId")))
      .orderBy(asc(groupPrompt.dueAt))
      .prepare(),
  };
}

function readsOfMembers(db: Db, { group, channel, member, code, user }: Tables) {
  const isTheirs = or(eq(channel.boundBy, placeholder("userId")), inArray(channel.boundBy, partsOf(db, { user }, placeholder("userId"))));
  return {
    channels: db
      .select()
      .from(channel)
      .where(eq(channel.groupId, placeholder("groupId")))
      .orderBy(asc(channel.platform), asc(channel.address))
      .prepare(),
    cutOff: db
      .select({ groupId: channel.groupId })
      .from(channel)
      .where(and(isTheirs, eq(channel.status, "suspended"), eq(channel.isTold, false)))
      .limit(1)
      .prepare(),
    code: db
      .select()
      .from(code)
      .where(eq(code.groupId, placeholder("groupId")))
      .prepare(),
    size: db
      .select({ size: count() })
      .from(member)
      .where(and(eq(member.groupId, placeholder("groupId")), isShown(member)))
      .prepare(),
    memberships: db
      .select({ group, member })
      .from(member)
      .innerJoin(group, eq(group.id, member.groupId))
      .where(eq(member.userId, placeholder("userId")))
      .orderBy(asc(member.joinedAt), asc(member.groupId))
      .prepare(),
    members: db
      .select()
      .from(member)
      .where(and(eq(member.groupId, placeholder("groupId")), isShown(member)))
      .orderBy(asc(member.userId))
      .prepare(),
  };
}

function readsOfSnapshots(db: Db, { member, user, session, groupWeek, cheer }: Tables) {
  const isSharing = and(eq(member.groupId, placeholder("groupId")), ne(member.share, "membership"), isShown(member));
  return {
    sharing: db.select(personColumns({ user })).from(member).innerJoin(user, eq(user.id, member.userId)).where(isSharing).prepare(),
    sessions: db
      .select({ userId: session.userId, day: session.day, minutes: session.minutes, strengthShare: session.strengthShare })
      .from(member)
      .innerJoin(session, eq(session.userId, member.userId))
      .where(and(isSharing, gte(session.day, placeholder("from")), lt(session.day, placeholder("until"))))
      .prepare(),
    weeks: db
      .select()
      .from(groupWeek)
      .where(eq(groupWeek.groupId, placeholder("groupId")))
      .orderBy(asc(groupWeek.on))
      .prepare(),
    cheers: db
      .select({ cheers: count() })
      .from(cheer)
      .where(and(eq(cheer.groupId, placeholder("groupId")), eq(cheer.on, placeholder("on"))))
      .prepare(),
  };
}
