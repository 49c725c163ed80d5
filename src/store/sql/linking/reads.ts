/** Reads of link codes and linked accounts. */

import { and, asc, eq, gt, max, sum } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { digestOf } from "#src/store/sql/digest.ts";
import { userOf } from "#src/store/sql/rows.ts";
import { personColumns } from "#src/store/sql/users/person.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";

/** The part of the store that reads link codes and linked accounts. */
export function linkReads(db: Db, tables: Tables): Pick<Store, "findCodeOwner" | "findWrongCodes" | "countWrongCodes" | "linked"> {
  const reads = prepareReads(db, tables);
  return {
    async findCodeOwner(hash, now) {
      const [row] = await reads.offer.execute({ hash, now: now.epochMilliseconds });
      if (!row) return undefined;
      const { platform, id, name } = row.account;
      return { user: userOf(row.user), version: row.version, isActive: row.dueAt !== null, account: { platform, id, name }, hash };
    },
    async findWrongCodes(account) {
      const [row] = await reads.tries.execute({ account: digestOf(account) });
      return row && { count: row.tries, until: Temporal.Instant.fromEpochMilliseconds(row.until) };
    },
    async countWrongCodes(now) {
      const [row] = await reads.missed.execute({ now: now.epochMilliseconds });
      return Number(row?.tries ?? 0);
    },
    async linked(userId) {
      const rows = await reads.linked.execute({ userId });
      const latest = new Map((await reads.latest.execute({ userId })).map(({ origin, day }) => [origin, day]));
      return rows.map(({ account: { platform, id, name }, owner, version }) => {
        const day = owner && latest.get(owner.id);
        const originalOwner = owner
          ? { user: userOf(owner), version: version ?? 0, latest: day ? Temporal.PlainDate.from(day) : undefined }
          : undefined;
        return { account: { platform, id, name }, originalOwner };
      });
    },
  };
}

function prepareReads(db: Db, { user, account, session, prompt, linkCode: code, codeTry }: Tables) {
  const person = personColumns({ user });
  return {
    offer: db
      .select({ user: person, version: user.version, account, dueAt: prompt.dueAt })
      .from(code)
      .innerJoin(user, eq(user.id, code.userId))
      .innerJoin(account, and(eq(account.platform, code.platform), eq(account.id, code.accountId), eq(account.userId, code.userId)))
      .leftJoin(prompt, and(eq(prompt.userId, user.id), eq(prompt.kind, "weekly")))
      .where(and(eq(code.hash, placeholder("hash")), gt(code.expiresAt, placeholder("now"))))
      .prepare(),
    tries: db
      .select({ tries: codeTry.tries, until: codeTry.until })
      .from(codeTry)
      .where(eq(codeTry.account, placeholder("account")))
      .prepare(),
    missed: db
      .select({ tries: sum(codeTry.tries) })
      .from(codeTry)
      .where(gt(codeTry.until, placeholder("now")))
      .prepare(),
    linked: db
      .select({ account, owner: person, version: user.version })
      .from(account)
      .leftJoin(user, eq(user.id, account.origin))
      .where(eq(account.userId, placeholder("userId")))
      .orderBy(asc(account.platform), asc(account.id))
      .prepare(),
    latest: db
      .select({ origin: session.origin, day: max(session.day) })
      .from(session)
      .where(eq(session.userId, placeholder("userId")))
      .groupBy(session.origin)
      .prepare(),
  };
}
