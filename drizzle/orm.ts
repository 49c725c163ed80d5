/**
 * The only module that loads drizzle.
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

/** A column of a table that refers to itself. */
export type AnyColumn = import("drizzle-orm/sqlite-core").AnySQLiteColumn;

/** Loads a part of drizzle by its import name. */
export const load: <Name extends keyof Parts>(name: Name) => Parts[Name] = createRequire(import.meta.url);
