/** The parts of which our statements are built. */

import { load } from "#drizzle/orm.ts";
import type { Column } from "drizzle-orm";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";

const { sql } = load("drizzle-orm");

/** What stands for the value called `key`, until the statement is run. */
export const placeholder = (key: string) => sql.placeholder(key);
/** The value that the insert would have put into `column`, had there been no such row. */
export const excluded = (column: Column) => sql`excluded.${sql.identifier(column.name)}`;

/** What drizzle's databases have in common. Nothing else may be called on one. */
export type Db = Pick<BaseSQLiteDatabase<"async", unknown>, "select" | "insert" | "update" | "delete">;

/** What the placeholders of a statement stand for. */
export type Values = Readonly<Record<string, unknown>>;

/** A prepared statement that writes, and gives a row for each row that it touched. */
export type Write = { execute(values: Record<string, unknown>): PromiseLike<readonly unknown[]> };
