/** Reads of everything that is stored about a user. */

import type { UserId } from "#core/lib/ids.ts";
import { parseTimeZone } from "#core/lib/time.ts";
import type { WrongCodes } from "#core/model/account-link.ts";
import type { Session } from "#core/model/session.ts";
import { type DetachedRecords, type UserData, type UserRecords, unansweredRecordOf, type UserAccount, type LinkCodeStatus, type UserMembership } from "#core/model/user-data.ts";
import { and, asc, count, desc, eq, inArray, isNotNull, max, min, or } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { partsOf } from "#src/store/sql/groups/reads.ts";
import { channelOf, groupOf, memberOf } from "#src/store/sql/groups/rows.ts";
import { linkReads } from "#src/store/sql/linking/reads.ts";
import { directMessageOf, promptOf } from "#src/store/sql/outbox/rows.ts";
import { unansweredOf } from "#src/store/sql/outbox/unanswered-rows.ts";
import { actOf, instantOf, questionOf, type Row, userOf } from "#src/store/sql/rows.ts";
import { allSessions } from "#src/store/sql/sessions/reads.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";
import { isReadable, personColumns } from "#src/store/sql/users/person.ts";

/** The tables with rows of a user. A new table without a read below does not compile. */
type PersonalTable = "user" | { [Name in keyof Tables]: "userId" extends keyof Tables[Name]["$inferSelect"] ? Name : never }[keyof Tables];

/** A statement that reads all rows of a user in one table. */
type Read<Name extends keyof Tables> = { execute(values: { readonly userId: string }): PromiseLike<readonly Row<Name>[]> };
type Reads = { readonly [Name in Exclude<PersonalTable, "session">]: Read<Name> } & {
  /** All sessions of the user, read in slices. */
  readonly sessions: (userId: UserId) => Promise<readonly Session[]>;
  /** The channels that the user bound. */
  readonly channel: Read<"channel">;
  /** The groups of which the user is a member. */
  readonly group: Read<"group">;
};

/** The part of the store that reads a user's data. */
export function userDataStore(
  db: Db,
  tables: Tables,
): Pick<Store, "userDataCounts" | "userData" | "findStagedImport" | "findCodeOwner" | "findWrongCodes" | "countWrongCodes" | "linked"> {
  const counts = prepareCounts(db, tables);
  const reads = prepareReads(db, tables);
  const links = linkReads(db, tables);
  return {
    async userDataCounts(userId) {
      const accounts = await reads.account.execute({ userId });
      const amount = async (of: CountName): Promise<number> => (await counts[of].execute({ userId }))[0]?.count ?? 0;
      return {
        accounts: accounts.map(({ platform, id, name }) => ({ platform, id, name })),
        sessions: await amount("sessions"),
        detached: await amount("aside"),
        deliveries: await amount("deliveries"),
        groups: await amount("groups"),
        cheers: await amount("cheers"),
        channels: await amount("channels"),
      };
    },
    ...links,
    async findStagedImport(userId, id) {
      const [row] = await counts.batch.execute({ userId, id });
      const { count: sessions = 0, first, last } = row ?? {};
      if (!row || !first || !last) return undefined;
      return { user: userOf(row.user), count: sessions, first: Temporal.PlainDate.from(first), last: Temporal.PlainDate.from(last) };
    },
    async userData(userId) {
      const people = await reads.user.execute({ userId });
      const whole = people.find(({ id }) => id === userId);
      if (!whole) return undefined;
      const parts: DetachedRecords[] = [];
      for (const part of people.filter(({ id }) => id !== userId)) {
        parts.push({ user: userOf(part), ...(await userRecordsOf(reads, part.id)) });
      }
      return { user: userOf(whole), ...(await userRecordsOf(reads, userId)), ...(await restOf(reads, userId, links.findWrongCodes)), detached: parts };
    },
  };
}

async function userRecordsOf(reads: Reads, userId: UserId): Promise<UserRecords> {
  const deliveries = await reads.delivery.execute({ userId });
  const [cheers, channels] = [await reads.cheer.execute({ userId }), await reads.channel.execute({ userId })];
  return {
    sessions: await reads.sessions(userId),
    deliveries: deliveries.map(directMessageOf),
    memberships: await membershipsOf(reads, userId),
    cheers: cheers.map(({ groupId, on }) => ({ groupId, on: Temporal.PlainDate.from(on) })),
    channels: channels.map(channelOf),
  };
}

async function membershipsOf(reads: Reads, userId: string): Promise<readonly UserMembership[]> {
  const groups = new Map((await reads.group.execute({ userId })).map((row) => [row.id, groupOf(row)]));
  const members = await reads.member.execute({ userId });
  return members.flatMap((row) => {
    const group = groups.get(row.groupId);
    return group ? [{ group, member: memberOf(row), originalOwnerId: row.origin ?? undefined }] : [];
  });
}

type FindWrongCodes = Store["findWrongCodes"];

async function restOf(reads: Reads, userId: string, findWrongCodes: FindWrongCodes): Promise<Omit<UserData, "user" | "detached" | keyof UserRecords>> {
  const accounts = await reads.account.execute({ userId });
  const wrong: (WrongCodes | undefined)[] = [];
  for (const account of accounts) wrong.push(await findWrongCodes(account));
  const [[act], [question], [code]] = [
    await reads.act.execute({ userId }),
    await reads.question.execute({ userId }),
    await reads.linkCode.execute({ userId }),
  ];
  const prompts = await reads.prompt.execute({ userId });
  return {
    accounts: accounts.map((row, index) => userAccountOf(row, wrong[index])),
    act: act && actOf(act),
    question: question && questionOf(question),
    prompts: prompts.map(promptOf),
    code: code && linkCodeStatusOf(code),
    unanswered: (await reads.inbound.execute({ userId })).flatMap(unansweredOf).map(unansweredRecordOf),
  };
}

function userAccountOf(row: Row<"account">, wrongCodes: WrongCodes | undefined): UserAccount {
  const { platform, id, name, isOpen, isTold, timeZone, origin, heardAt } = row;
  const place = parseTimeZone(timeZone ?? "");
  return {
    account: { platform, id, name, ...(place ? { timeZone: place } : {}) },
    reach: { isOpen, isTold },
    origin: origin ?? undefined,
    heardAt: instantOf(heardAt),
    wrongCodes,
  };
}

function linkCodeStatusOf({ hash, expiresAt }: Row<"linkCode">): LinkCodeStatus {
  return { isOpen: hash !== null, expiresAt: instantOf(expiresAt) };
}

function prepareReads(db: Db, tables: Tables): Reads {
  const { user, account, act, question, prompt, delivery, linkCode, inbound } = tables;
  const id = placeholder("userId");
  return {
    sessions: allSessions(db, tables),
    user: db
      .select({ ...personColumns({ user }), partOf: user.partOf, pending: user.pending, version: user.version })
      .from(user)
      .where(or(eq(user.id, id), eq(user.partOf, id)))
      .orderBy(asc(user.id))
      .prepare(),
    account: db.select().from(account).where(eq(account.userId, id)).orderBy(asc(account.platform), asc(account.id)).prepare(),
    act: db
      .select()
      .from(act)
      .where(and(eq(act.userId, id), isReadable(act)))
      .prepare(),
    question: db.select().from(question).where(eq(question.userId, id)).prepare(),
    prompt: db.select().from(prompt).where(eq(prompt.userId, id)).orderBy(asc(prompt.dueAt)).prepare(),
    delivery: db
      .select()
      .from(delivery)
      .where(eq(delivery.userId, id))
      .orderBy(desc(delivery.dueAt), desc(delivery.key))
      .prepare(),
    inbound: db
      .select()
      .from(inbound)
      .where(and(isNotNull(inbound.answer), eq(inbound.userId, id)))
      .orderBy(asc(inbound.seenAt), asc(inbound.source))
      .prepare(),
    linkCode: db.select().from(linkCode).where(eq(linkCode.userId, id)).prepare(),
    ...prepareGroupReads(db, tables),
  };
}

function prepareGroupReads(db: Db, { member, group, cheer, channel }: Tables): Pick<Reads, "member" | "group" | "cheer" | "channel"> {
  const id = placeholder("userId");
  const groupIds = db.select({ id: member.groupId }).from(member).where(eq(member.userId, id));
  return {
    member: db.select().from(member).where(eq(member.userId, id)).orderBy(asc(member.joinedAt), asc(member.groupId)).prepare(),
    group: db.select().from(group).where(inArray(group.id, groupIds)).prepare(),
    cheer: db.select().from(cheer).where(eq(cheer.userId, id)).orderBy(asc(cheer.on), asc(cheer.groupId)).prepare(),
    channel: db
      .select()
      .from(channel)
      .where(eq(channel.boundBy, id))
      .orderBy(asc(channel.platform), asc(channel.address))
      .prepare(),
  };
}

/** The names of the counts of a user's data. */
type CountName = Exclude<keyof ReturnType<typeof prepareCounts>, "batch">;

function prepareCounts(db: Db, { user, session, delivery, member, cheer, channel }: Tables) {
  const parts = partsOf(db, { user }, placeholder("userId"));
  const theirPart = eq(user.partOf, placeholder("userId"));
  return {
    batch: db
      .select({ user: personColumns({ user }), count: count(), first: min(session.day), last: max(session.day) })
      .from(user)
      .innerJoin(session, eq(session.userId, user.id))
      .where(and(eq(user.id, placeholder("id")), theirPart))
      .groupBy(user.id)
      .prepare(),
    sessions: db
      .select({ count: count() })
      .from(session)
      .where(eq(session.userId, placeholder("userId")))
      .prepare(),
    aside: db.select({ count: count() }).from(user).innerJoin(session, eq(session.userId, user.id)).where(theirPart).prepare(),
    deliveries: db
      .select({ count: count() })
      .from(user)
      .innerJoin(delivery, eq(delivery.userId, user.id))
      .where(or(eq(user.id, placeholder("userId")), theirPart))
      .prepare(),
    groups: db
      .select({ count: count() })
      .from(member)
      .where(eq(member.userId, placeholder("userId")))
      .prepare(),
    cheers: db
      .select({ count: count() })
      .from(cheer)
      .where(or(eq(cheer.userId, placeholder("userId")), inArray(cheer.userId, parts)))
      .prepare(),
    channels: db
      .select({ count: count() })
      .from(channel)
      .where(or(eq(channel.boundBy, placeholder("userId")), inArray(channel.boundBy, parts)))
      .prepare(),
  };
}
