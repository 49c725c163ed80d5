/** How accounts are linked and parted, and the codes for it. */

import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, given, type Write } from "#src/store/sql/statement.ts";
import { touchUser } from "#src/store/sql/users/versions.ts";

const { and, eq, inArray, isNotNull, or, sql } = load("drizzle-orm");

/** The statements of these changes, prepared once. A change that touches many things has several; whether it touched anything is told by the first. */
export function prepareLinkWrites(db: Db, tables: Tables) {
  return {
    "users-joined": joinUsers(db, tables),
    "user-parted": partUser(db, tables),
    "session-held": holdSession(db, tables),
    "session-returned": returnSession(db, tables),
    "account-heard": hearAccount(db, tables),
    ...prepareCodes(db, tables),
    "code-missed": missCode(db, tables),
  };
}

/** What either did last, what was asked back, and codes: none of it is true of who they are now. */
function leaveBehind(db: Db, { act, question, linkCode: code }: Tables, name: string): readonly Write[] {
  const both = [given("from"), given("to")];
  return [
    db.delete(act).where(inArray(act.userId, both)).returning({ id: act.userId }).prepare(`${name}-act`),
    db.delete(question).where(inArray(question.userId, both)).returning({ id: question.userId }).prepare(`${name}-question`),
    db.delete(code).where(inArray(code.userId, both)).returning({ id: code.userId }).prepare(`${name}-code`),
  ];
}

function joinUsers(db: Db, tables: Tables): readonly Write[] {
  const { account, session, user, prompt, delivery, inbound } = tables;
  const to = sql`${given("to")}`;
  return [
    db
      .update(account)
      .set({ origin: sql`coalesce(${account.origin}, ${account.userId})`, userId: to })
      .where(eq(account.userId, given("from")))
      .returning({ id: account.id })
      .prepare("users-joined"),
    db
      .update(session)
      .set({ origin: sql`coalesce(${session.origin}, ${session.userId})`, userId: to })
      .where(and(eq(session.userId, given("from")), sql`coalesce(${session.origin}, '') <> ${given("from")}`))
      .returning({ id: session.id })
      .prepare("users-joined-session"),
    db
      .update(user)
      .set({ partOf: to })
      .where(or(eq(user.id, given("from")), eq(user.partOf, given("from"))))
      .returning({ id: user.id })
      .prepare("users-joined-part"),
    touchUser(db, tables, "to").prepare("users-joined-version"),
    ...joinMemberships(db, tables),
    ...leaveBehind(db, tables, "users-joined"),
    db
      .update(inbound)
      .set({ userId: to })
      .where(and(isNotNull(inbound.answer), eq(inbound.userId, given("from"))))
      .returning({ source: inbound.source })
      .prepare("users-joined-answers"),
    db
      .delete(prompt)
      .where(eq(prompt.userId, given("from")))
      .returning({ kind: prompt.kind })
      .prepare("users-joined-prompt"),
    db
      .delete(delivery)
      .where(and(eq(delivery.userId, given("from")), isNotNull(delivery.nextAt)))
      .returning({ key: delivery.key })
      .prepare("users-joined-delivery"),
  ];
}

function partUser(db: Db, tables: Tables): readonly Write[] {
  const { account, session, user } = tables;
  const home = sql`${given("to")}`;
  return [
    db
      .update(account)
      .set({ userId: home, origin: null })
      .where(and(eq(account.userId, given("from")), eq(account.origin, given("to"))))
      .returning({ id: account.id })
      .prepare("user-parted"),
    db
      .update(session)
      .set({ userId: home, origin: null })
      .where(and(inArray(session.userId, [given("from"), given("to")]), eq(session.origin, given("to"))))
      .returning({ id: session.id })
      .prepare("user-parted-session"),
    db
      .update(user)
      .set({ partOf: null })
      .where(eq(user.id, given("to")))
      .returning({ id: user.id })
      .prepare("user-parted-part"),
    touchUser(db, tables, "from").prepare("user-parted-version"),
    ...partMemberships(db, tables),
    ...leaveBehind(db, tables, "user-parted"),
  ];
}

/** The smaller of what is shared by a membership and by that of `other` in the same group; its own where that is not in it. */
function smallerShare(other: string) {
  const theirs = sql`(select both_in.share from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${given(other)})`;
  return sql`case when 'membership' in (share, ${theirs}) then 'membership' when 'status' in (share, ${theirs}) then 'status' else share end`;
}

/** One person is in a group once: what the other shares there is held back, and the smaller of both holds. Everything else moves. */
function joinMemberships(db: Db, { member }: Tables): readonly Write[] {
  const home = sql`coalesce(${member.origin}, ${member.userId})`;
  const isShared = sql`exists (select 1 from member as both_in where both_in.group_id = member.group_id and both_in.user_id = ${given("to")})`;
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare("from") })
      .where(eq(member.userId, given("to")))
      .returning(written)
      .prepare("users-joined-share"),
    db
      .update(member)
      .set({ origin: home, userId: home })
      .where(and(eq(member.userId, given("from")), isShared))
      .returning(written)
      .prepare("users-joined-held"),
    db
      .update(member)
      .set({ origin: home, userId: sql`${given("to")}` })
      .where(and(eq(member.userId, given("from")), sql`coalesce(${member.origin}, '') <> ${given("from")}`))
      .returning(written)
      .prepare("users-joined-member"),
  ];
}

/** What was held back is no more than what the other shares by now; what moved comes back as it is. */
function partMemberships(db: Db, { member }: Tables): readonly Write[] {
  const written = { groupId: member.groupId };
  return [
    db
      .update(member)
      .set({ share: smallerShare("from"), origin: null })
      .where(and(eq(member.userId, given("to")), eq(member.origin, given("to"))))
      .returning(written)
      .prepare("user-parted-held"),
    db
      .update(member)
      .set({ userId: sql`${given("to")}`, origin: null })
      .where(and(eq(member.userId, given("from")), eq(member.origin, given("to"))))
      .returning(written)
      .prepare("user-parted-member"),
  ];
}

/** Held back, it is with whoever logged it, as its own owner's origin: joining passes over it, and parting brings it back. */
function holdSession(db: Db, { session }: Tables): Write {
  const home = sql`coalesce(${session.origin}, ${session.userId})`;
  return db
    .update(session)
    .set({ origin: home, userId: home })
    .where(and(eq(session.userId, given("userId")), eq(session.id, given("id"))))
    .returning({ id: session.id })
    .prepare("session-held");
}

function returnSession(db: Db, { session }: Tables): Write {
  return db
    .update(session)
    .set({ userId: sql`${given("to")}` })
    .where(and(eq(session.userId, given("userId")), eq(session.origin, given("userId")), eq(session.id, given("id"))))
    .returning({ id: session.id })
    .prepare("session-returned");
}

function hearAccount(db: Db, { account }: Tables): Write {
  return db
    .update(account)
    .set({ heardAt: sql`${given("at")}` })
    .where(and(eq(account.platform, given("platform")), eq(account.id, given("id"))))
    .returning({ id: account.id })
    .prepare("account-heard");
}

function prepareCodes(db: Db, { linkCode: code }: Tables) {
  const opened = { hash: given("hash"), platform: given("platform"), accountId: given("accountId"), expiresAt: given("expiresAt") };
  const none = { hash: null, platform: null, accountId: null, expiresAt: null };
  return {
    "link-code-made": db
      .insert(code)
      .values({ userId: given("userId"), ...opened })
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
      .prepare("link-code-made"),
    "link-code-dropped": db
      .update(code)
      .set(none)
      .where(and(eq(code.userId, given("userId")), isNotNull(code.hash)))
      .returning({ userId: code.userId })
      .prepare("link-code-dropped"),
    "link-code-spent": db
      .update(code)
      .set(none)
      .where(and(eq(code.userId, given("userId")), eq(code.hash, given("hash"))))
      .returning({ userId: code.userId })
      .prepare("link-code-spent"),
  };
}

/** One more wrong code of an account; those whose time has passed are counted no more. Two processes at once count two. */
function missCode(db: Db, { codeTry }: Tables): Write {
  const isOver = sql`${codeTry.until} <= ${given("at")}`;
  return db
    .insert(codeTry)
    .values({ account: given("account"), tries: 1, until: given("until") })
    .onConflictDoUpdate({
      target: codeTry.account,
      set: { tries: sql`case when ${isOver} then 1 else ${codeTry.tries} + 1 end`, until: excluded(codeTry.until) },
    })
    .returning({ account: codeTry.account })
    .prepare("code-missed");
}
