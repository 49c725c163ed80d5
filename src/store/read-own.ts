/** How what somebody owns is read. */

import { load } from "#drizzle/load.ts";
import type { Tables } from "#drizzle/tables.ts";
import type { Store } from "#src/ports.ts";
import { type Db, given } from "./statement.ts";

const { asc, count, eq, or } = load("drizzle-orm");

/** The part of the store that reads it. */
export function ownStore(db: Db, tables: Tables): Pick<Store, "holdings"> {
  const reads = prepareReads(db, tables);
  return {
    async holdings(userId) {
      const [accounts, sessions, aside, deliveries] = [
        await reads.accounts.execute({ userId }),
        await reads.sessionCount.execute({ userId }),
        await reads.asideCount.execute({ userId }),
        await reads.deliveryCount.execute({ userId }),
      ];
      const [own, kept, said] = [sessions, aside, deliveries].map(([row]) => row?.count ?? 0);
      return { accounts, sessions: own ?? 0, aside: kept ?? 0, deliveries: said ?? 0 };
    },
  };
}

function prepareReads(db: Db, { user, account, session, delivery }: Tables) {
  const theirPart = eq(user.partOf, given("userId"));
  return {
    accounts: db
      .select({ platform: account.platform, id: account.id, name: account.name })
      .from(account)
      .where(eq(account.userId, given("userId")))
      .orderBy(asc(account.platform), asc(account.id))
      .prepare("accounts"),
    sessionCount: db
      .select({ count: count() })
      .from(session)
      .where(eq(session.userId, given("userId")))
      .prepare("session-count"),
    asideCount: db.select({ count: count() }).from(user).innerJoin(session, eq(session.userId, user.id)).where(theirPart).prepare("aside"),
    deliveryCount: db
      .select({ count: count() })
      .from(user)
      .innerJoin(delivery, eq(delivery.userId, user.id))
      .where(or(eq(user.id, given("userId")), theirPart))
      .prepare("delivery-count"),
  };
}
