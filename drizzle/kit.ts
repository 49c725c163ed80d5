/** The column types that our tables use. */

import { index, integer, isNotNull, primaryKey, real, sqliteTable, text, uniqueIndex } from "./orm.ts";

/** The column types on SQLite. */
export function sqliteKit() {
  return {
    table: sqliteTable,
    text: (name: string) => text(name),
    int: (name: string) => integer(name),
    real: (name: string) => real(name),
    flag: (name: string) => integer(name, { mode: "boolean" }),
    /** An instant, in milliseconds since 1970. */
    millis: (name: string) => integer(name),
    primaryKey,
    index,
    uniqueIndex,
    /** The condition of an index that leaves out rows without the column. */
    isSet: isNotNull,
  };
}

/** The column types that `defineTables` takes. */
export type Kit = ReturnType<typeof sqliteKit>;
