/** Reads of prompts, outbox messages and notes. */

import { and, asc, desc, eq, gt, lte, min, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { personColumns } from "#src/store/sql/users/person.ts";
import { type Db, placeholder } from "#src/store/sql/statement.ts";

/** The statements over `db`, prepared once. */
export function preparePromptReads(db: Db, tables: Tables) {
  return { ...reads(db, tables), ...readsOfMany(db, tables), ...readsOfTime(db, tables) };
}

function reads(db: Db, tables: Tables) {
  const { prompt, delivery, note, account, user } = tables;
  return {
    prompts: db
      .select()
      .from(prompt)
      .where(eq(prompt.userId, placeholder("userId")))
      .orderBy(asc(prompt.dueAt))
      .prepare(),
    deliveries: db
      .select()
      .from(delivery)
      .where(eq(delivery.userId, placeholder("userId")))
      .orderBy(desc(delivery.dueAt), desc(delivery.key))
      .limit(placeholder("limit"))
      .prepare(),
    addressee: db
      .select({ account, user: personColumns(tables) })
      .from(account)
      .innerJoin(user, eq(user.id, account.userId))
      .where(eq(account.userId, placeholder("userId")))
      .orderBy(sql`coalesce(${account.heardAt}, 0) desc`, asc(account.platform), asc(account.id))
      .prepare(),
    note: db
      .select()
      .from(note)
      .where(eq(note.name, placeholder("name")))
      .prepare(),
  };
}

function readsOfMany(db: Db, tables: Tables) {
  const { prompt, user } = tables;
  const theirs = eq(user.id, prompt.userId);
  return {
    due: db
      .select({ prompt, user: personColumns(tables), version: user.version })
      .from(prompt)
      .innerJoin(user, theirs)
      .where(lte(prompt.dueAt, placeholder("now")))
      .orderBy(asc(prompt.dueAt))
      .limit(placeholder("limit"))
      .prepare(),
    usersWithPrompts: db
      .select(personColumns(tables))
      .from(prompt)
      .innerJoin(user, theirs)
      .where(and(eq(prompt.kind, "weekly"), gt(prompt.userId, placeholder("after"))))
      .orderBy(asc(prompt.userId))
      .limit(placeholder("limit"))
      .prepare(),
  };
}

function readsOfTime(db: Db, { prompt, groupPrompt }: Tables) {
  return {
    nextPrompt: db
      .select({ at: min(prompt.dueAt) })
      .from(prompt)
      .prepare(),
    nextGroupPrompt: db
      .select({ at: min(groupPrompt.dueAt) })
      .from(groupPrompt)
      .prepare(),
  };
}
