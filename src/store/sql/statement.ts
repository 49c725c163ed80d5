/** The parts of which our statements are built. */

import type { Change, ChangeOf } from "#core/model/changes/index.ts";
import { getTableColumns, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Column, Placeholder, SQL, Table } from "drizzle-orm";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";

/** The methods that all of drizzle's databases share. Use no others on a database. */
export type Db = Pick<BaseSQLiteDatabase<"async", unknown>, "select" | "insert" | "update" | "delete">;

/** The values of a statement's placeholders. */
export type Values = Readonly<Record<string, unknown>>;

/** Makes the placeholders of a statement that runs with `Params`, by their names. Another name does not compile. */
export type Placeholders<Params> = (name: keyof Params & string) => Placeholder;

type Unprepared<Rows> = { prepare(): { execute(values: Record<string, unknown>): PromiseLike<Rows> } };

/** The placeholder of any name. */
export const placeholder = (name: string): Placeholder => sql.placeholder(name);

/** Prepares a read once. Returns the function that runs it. A missing value does not compile. */
export function prepareRead<Params extends Values, Rows>(
  build: (param: Placeholders<Params>) => Unprepared<Rows>,
): (values: Params) => PromiseLike<Rows> {
  const prepared = build(placeholder).prepare();
  return (values) => prepared.execute(values);
}

/** A prepared write. It returns one row for each row that it touched. */
export type Write = ReturnType<Unprepared<readonly unknown[]>["prepare"]>;

/** How a change of one kind is written. */
export type Writer<Kind extends Change["kind"]> = {
  /** The values of the placeholders. */
  values(change: ChangeOf<Kind>): Values;
  /** Prepares the statements. The change touched something when the first one did; otherwise the others are not run. */
  prepare(db: Db, tables: Tables): readonly Write[];
};

/** The writers of all kinds of change. */
export type Writers = { readonly [Kind in Change["kind"]]: Writer<Kind> };

/** The writer whose statements take what `values` returns. Each statement ends in `returning`. */
export function writer<Kind extends Change["kind"], Params extends Values>(
  values: (change: ChangeOf<Kind>) => Params,
  build: (
    db: Db,
    tables: Tables,
    param: Placeholders<Params>,
  ) => Unprepared<readonly unknown[]> | readonly Unprepared<readonly unknown[]>[],
): Writer<Kind> {
  return { values, prepare: (db, tables) => [build(db, tables, placeholder)].flat().map((one) => one.prepare()) };
}

function each<Name extends string, Value>(names: readonly Name[], of: (name: Name) => Value): Readonly<Record<Name, Value>>;
function each(names: readonly string[], of: (name: string) => unknown): Values {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

type NameIn<Of extends Table> = keyof Of["$inferSelect"] & string;

/** For an insert: a placeholder for each column of `table` but those of the names in `except`. */
export function rowOf<Of extends Table, Except extends NameIn<Of> = never>(
  table: Of,
  param: Placeholders<Omit<Of["$inferSelect"], Except>>,
  ...except: readonly Except[]
): Readonly<Record<Exclude<NameIn<Of>, Except>, Placeholder>> {
  const isGiven = (name: string): name is Exclude<NameIn<Of>, Except> => !except.some((one) => one === name);
  return each(Object.keys(getTableColumns(table)).filter(isGiven), param);
}

/** For an update: sets each column of these names to the value of the same name. */
export function setTo<Name extends string>(
  param: Placeholders<Record<Name, unknown>>,
  ...names: readonly Name[]
): Readonly<Record<Name, SQL>> {
  return each(names, (name) => sql`${param(name)}`);
}

/** For an insert that meets a row: sets each column of these names to the value that the insert would have put there. */
export function excluded<Name extends string>(
  table: Readonly<Record<Name, Column>>,
  ...names: readonly Name[]
): Readonly<Record<Name, SQL>> {
  return each(names, (name) => sql`excluded.${sql.identifier(table[name].name)}`);
}
