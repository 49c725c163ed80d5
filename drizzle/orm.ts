/**
 * The only module that loads drizzle. It exports the parts that we use.
 *
 * Loaded as ES modules, drizzle makes Node read its 179 KB package.json again and again: 0.8 s and 264 MB at the start. `require` takes a
 * tenth of that. Its types are imported as types, which costs nothing.
 */

import { createRequire } from "node:module";

type Parts = {
  readonly "drizzle-orm": typeof import("drizzle-orm");
  readonly "drizzle-orm/better-sqlite3": typeof import("drizzle-orm/better-sqlite3");
  readonly "drizzle-orm/migrator": typeof import("drizzle-orm/migrator");
  readonly "drizzle-orm/sqlite-core": typeof import("drizzle-orm/sqlite-core");
};

const load: <Name extends keyof Parts>(name: Name) => Parts[Name] = createRequire(import.meta.url);

/** A column of a table that refers to itself. */
export type AnyColumn = import("drizzle-orm/sqlite-core").AnySQLiteColumn;

/** Conditions, orders and aggregates of statements. */
export const { and, asc, count, desc, eq, getTableColumns, gt, gte, inArray, isNotNull, isNull, lt, lte, max, min, ne, or, sql, sum } =
  load("drizzle-orm");
/** Tables, columns and indexes of SQLite. */
export const { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } = load("drizzle-orm/sqlite-core");
/** Creates a database over a connection of better-sqlite3. */
export const { drizzle } = load("drizzle-orm/better-sqlite3");
/** Reads the migrations of a folder. */
export const { readMigrationFiles } = load("drizzle-orm/migrator");
