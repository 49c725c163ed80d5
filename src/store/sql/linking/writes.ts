/** Writes of account linking and link codes. */

import { and, eq, inArray, isNotNull, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { digestOf } from "#src/store/sql/digest.ts";
import { type Db, excluded, type Placeholders, rowOf, writer, type Writers } from "#src/store/sql/statement.ts";
import { touchUser } from "#src/store/sql/users/versions.ts";
import { isAccount } from "#src/store/sql/users/writes.ts";
import type { Placeholder } from "drizzle-orm";

/** Between which users data moves. */
type Move = Placeholders<{ readonly from: string; readonly to: string }>;

const noCode = { hash: null, platform: null, accountId: null, expiresAt: null };

/** Writers of account linking. */
export const linkWriters = {
  "users-linked": writer(({ from, to }) => ({ from, to }), linkUsers),
  "user-unlinked": writer(({ userId, originalOwnerId }) => ({ from: userId, to: originalOwnerId }), unlinkUser),
  // A hidden session is stored under its original owner, who is its `origin` too. Linking skips it; unlinking restores it.
  "session-set-aside": writer(
    ({ userId, id }) => ({ userId, id }),
    (db, { session }, param) => {
      const owner = sql`coalesce(${session.origin}, ${session.userId})`;
      return db
        .update(session)
        .set({ origin: owner, userId: owner })
        .where(and(eq(session.userId, param("userId")), eq(session.id, param("id"))))
        .returning({ id: session.id });
    },
  ),
  "session-restored": writer(
    ({ userId, id, to }) => ({ userId, id, to }),
    (db, { session }, param) =>
      db
        .update(session)
        .set({ userId: sql`${param("to")}` })
        .where(and(eq(session.userId, param("userId")), eq(session.origin, param("userId")), eq(session.id, param("id"))))
        .returning({ id: session.id }),
  ),
  "account-seen": writer(
    ({ account: { platform, id }, at }) => ({ platform, id, at: at.epochMilliseconds }),
    (db, { account }, param) =>
      db
        .update(account)
        .set({ heardAt: sql`${param("at")}` })
        .where(isAccount(account, param))
        .returning({ id: account.id }),
  ),
  "link-code-made": writer(
    ({ code: { userId, hash, account, expiresAt } }) => {
      return { userId, hash, platform: account.platform, accountId: account.id, expiresAt: expiresAt.epochMilliseconds };
    },
    (db, { linkCode: code }, param) =>
      db
        .insert(code)
        .values(rowOf(code, param))
        .onConflictDoUpdate({ target: code.userId, set: excluded(code, "hash", "platform", "accountId", "expiresAt") })
        .returning({ userId: code.userId }),
  ),
  "link-code-dropped": writer(
    ({ userId }) => ({ userId }),
    (db, { linkCode: code }, param) =>
      db
        .update(code)
        .set(noCode)
        .where(and(eq(code.userId, param("userId")), isNotNull(code.hash)))
        .returning({ userId: code.userId }),
  ),
  "link-code-used": writer(
    ({ userId, hash }) => ({ userId, hash }),
    (db, { linkCode: code }, param) =>
      db
        .update(code)
        .set(noCode)
        .where(and(eq(code.userId, param("userId")), eq(code.hash, param("hash"))))
        .returning({ userId: code.userId }),
  ),
  // Counts one more wrong code. Expired ones no longer count. Two processes at the same time count two.
  "wrong-code-entered": writer(
    ({ account, at, until }) => ({ account: digestOf(account), tries: 1, until: until.epochMilliseconds, at: at.epochMilliseconds }),
    (db, { codeTry }, param) => {
      const isOver = sql`${codeTry.until} <= ${param("at")}`;
      const tries = sql`case when ${isOver} then 1 else ${codeTry.tries} + 1 end`;
      return db
        .insert(codeTry)
        .values(rowOf(codeTry, param))
        .onConflictDoUpdate({ target: codeTry.account, set: { tries, ...excluded(codeTry, "until") } })
        .returning({ account: codeTry.account });
    },
  ),
} satisfies Partial<Writers>;

/** Deletes the last action, the clarification and the link code of both users. None of them fits the user after linking or unlinking. */
function clearConversation(db: Db, { act, question, linkCode: code }: Tables, param: Move) {
  const both = [param("from"), param("to")];
  return [
    db.delete(act).where(inArray(act.userId, both)).returning({ id: act.userId }),
    db.delete(question).where(inArray(question.userId, both)).returning({ id: question.userId }),
    db.delete(code).where(inArray(code.userId, both)).returning({ id: code.userId }),
  ];
}

function linkUsers(db: Db, tables: Tables, param: Move) {
  const { account, session, user, prompt, delivery, inbound } = tables;
  const to = sql`${param("to")}`;
  return [
    db
      .update(account)
      .set({ origin: sql`coalesce(${account.origin}, ${account.userId})`, userId: to })
      .where(eq(account.userId, param("from")))
      .returning({ id: account.id }),
    db
      .update(session)
      .set({ origin: sql`coalesce(${session.origin}, ${session.userId})`, userId: to })
      .where(and(eq(session.userId, param("from")), sql`coalesce(${session.origin}, '') <> ${param("from")}`))
      .returning({ id: session.id }),
    db
      .update(user)
      .set({ partOf: to })
      .where(or(eq(user.id, param("from")), eq(user.partOf, param("from"))))
      .returning({ id: user.id }),
    touchUser(db, tables, param("to")),
    ...linkMemberships(db, tables, param),
    ...clearConversation(db, tables, param),
    db
      .update(inbound)
      .set({ userId: to })
      .where(and(isNotNull(inbound.answer), eq(inbound.userId, param("from"))))
      .returning({ source: inbound.source }),
    db
      .delete(prompt)
      .where(eq(prompt.userId, param("from")))
      .returning({ kind: prompt.kind }),
    db
      .delete(delivery)
      .where(and(eq(delivery.userId, param("from")), isNotNull(delivery.nextAt)))
      .returning({ key: delivery.key }),
  ];
}

function unlinkUser(db: Db, tables: Tables, param: Move) {
  const { account, session, user } = tables;
  const owner = sql`${param("to")}`;
  return [
    db
      .update(account)
      .set({ userId: owner, origin: null })
      .where(and(eq(account.userId, param("from")), eq(account.origin, param("to"))))
      .returning({ id: account.id }),
    db
      .update(session)
      .set({ userId: owner, origin: null })
      .where(and(inArray(session.userId, [param("from"), param("to")]), eq(session.origin, param("to"))))
      .returning({ id: session.id }),
    db
      .update(user)
      .set({ partOf: null })
      .where(eq(user.id, param("to")))
      .returning({ id: user.id }),
    touchUser(db, tables, param("from")),
    ...unlinkMemberships(db, tables, param),
    ...clearConversation(db, tables, param),
  ];
}

/** The smaller share of a membership and that of `other` in the same group; its own share when `other` is not a member. */
function smallerShare(other: Placeholder) {
  const theirs = sql`(select both_in.share from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${other})`;
  return sql`case when 'membership' in (share, ${theirs}) then 'membership' when 'status' in (share, ${theirs}) then 'status' else share end`;
}

/** A user is in a group once. Where both are members, the membership of `from` is hidden and the smaller share applies. The others move. */
function linkMemberships(db: Db, { member }: Tables, param: Move) {
  const owner = sql`coalesce(${member.origin}, ${member.userId})`;
  const isShared = sql`exists (select 1 from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${param("to")})`;
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare(param("from")) })
      .where(eq(member.userId, param("to")))
      .returning(written),
    db
      .update(member)
      .set({ origin: owner, userId: owner })
      .where(and(eq(member.userId, param("from")), isShared))
      .returning(written),
    db
      .update(member)
      .set({ origin: owner, userId: sql`${param("to")}` })
      .where(and(eq(member.userId, param("from")), sql`coalesce(${member.origin}, '') <> ${param("from")}`))
      .returning(written),
  ];
}

/** A hidden membership is restored with at most the share of the other user's membership. A moved one is restored as it is. */
function unlinkMemberships(db: Db, { member }: Tables, param: Move) {
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare(param("from")), origin: null })
      .where(and(eq(member.userId, param("to")), eq(member.origin, param("to"))))
      .returning(written),
    db
      .update(member)
      .set({ userId: sql`${param("to")}`, origin: null })
      .where(and(eq(member.userId, param("from")), eq(member.origin, param("to"))))
      .returning(written),
  ];
}
