/** The parts of which our statements are built. */

import { sql } from "#drizzle/orm.ts";
import type { Column } from "drizzle-orm";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";

/** The placeholder of the value `key`, which is given when the statement runs. */
export const placeholder = (key: string) => sql.placeholder(key);
/** The value that the insert would have put into `column` if there were no conflict. */
export const excluded = (column: Column) => sql`excluded.${sql.identifier(column.name)}`;

/** The methods that all of drizzle's databases share. Use no others on a database. */
export type Db = Pick<BaseSQLiteDatabase<"async", unknown>, "select" | "insert" | "update" | "delete">;

/** The values of a statement's placeholders. */
export type Values = Readonly<Record<string, unknown>>;

/** A prepared write. It returns one row for each row that it touched. */
export type Write = { execute(values: Record<string, unknown>): PromiseLike<readonly unknown[]> };
