/** Reads of sessions. */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { UserId } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import { and, asc, desc, eq, gte, lt, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { sessionOf, sessionsOf } from "#src/store/sql/rows.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";

/** Rows that are read before other work runs; a few milliseconds. */
const atOnce = 250;

/** The part of the store that reads sessions. */
export function sessionStore(db: Db, tables: Tables): Pick<Store, "sessions" | "history" | "page" | "findSession"> {
  const reads = prepareSessionReads(db, tables);
  return {
    async sessions(userId, { from, until }) {
      const days = { userId, from: from.toString(), until: until.toString(), limit: atOnce };
      let rows = await reads.sessions.execute(days);
      const found = sessionsOf(rows);
      while (rows.length === atOnce) {
        await nextTurn();
        rows = await reads.more.execute({ ...days, ...placeOf(found.at(-1)) });
        found.push(...sessionsOf(rows));
      }
      return found;
    },
    async history(userId, after, limit) {
      const rows = await reads.history.execute({ userId, ...placeOf(after), limit });
      return sessionsOf(rows);
    },
    async page(userId, { activity, skip, limit }) {
      const asked = activity === undefined ? reads.page : reads.pageOfActivity;
      const rows = await asked.execute({ userId, skip, limit, activity });
      return sessionsOf(rows);
    },
    async findSession(userId: UserId, id) {
      const [row] = await reads.session.execute({ userId, id });
      return row && sessionOf(row);
    },
  };
}

/** Reads all sessions of a user in slices, in the order of their history. */
export function allSessions(db: Db, tables: Tables): (userId: UserId) => Promise<readonly Session[]> {
  const { history } = prepareSessionReads(db, tables);
  return async (userId) => {
    const found: Session[] = [];
    for (let rows = await history.execute({ userId, ...placeOf(undefined), limit: atOnce }); rows.length > 0;) {
      found.push(...sessionsOf(rows));
      await nextTurn();
      rows = rows.length < atOnce ? [] : await history.execute({ userId, ...placeOf(found.at(-1)), limit: atOnce });
    }
    return found;
  };
}

/** The position of a session in its user's history; before the first one when there is none. */
function placeOf(session: Session | undefined) {
  return { day: session?.day.toString() ?? "", loggedAt: session?.loggedAt.epochMilliseconds ?? 0, id: session?.id ?? "" };
}

function prepareSessionReads(db: Db, { session }: Tables) {
  const theirs = eq(session.userId, placeholder("userId"));
  const newestFirst = [desc(session.day), desc(session.loggedAt), desc(session.id)] as const;
  const oldestFirst = [asc(session.day), asc(session.loggedAt), asc(session.id)] as const;
  const isBehind = sql`(${session.day}, ${session.loggedAt}, ${session.id}) > (${placeholder("day")}, ${placeholder("loggedAt")}, ${placeholder("id")})`;
  const onDays = and(theirs, gte(session.day, placeholder("from")), lt(session.day, placeholder("until")));
  const some = (where: ReturnType<typeof and>) =>
    db
      .select()
      .from(session)
      .where(where)
      .orderBy(...oldestFirst)
      .limit(placeholder("limit"))
      .prepare();
  const page = (where: ReturnType<typeof and>) =>
    db
      .select()
      .from(session)
      .where(where)
      .orderBy(...newestFirst)
      .limit(placeholder("limit"))
      .offset(placeholder("skip"))
      .prepare();
  return {
    sessions: some(onDays),
    more: some(and(onDays, isBehind)),
    history: some(and(theirs, isBehind)),
    page: page(theirs),
    pageOfActivity: page(and(theirs, eq(session.activity, placeholder("activity")))),
    session: db
      .select()
      .from(session)
      .where(and(theirs, eq(session.id, placeholder("id"))))
      .prepare(),
  };
}
