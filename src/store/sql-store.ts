/** The store over either database. Every statement is prepared once, when the store is made. */

import type { Store } from "#src/ports.ts";
import { load } from "#drizzle/load.ts";
import type { Tables } from "#drizzle/tables.ts";
import { actOf, questionOf, sessionOf, userOf } from "./rows.ts";
import { type Db, type Step, stepOf } from "./write.ts";

const { and, asc, desc, eq, gte, lt, sql } = load("drizzle-orm");
const given = (key: string) => sql.placeholder(key);

/** A database, and the two things that each does in its own way. */
export type Dialect = {
  readonly db: Db;
  readonly tables: Tables;
  /** Takes all of `steps` in one transaction; false, with nothing kept, when the first touched no row. */
  atomically(steps: readonly Step[]): Promise<boolean>;
  close(): Promise<void>;
};

/** The store of `dialect`. */
export function createSqlStore({ db, tables, atomically, close }: Dialect): Store {
  const reads = { ...prepareSessionReads(db, tables), ...preparePersonReads(db, tables) };
  return {
    async findUser({ platform, id }) {
      const [row] = await reads.user.execute({ platform, id });
      return row && userOf(row);
    },
    async sessions(userId, { from, until }) {
      const rows = await reads.sessions.execute({ userId, from: from.toString(), until: until.toString() });
      return rows.map(sessionOf);
    },
    async page(userId, { activity, skip, limit }) {
      const asked = activity === undefined ? reads.page : reads.pageOfActivity;
      const rows = await asked.execute({ userId, skip, limit, activity });
      return rows.map(sessionOf);
    },
    async findSession(userId, id) {
      const [row] = await reads.session.execute({ userId, id });
      return row && sessionOf(row);
    },
    async findAct(userId) {
      const [row] = await reads.act.execute({ userId });
      return row && actOf(row);
    },
    async findQuestion(userId) {
      const [row] = await reads.question.execute({ userId });
      return row && questionOf(row);
    },
    async commit(changes) {
      if (changes.length === 0) return "done";
      return (await atomically(changes.map(stepOf))) ? "done" : "stale";
    },
    close,
  };
}

function prepareSessionReads(db: Db, { session }: Tables) {
  const theirs = eq(session.userId, given("userId"));
  const newestFirst = [desc(session.day), desc(session.loggedAt), desc(session.id)] as const;
  const page = (name: string, where: typeof theirs | ReturnType<typeof and>) =>
    db
      .select()
      .from(session)
      .where(where)
      .orderBy(...newestFirst)
      .limit(given("limit"))
      .offset(given("skip"))
      .prepare(name);
  return {
    sessions: db
      .select()
      .from(session)
      .where(and(theirs, gte(session.day, given("from")), lt(session.day, given("until"))))
      .orderBy(asc(session.day), asc(session.loggedAt), asc(session.id))
      .prepare("sessions"),
    page: page("page", theirs),
    pageOfActivity: page("page-of-activity", and(theirs, eq(session.activity, given("activity")))),
    session: db
      .select()
      .from(session)
      .where(and(theirs, eq(session.id, given("id"))))
      .prepare("session"),
  };
}

function preparePersonReads(db: Db, { user, account, act, question }: Tables) {
  const { id, joinedAt, timeZone, firstDay, preferences } = user;
  return {
    user: db
      .select({ id, joinedAt, timeZone, firstDay, preferences })
      .from(account)
      .innerJoin(user, eq(user.id, account.userId))
      .where(and(eq(account.platform, given("platform")), eq(account.id, given("id"))))
      .prepare("user"),
    act: db
      .select()
      .from(act)
      .where(eq(act.userId, given("userId")))
      .prepare("act"),
    question: db
      .select()
      .from(question)
      .where(eq(question.userId, given("userId")))
      .prepare("question"),
  };
}
