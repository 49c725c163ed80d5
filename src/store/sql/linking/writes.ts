/** Writes of account linking and link codes. */

import { and, eq, inArray, isNotNull, or, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, placeholder, type Write } from "#src/store/sql/statement.ts";
import { touchUser } from "#src/store/sql/users/versions.ts";

/** The statements of these changes, prepared once. A change with several statements touched something when its first one did. */
export function prepareLinkWrites(db: Db, tables: Tables) {
  return {
    "users-linked": linkUsers(db, tables),
    "user-unlinked": unlinkUser(db, tables),
    "session-set-aside": setSessionAside(db, tables),
    "session-restored": restoreSession(db, tables),
    "account-seen": markAccountSeen(db, tables),
    ...prepareCodes(db, tables),
    "wrong-code-entered": countWrongCode(db, tables),
  };
}

/** Deletes the last action, the clarification and the link code of both users. None of them fits the user after linking or unlinking. */
function clearConversation(db: Db, { act, question, linkCode: code }: Tables): readonly Write[] {
  const both = [placeholder("from"), placeholder("to")];
  return [
    db.delete(act).where(inArray(act.userId, both)).returning({ id: act.userId }).prepare(),
    db.delete(question).where(inArray(question.userId, both)).returning({ id: question.userId }).prepare(),
    db.delete(code).where(inArray(code.userId, both)).returning({ id: code.userId }).prepare(),
  ];
}

function linkUsers(db: Db, tables: Tables): readonly Write[] {
  const { account, session, user, prompt, delivery, inbound } = tables;
  const to = sql`${placeholder("to")}`;
  return [
    db
      .update(account)
      .set({ origin: sql`coalesce(${account.origin}, ${account.userId})`, userId: to })
      .where(eq(account.userId, placeholder("from")))
      .returning({ id: account.id })
      .prepare(),
    db
      .update(session)
      .set({ origin: sql`coalesce(${session.origin}, ${session.userId})`, userId: to })
      .where(and(eq(session.userId, placeholder("from")), sql`coalesce(${session.origin}, '') <> ${placeholder("from")}`))
      .returning({ id: session.id })
      .prepare(),
    db
      .update(user)
      .set({ partOf: to })
      .where(or(eq(user.id, placeholder("from")), eq(user.partOf, placeholder("from"))))
      .returning({ id: user.id })
      .prepare(),
    touchUser(db, tables, "to").prepare(),
    ...linkMemberships(db, tables),
    ...clearConversation(db, tables),
    db
      .update(inbound)
      .set({ userId: to })
      .where(and(isNotNull(inbound.answer), eq(inbound.userId, placeholder("from"))))
      .returning({ source: inbound.source })
      .prepare(),
    db
      .delete(prompt)
      .where(eq(prompt.userId, placeholder("from")))
      .returning({ kind: prompt.kind })
      .prepare(),
    db
      .delete(delivery)
      .where(and(eq(delivery.userId, placeholder("from")), isNotNull(delivery.nextAt)))
      .returning({ key: delivery.key })
      .prepare(),
  ];
}

function unlinkUser(db: Db, tables: Tables): readonly Write[] {
  const { account, session, user } = tables;
  const owner = sql`${placeholder("to")}`;
  return [
    db
      .update(account)
      .set({ userId: owner, origin: null })
      .where(and(eq(account.userId, placeholder("from")), eq(account.origin, placeholder("to"))))
      .returning({ id: account.id })
      .prepare(),
    db
      .update(session)
      .set({ userId: owner, origin: null })
      .where(and(inArray(session.userId, [placeholder("from"), placeholder("to")]), eq(session.origin, placeholder("to"))))
      .returning({ id: session.id })
      .prepare(),
    db
      .update(user)
      .set({ partOf: null })
      .where(eq(user.id, placeholder("to")))
      .returning({ id: user.id })
      .prepare(),
    touchUser(db, tables, "from").prepare(),
    ...unlinkMemberships(db, tables),
    ...clearConversation(db, tables),
  ];
}

/** The smaller share of a membership and that of `other` in the same group; its own share when `other` is not a member. */
function smallerShare(other: string) {
  const theirs = sql`(select both_in.share from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${placeholder(other)})`;
  return sql`case when 'membership' in (share, ${theirs}) then 'membership' when 'status' in (share, ${theirs}) then 'status' else share end`;
}

/** A user is in a group once. Where both are members, the membership of `from` is hidden and the smaller share applies. The others move. */
function linkMemberships(db: Db, { member }: Tables): readonly Write[] {
  const owner = sql`coalesce(${member.origin}, ${member.userId})`;
  const isShared = sql`exists (select 1 from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${placeholder("to")})`;
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare("from") })
      .where(eq(member.userId, placeholder("to")))
      .returning(written)
      .prepare(),
    db
      .update(member)
      .set({ origin: owner, userId: owner })
      .where(and(eq(member.userId, placeholder("from")), isShared))
      .returning(written)
      .prepare(),
    db
      .update(member)
      .set({ origin: owner, userId: sql`${placeholder("to")}` })
      .where(and(eq(member.userId, placeholder("from")), sql`coalesce(${member.origin}, '') <> ${placeholder("from")}`))
      .returning(written)
      .prepare(),
  ];
}

/** A hidden membership is restored with at most the share of the other user's membership. A moved one is restored as it is. */
function unlinkMemberships(db: Db, { member }: Tables): readonly Write[] {
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare("from"), origin: null })
      .where(and(eq(member.userId, placeholder("to")), eq(member.origin, placeholder("to"))))
      .returning(written)
      .prepare(),
    db
      .update(member)
      .set({ userId: sql`${placeholder("to")}`, origin: null })
      .where(and(eq(member.userId, placeholder("from")), eq(member.origin, placeholder("to"))))
      .returning(written)
      .prepare(),
  ];
}

/** A hidden session is stored under its original owner, who is its `origin` too. Linking skips it; unlinking restores it. */
function setSessionAside(db: Db, { session }: Tables): Write {
  const owner = sql`coalesce(${session.origin}, ${session.userId})`;
  return db
    .update(session)
    .set({ origin: owner, userId: owner })
    .where(and(eq(session.userId, placeholder("userId")), eq(session.id, placeholder("id"))))
    .returning({ id: session.id })
    .prepare();
}

function restoreSession(db: Db, { session }: Tables): Write {
  return db
    .update(session)
    .set({ userId: sql`${placeholder("to")}` })
    .where(and(eq(session.userId, placeholder("userId")), eq(session.origin, placeholder("userId")), eq(session.id, placeholder("id"))))
    .returning({ id: session.id })
    .prepare();
}

function markAccountSeen(db: Db, { account }: Tables): Write {
  return db
    .update(account)
    .set({ heardAt: sql`${placeholder("at")}` })
    .where(and(eq(account.platform, placeholder("platform")), eq(account.id, placeholder("id"))))
    .returning({ id: account.id })
    .prepare();
}

function prepareCodes(db: Db, { linkCode: code }: Tables) {
  const opened = {
    hash: placeholder("hash"),
    platform: placeholder("platform"),
    accountId: placeholder("accountId"),
    expiresAt: placeholder("expiresAt"),
  };
  const none = { hash: null, platform: null, accountId: null, expiresAt: null };
  return {
    "link-code-made": db
      .insert(code)
      .values({ userId: placeholder("userId"), ...opened })
      .onConflictDoUpdate({
        target: code.userId,
        set: {
          hash: excluded(code.hash),
          platform: excluded(code.platform),
          accountId: excluded(code.accountId),
          expiresAt: excluded(code.expiresAt),
        },
      })
      .returning({ userId: code.userId })
      .prepare(),
    "link-code-dropped": db
      .update(code)
      .set(none)
      .where(and(eq(code.userId, placeholder("userId")), isNotNull(code.hash)))
      .returning({ userId: code.userId })
      .prepare(),
    "link-code-used": db
      .update(code)
      .set(none)
      .where(and(eq(code.userId, placeholder("userId")), eq(code.hash, placeholder("hash"))))
      .returning({ userId: code.userId })
      .prepare(),
  };
}

/** Counts one more wrong code of an account. Expired ones no longer count. Two processes at the same time count two. */
function countWrongCode(db: Db, { codeTry }: Tables): Write {
  const isOver = sql`${codeTry.until} <= ${placeholder("at")}`;
  return db
    .insert(codeTry)
    .values({ account: placeholder("account"), tries: 1, until: placeholder("until") })
    .onConflictDoUpdate({
      target: codeTry.account,
      set: { tries: sql`case when ${isOver} then 1 else ${codeTry.tries} + 1 end`, until: excluded(codeTry.until) },
    })
    .returning({ account: codeTry.account })
    .prepare();
}
