/** The column types that our tables use. */

import { load } from "./orm.ts";

/** The column types on SQLite. */
export function sqliteKit() {
  const lite = load("drizzle-orm/sqlite-core");
  return {
    table: lite.sqliteTable,
    text: (name: string) => lite.text(name),
    int: (name: string) => lite.integer(name),
    real: (name: string) => lite.real(name),
    flag: (name: string) => lite.integer(name, { mode: "boolean" }),
    /** An instant, in milliseconds since 1970. */
    millis: (name: string) => lite.integer(name),
    primaryKey: lite.primaryKey,
    index: lite.index,
    uniqueIndex: lite.uniqueIndex,
    /** The condition of an index that leaves out rows without the column. */
    isSet: load("drizzle-orm").isNotNull,
  };
}

/** The column types that `defineTables` takes. */
export type Kit = ReturnType<typeof sqliteKit>;
