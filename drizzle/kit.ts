/** The words in which our tables are written: only what both databases store alike. */

import { load } from "./orm.ts";

/** The words on PostgreSQL. */
export function postgresKit() {
  const pg = load("drizzle-orm/pg-core");
  return {
    table: pg.pgTable,
    text: (name: string) => pg.text(name),
    int: (name: string) => pg.integer(name),
    real: (name: string) => pg.doublePrecision(name),
    flag: (name: string) => pg.boolean(name),
    /** An instant, as milliseconds since 1970. */
    millis: (name: string) => pg.bigint(name, { mode: "number" }),
    primaryKey: pg.primaryKey,
    index: pg.index,
    uniqueIndex: pg.uniqueIndex,
    /** Of an index that leaves out the rows without that column. */
    isSet: load("drizzle-orm").isNotNull,
  };
}

/** The words, whatever the database. PostgreSQL's type stands for both: what can be awaited there can be awaited on SQLite. */
export type Kit = ReturnType<typeof postgresKit>;

/** The words on SQLite. The first of the two casts that one schema for two databases costs. */
export function sqliteKit(): Kit {
  const lite = load("drizzle-orm/sqlite-core");
  const words: Readonly<Record<keyof Kit, unknown>> = {
    table: lite.sqliteTable,
    text: (name: string) => lite.text(name),
    int: (name: string) => lite.integer(name),
    real: (name: string) => lite.real(name),
    flag: (name: string) => lite.integer(name, { mode: "boolean" }),
    millis: (name: string) => lite.integer(name),
    primaryKey: lite.primaryKey,
    index: lite.index,
    uniqueIndex: lite.uniqueIndex,
    isSet: load("drizzle-orm").isNotNull,
  };
  return words as Kit;
}
