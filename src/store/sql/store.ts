/** The store over an SQL database. Every statement is prepared once, when the store is created. */

import type { Store } from "#src/ports/store.ts";
import { and, eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { AccountRecord } from "#core/model/context.ts";
import { parseTimeZone } from "#core/lib/time.ts";
import { claimStore } from "#src/store/sql/outbox/claims.ts";
import { answerReads } from "#src/store/sql/outbox/unanswered-rows.ts";
import { installationOf, prepareInstallationReads } from "#src/store/sql/installations/installations.ts";
import { lostSettings } from "#src/store/sql/users/limits.ts";
import { directMessageOf, promptOf } from "#src/store/sql/outbox/rows.ts";
import { groupStore } from "#src/store/sql/groups/reads.ts";
import { preparePromptReads } from "#src/store/sql/outbox/reads.ts";
import { actOf, questionOf, userOf } from "./rows.ts";
import { userDataStore } from "#src/store/sql/data/reads.ts";
import { sessionStore } from "#src/store/sql/sessions/reads.ts";
import { isReadable, personColumns } from "#src/store/sql/users/person.ts";
import { type Db, placeholder } from "./statement.ts";
import { type BoundWrite, bindWrite } from "./writes.ts";

/** A database, and what each database does in its own way. */
export type SqlDriver = {
  readonly db: Db;
  readonly tables: Tables;
  /** Runs all of `steps` in one transaction. False, with nothing kept, when the first one touched no row. */
  transact(steps: readonly BoundWrite[]): Promise<boolean>;
  /** Erases deleted data from the file, if that was put off. */
  secureErase(): Promise<void>;
  close(): Promise<void>;
};

/** The store over `driver`. */
export function createSqlStore({ db, tables, transact, secureErase, close }: SqlDriver): Store {
  const reads = { ...preparePersonReads(db, tables), ...prepareInstallationReads(db, tables) };
  return {
    ...promptStore(db, tables),
    ...groupStore(db, tables),
    ...userDataStore(db, tables),
    ...answerReads(db, tables),
    ...sessionStore(db, tables),
    async findUser({ platform, id }) {
      // The query returns one row for each of the user's groups. The rows differ only in the group.
      const [row] = await reads.user.execute({ platform, id });
      return row && foundOf(row);
    },
    async hasSeen(source) {
      return (await reads.seen.execute({ source })).length > 0;
    },
    async findAct(userId) {
      const [row] = await reads.act.execute({ userId });
      return row && actOf(row);
    },
    async findQuestion(userId) {
      const [row] = await reads.question.execute({ userId });
      return row && questionOf(row);
    },
    async findInstallation(platform, workspace) {
      const [row] = await reads.installation.execute({ platform, home: workspace });
      return row && installationOf(row);
    },
    async installations(platform) {
      return (await reads.installations.execute({ platform })).map(installationOf);
    },
    async commit(changes) {
      if (changes.length === 0) return "done";
      return (await transact(changes.map(bindWrite))) ? "done" : "stale";
    },
    secureErase,
    close,
  };
}

type FoundRow = Awaited<ReturnType<ReturnType<typeof preparePersonReads>["user"]["execute"]>>[number];

function foundOf({
  user,
  version,
  dueAt,
  isOpen,
  isTold,
  platformTimeZone,
  origin,
  hasSwitchedAccount,
  memberOf,
  hasBoundChannel,
}: FoundRow): AccountRecord {
  return {
    user: userOf(user),
    version,
    isActive: dueAt !== null,
    reach: { isOpen, isTold },
    platformTimeZone: parseTimeZone(platformTimeZone ?? ""),
    isMember: memberOf !== null,
    hasBoundChannel: Boolean(hasBoundChannel),
    originalOwnerId: origin ?? undefined,
    hasSwitchedAccount: Boolean(hasSwitchedAccount),
    hasLostSettings: user.preferences === lostSettings,
  };
}

type PromptStore = Pick<
  Store,
  "due" | "prompts" | "usersWithPrompts" | "claim" | "claimOverdue" | "lanes" | "deliveries" | "findAddressee" | "nextAt" | "findNote"
>;

function promptStore(db: Db, tables: Tables): PromptStore {
  const reads = preparePromptReads(db, tables);
  const claims = claimStore(db, tables);
  return {
    async due(now, limit) {
      const rows = await reads.due.execute({ now: now.epochMilliseconds, limit });
      return rows.map((row) => ({ prompt: promptOf(row.prompt), user: userOf(row.user), version: row.version }));
    },
    async prompts(userId) {
      const rows = await reads.prompts.execute({ userId });
      return rows.map(promptOf);
    },
    async usersWithPrompts(after, limit) {
      const rows = await reads.usersWithPrompts.execute({ after: after ?? "", limit });
      return rows.map(userOf);
    },
    ...claims,
    async deliveries(userId, limit) {
      const rows = await reads.deliveries.execute({ userId, limit });
      return rows.map(directMessageOf);
    },
    async findAddressee(userId) {
      const rows = await reads.addressee.execute({ userId });
      const accounts = rows.map(({ account: { platform, id, name, isOpen, isTold } }) => ({
        account: { platform, id, name },
        reach: { isOpen, isTold },
      }));
      return rows[0] && { user: userOf(rows[0].user), accounts };
    },
    async nextAt(platforms) {
      const prompts = await reads.nextPrompt.execute();
      const groups = await reads.nextGroupPrompt.execute();
      const deliveries = (await claims.lanes()).filter(({ platform }) => !platforms || platforms.includes(platform));
      const times = [...[...prompts, ...groups].flatMap(({ at }) => at ?? []), ...deliveries.map(({ nextAt }) => nextAt.epochMilliseconds)];
      return times.length > 0 ? Temporal.Instant.fromEpochMilliseconds(Math.min(...times)) : undefined;
    },
    async findNote(name) {
      const [row] = await reads.note.execute({ name });
      return row?.value;
    },
  };
}

/** Whether the user last wrote from another of their accounts. */
function spokeElsewhere(account: Tables["account"]) {
  const isOther = sql`(other.platform <> ${account.platform} or other.id <> ${account.id})`;
  const isLater = sql`coalesce(other.last_seen_at, 0) >= coalesce(${account.heardAt}, 0)`;
  return sql<
    boolean | number
  >`exists (select 1 from ${account} as other where other.user_id = ${account.userId} and ${isOther} and ${isLater})`;
}

function preparePersonReads(db: Db, { user, account, prompt, act, question, member, channel, inbound }: Tables) {
  const parts = sql`select part.id from ${user} as part where part.owner_id = ${account.userId}`;
  const bound = sql`select 1 from ${channel} as bound where bound.bound_by = ${account.userId} or bound.bound_by in (${parts})`;
  return {
    user: db
      .select({
        user: personColumns({ user }),
        version: user.version,
        dueAt: prompt.dueAt,
        isOpen: account.isOpen,
        isTold: account.isTold,
        platformTimeZone: account.timeZone,
        memberOf: member.groupId,
        origin: account.origin,
        hasSwitchedAccount: spokeElsewhere(account),
        hasBoundChannel: sql<boolean | number>`exists (${bound})`,
      })
      .from(account)
      .innerJoin(user, eq(user.id, account.userId))
      .leftJoin(prompt, and(eq(prompt.userId, user.id), eq(prompt.kind, "weekly")))
      .leftJoin(member, eq(member.userId, user.id))
      .where(and(eq(account.platform, placeholder("platform")), eq(account.id, placeholder("id"))))
      .prepare(),
    seen: db
      .select({ source: inbound.source })
      .from(inbound)
      .where(eq(inbound.source, placeholder("source")))
      .prepare(),
    act: db
      .select()
      .from(act)
      .where(and(eq(act.userId, placeholder("userId")), isReadable(act)))
      .prepare(),
    question: db
      .select()
      .from(question)
      .where(eq(question.userId, placeholder("userId")))
      .prepare(),
  };
}
