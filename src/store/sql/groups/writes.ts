/** Writes of groups, and the changes that mark their live messages for a re-check. */

import type { ChannelRef } from "#core/model/group.ts";
import { and, eq, gt, inArray, isNotNull, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, type Placeholders, rowOf, setTo, writer, type Writers } from "#src/store/sql/statement.ts";
import { touchUser } from "#src/store/sql/users/versions.ts";
import type { SQL } from "drizzle-orm";
import { partsOf } from "./reads.ts";
import { channelRow, codeRow, groupRow, memberRow, weekRow } from "./rows.ts";

/** Writers of groups, their channels and members. */
export const groupWriters = {
  "group-saved": writer(
    (change) => groupRow(change.group),
    (db, { group }, param) =>
      db
        .insert(group)
        .values(rowOf(group, param, "version"))
        .onConflictDoUpdate({
          target: group.id,
          set: { ...excluded(group, "name", "timeZone", "firstDay", "times"), version: sql`${group.version} + 1` },
        })
        .returning({ id: group.id }),
  ),
  "group-unchanged": writer(
    ({ groupId, version }) => ({ groupId, version }),
    (db, { group }, param) =>
      db
        .update(group)
        .set({ version: sql`${group.version}` })
        .where(and(eq(group.id, param("groupId")), eq(group.version, param("version"))))
        .returning({ id: group.id }),
  ),
  "group-removed": writer(
    ({ groupId }) => ({ groupId }),
    (db, { group }, param) =>
      db
        .delete(group)
        .where(eq(group.id, param("groupId")))
        .returning({ id: group.id }),
  ),
  "code-made": writer(
    (change) => codeRow(change.code),
    (db, { code }, param) =>
      db
        .insert(code)
        .values(rowOf(code, param))
        .onConflictDoUpdate({ target: code.groupId, set: excluded(code, "code", "until") })
        .returning({ code: code.code }),
  ),
  "week-kept": writer(
    (change) => weekRow(change.week),
    (db, { groupWeek }, param) =>
      db
        .insert(groupWeek)
        .values(rowOf(groupWeek, param))
        .onConflictDoUpdate({ target: [groupWeek.groupId, groupWeek.on], set: excluded(groupWeek, "came") })
        .returning({ on: groupWeek.on }),
  ),
  "channel-bound": writer(
    (change) => channelRow(change.channel),
    (db, { channel }, param) =>
      db.insert(channel).values(rowOf(channel, param)).onConflictDoNothing().returning({ address: channel.address }),
  ),
  "channel-freed": writer(
    (change) => change.channel,
    (db, { channel }, param) => db.delete(channel).where(isChannel(channel, param)).returning({ address: channel.address }),
  ),
  "channel-reopened": writer(
    (change) => change.channel,
    (db, { channel }, param) =>
      db
        .update(channel)
        .set({ status: "open", isTold: told(channel, false) })
        .where(isChannel(channel, param))
        .returning({ address: channel.address }),
  ),
  "channel-suspended": writer(
    (change) => change.channel,
    (db, { channel }, param) =>
      db
        .update(channel)
        .set({ status: "suspended", isTold: told(channel, false) })
        .where(and(isChannel(channel, param), eq(channel.status, "open")))
        .returning({ address: channel.address }),
  ),
  "suspensions-reported": writer(
    ({ userId }) => ({ userId }),
    (db, { channel, user }, param) => {
      const isTheirs = or(eq(channel.boundBy, param("userId")), inArray(channel.boundBy, partsOf(db, { user }, param("userId"))));
      return db
        .update(channel)
        .set({ isTold: told(channel, true) })
        .where(and(isTheirs, eq(channel.status, "suspended")))
        .returning({ address: channel.address });
    },
  ),
  "member-joined": writer(
    (change) => memberRow(change.member),
    (db, { member }, param) =>
      db
        .insert(member)
        .values(rowOf(member, param, "origin"))
        .onConflictDoNothing()
        .returning({ userId: member.userId }),
  ),
  // A share is a setting of the user. The new version makes a concurrent change of the same user decide again.
  "member-changed": writer(
    (change) => memberRow(change.member),
    (db, { member, user }, param) => [
      db
        .update(member)
        .set(setTo(param, "name", "share", "restsOn"))
        .where(and(eq(member.groupId, param("groupId")), eq(member.userId, param("userId"))))
        .returning({ userId: member.userId }),
      touchUser(db, { user }, param("userId")),
    ],
  ),
  // Hidden memberships go too: a user leaves with all linked accounts.
  "member-left": writer(
    ({ groupId, userId }) => ({ groupId, userId }),
    (db, { member, user }, param) => {
      const isTheirs = or(eq(member.userId, param("userId")), inArray(member.userId, partsOf(db, { user }, param("userId"))));
      return db
        .delete(member)
        .where(and(eq(member.groupId, param("groupId")), isTheirs))
        .returning({ userId: member.userId });
    },
  ),
  cheered: writer(
    ({ groupId, userId, on }) => ({ groupId, userId, on: on.toString() }),
    (db, { cheer }, param) => db.insert(cheer).values(rowOf(cheer, param)).onConflictDoNothing().returning({ userId: cheer.userId }),
  ),
  "board-invalidated": writer(
    ({ groupId, ...of }) => ({ groupId, ...checkValues(of) }),
    (db, { delivery }, param) => checkAgain(db, delivery, param, eq(delivery.groupId, param("groupId"))),
  ),
  "boards-invalidated": writer(
    ({ userId, ...of }) => ({ userId, ...checkValues(of) }),
    (db, { delivery, member }, param) => {
      const theirs = db
        .select({ groupId: member.groupId })
        .from(member)
        .where(eq(member.userId, param("userId")));
      return checkAgain(db, delivery, param, inArray(delivery.groupId, theirs));
    },
  ),
} satisfies Partial<Writers>;

function isChannel({ platform, address }: Tables["channel"], param: Placeholders<ChannelRef>) {
  return and(eq(platform, param("platform")), eq(address, param("address")));
}

/** SQLite stores flags as numbers. Only the column converts them. */
function told({ isTold }: Tables["channel"], value: boolean) {
  return sql`${sql.param(value, isTold)}`;
}

type Since = { readonly from: Temporal.PlainDate; readonly at: Temporal.Instant; readonly isUnknown?: boolean };

/** A week contains a day when it begins less than seven days before it. */
function checkValues({ from, at, isUnknown = false }: Since) {
  return { after: from.subtract({ days: 7 }).toString(), at: at.epochMilliseconds, isUnknown: Number(isUnknown) };
}

/** Marks live messages for a check. The new fence stops a check that is under way, since it has read old data. */
function checkAgain(db: Db, delivery: Tables["delivery"], param: Placeholders<ReturnType<typeof checkValues>>, where: SQL) {
  return db
    .update(delivery)
    .set({
      nextAt: sql`${param("at")}`,
      fence: sql`${delivery.fence} + 1`,
      shown: sql`case when ${param("isUnknown")} = 1 then '' else ${delivery.shown} end`,
    })
    .where(and(isNotNull(delivery.message), gt(delivery.on, param("after")), where))
    .returning({ key: delivery.key });
}
