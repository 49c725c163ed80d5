/** How what somebody owns is read. */

import type { Aside, Belongings, OwnAccount, OwnCode } from "#core/belongings.ts";
import { parseTimeZone } from "#core/time.ts";
import { load } from "#drizzle/load.ts";
import type { Tables } from "#drizzle/tables.ts";
import type { Store } from "#src/ports.ts";
import { deliveryOf, promptOf } from "./prompt-rows.ts";
import { actOf, instantOf, questionOf, type Row, sessionOf, userOf } from "./rows.ts";
import { linkReads } from "./read-link.ts";
import { type Db, given } from "./statement.ts";

const { and, asc, count, desc, eq, max, min, or } = load("drizzle-orm");

/** The tables that hold something of a person. One that is new and has no line below does not compile. */
type PersonalTable = "user" | { [Name in keyof Tables]: "userId" extends keyof Tables[Name]["$inferSelect"] ? Name : never }[keyof Tables];

/** A statement that reads all that a table holds of somebody. */
type Read<Name extends PersonalTable> = { execute(values: { readonly userId: string }): PromiseLike<readonly Row<Name>[]> };
type Reads = { readonly [Name in PersonalTable]: Read<Name> };

/** The part of the store that reads it. */
export function ownStore(
  db: Db,
  tables: Tables,
): Pick<Store, "holdings" | "belongings" | "findBatch" | "findOffer" | "findTries" | "linked"> {
  const counts = prepareCounts(db, tables);
  const reads = prepareReads(db, tables);
  return {
    async holdings(userId) {
      const accounts = await reads.account.execute({ userId });
      const [own, kept, said] = [
        await counts.sessions.execute({ userId }),
        await counts.aside.execute({ userId }),
        await counts.deliveries.execute({ userId }),
      ].map(([row]) => row?.count ?? 0);
      const named = accounts.map(({ platform, id, name }) => ({ platform, id, name }));
      return { accounts: named, sessions: own ?? 0, aside: kept ?? 0, deliveries: said ?? 0 };
    },
    ...linkReads(db, tables),
    async findBatch(userId, id) {
      const [row] = await counts.batch.execute({ userId, id });
      const { count: sessions = 0, first, last } = row ?? {};
      if (!row || !first || !last) return undefined;
      return { user: userOf(row.user), count: sessions, first: Temporal.PlainDate.from(first), last: Temporal.PlainDate.from(last) };
    },
    async belongings(userId) {
      const people = await reads.user.execute({ userId });
      const whole = people.find(({ id }) => id === userId);
      if (!whole) return undefined;
      const parts: Aside[] = [];
      for (const part of people.filter(({ id }) => id !== userId)) {
        const { sessions, deliveries } = await heapOf(reads, part.id);
        parts.push({ user: userOf(part), sessions, deliveries });
      }
      return { user: userOf(whole), ...(await heapOf(reads, userId)), ...(await restOf(reads, userId)), aside: parts };
    },
  };
}

async function heapOf(reads: Reads, userId: string): Promise<Pick<Belongings, "sessions" | "deliveries">> {
  const [sessions, deliveries] = [await reads.session.execute({ userId }), await reads.delivery.execute({ userId })];
  return { sessions: sessions.map(sessionOf), deliveries: deliveries.map(deliveryOf) };
}

async function restOf(reads: Reads, userId: string): Promise<Omit<Belongings, "user" | "sessions" | "deliveries" | "aside">> {
  const accounts = await reads.account.execute({ userId });
  const [[act], [question], [code]] = [
    await reads.act.execute({ userId }),
    await reads.question.execute({ userId }),
    await reads.code.execute({ userId }),
  ];
  const prompts = await reads.prompt.execute({ userId });
  return {
    accounts: accounts.map(ownAccountOf),
    act: act && actOf(act),
    question: question && questionOf(question),
    prompts: prompts.map(promptOf),
    code: code && ownCodeOf(code),
  };
}

function ownAccountOf({ platform, id, name, isOpen, isTold, timeZone, origin, heardAt }: Row<"account">): OwnAccount {
  const place = parseTimeZone(timeZone ?? "");
  return {
    account: { platform, id, name, ...(place ? { timeZone: place } : {}) },
    reach: { isOpen, isTold },
    origin: origin ?? undefined,
    heardAt: instantOf(heardAt),
  };
}

function ownCodeOf({ hash, expiresAt, tries, triesUntil }: Row<"code">): OwnCode {
  return {
    isOpen: hash !== null,
    expiresAt: instantOf(expiresAt),
    tries,
    triesUntil: Temporal.Instant.fromEpochMilliseconds(triesUntil),
  };
}

function prepareReads(db: Db, { user, account, session, act, question, prompt, delivery, code }: Tables): Reads {
  const id = given("userId");
  return {
    user: db
      .select()
      .from(user)
      .where(or(eq(user.id, id), eq(user.partOf, id)))
      .orderBy(asc(user.id))
      .prepare("own-user"),
    account: db.select().from(account).where(eq(account.userId, id)).orderBy(asc(account.platform), asc(account.id)).prepare("own-account"),
    session: db
      .select()
      .from(session)
      .where(eq(session.userId, id))
      .orderBy(asc(session.day), asc(session.loggedAt), asc(session.id))
      .prepare("own-session"),
    act: db.select().from(act).where(eq(act.userId, id)).prepare("own-act"),
    question: db.select().from(question).where(eq(question.userId, id)).prepare("own-question"),
    prompt: db.select().from(prompt).where(eq(prompt.userId, id)).orderBy(asc(prompt.dueAt)).prepare("own-prompt"),
    delivery: db
      .select()
      .from(delivery)
      .where(eq(delivery.userId, id))
      .orderBy(desc(delivery.dueAt), desc(delivery.key))
      .prepare("own-delivery"),
    code: db.select().from(code).where(eq(code.userId, id)).prepare("own-code"),
  };
}

function prepareCounts(db: Db, { user, session, delivery }: Tables) {
  const theirPart = eq(user.partOf, given("userId"));
  const { id, joinedAt, timeZone, firstDay, preferences } = user;
  return {
    batch: db
      .select({ user: { id, joinedAt, timeZone, firstDay, preferences }, count: count(), first: min(session.day), last: max(session.day) })
      .from(user)
      .innerJoin(session, eq(session.userId, user.id))
      .where(and(eq(user.id, given("id")), theirPart))
      .groupBy(user.id)
      .prepare("batch"),
    sessions: db
      .select({ count: count() })
      .from(session)
      .where(eq(session.userId, given("userId")))
      .prepare("session-count"),
    aside: db.select({ count: count() }).from(user).innerJoin(session, eq(session.userId, user.id)).where(theirPart).prepare("aside"),
    deliveries: db
      .select({ count: count() })
      .from(user)
      .innerJoin(delivery, eq(delivery.userId, user.id))
      .where(or(eq(user.id, given("userId")), theirPart))
      .prepare("delivery-count"),
  };
}
