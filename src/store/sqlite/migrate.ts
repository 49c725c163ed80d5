/**
 * Migrates a SQLite file to the newest schema, or leaves it unchanged.
 *
 * drizzle's own migrator takes no lock, skips a migration that is older than the newest applied one, and loses the child rows of a rebuilt
 * table. This one reads the same files and keeps the same table.
 */

import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readMigrationFiles } from "#drizzle/orm.ts";
import { createPrivately } from "./private-files.ts";
import Database from "better-sqlite3";
import { z } from "zod";

/** A migration of the schema. `at` is when it was written, in epoch milliseconds. */
export type Migration = { readonly name: string; readonly at: number; readonly hash: string; readonly statements: readonly string[] };

/** What `migrate` did to a file. */
export type Migrated = {
  /** Whether the file had no migration before. */
  readonly isNew: boolean;
  /** The names of the applied migrations. */
  readonly applied: readonly string[];
  /** The copy that was made first; undefined when nothing was applied or the file was new. */
  readonly copy: string | undefined;
};

type Client = Database.Database;
type Counts = ReadonlyMap<string, number>;

/** The folder of the SQLite migrations. */
export const sqliteMigrations = fileURLToPath(new URL("../../../drizzle/migrations/sqlite", import.meta.url));

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string() })) });
const appliedSchema = z.array(z.object({ hash: z.string(), at: z.coerce.number() }));
const counted = z.object({ count: z.int() });
const namesSchema = z.array(z.string());

/** The migrations of `folder`, in their order. */
export function readMigrations(folder: string): readonly Migration[] {
  const journal = journalSchema.parse(JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")));
  const files = readMigrationFiles({ migrationsFolder: folder });
  return files.map(({ sql, hash, folderMillis }, index) => {
    return { name: journal.entries[index]?.tag ?? String(index), at: folderMillis, hash, statements: sql };
  });
}

/** Why `migrations` cannot be applied to the file behind `client`; undefined when they can. */
export function findObstacle(client: Client, migrations: readonly Migration[]): string | undefined {
  const tables = tablesOf(client);
  const applied = appliedOf(client);
  if (applied === undefined) return tables.length > 0 ? "it is a database of something else. Choose another path" : undefined;
  const strange = applied.find(({ hash }) => !migrations.some((migration) => migration.hash === hash));
  if (strange === undefined) return undefined;
  const edited = migrations.find(({ at }) => at === strange.at);
  if (edited)
    return `its migration "${edited.name}" was edited after it had been applied. Give the migration its old text, and add another`;
  return "a newer version of Sweetspot wrote it. Start that version, or restore a copy from before it";
}

/**
 * Applies the pending ones of `migrations`: all or none, even when several processes start at once.
 *
 * A used file is copied first, beside itself. Throws, with the file unchanged, when a statement fails, when the row count of an existing
 * table changes, or when a row refers to nothing.
 */
export function migrate(client: Client, migrations: readonly Migration[]): Migrated {
  // SQLite ignores this pragma inside a transaction. With foreign keys on, rebuilding a table would delete its child rows.
  client.pragma("foreign_keys = OFF");
  try {
    return client.transaction(() => applyPending(client, migrations)).immediate();
  } finally {
    client.pragma("foreign_keys = ON");
  }
}

function applyPending(client: Client, migrations: readonly Migration[]): Migrated {
  const obstacle = findObstacle(client, migrations);
  if (obstacle !== undefined) throw new Error(`Migrate "${client.name}": ${obstacle}`);
  const applied = appliedOf(client) ?? [];
  const pending = migrations.filter(({ hash }) => !applied.some((row) => row.hash === hash));
  const [first] = pending;
  if (first === undefined) return { isNew: false, applied: [], copy: undefined };
  const copy = applied.length > 0 ? copyAside(client.name, first.name) : undefined;
  const before = countRows(client);
  for (const migration of pending) apply(client, migration);
  assertNoRowsLost(client, rename(before, pending));
  return { isNew: applied.length === 0, applied: pending.map(({ name }) => name), copy };
}

function apply(client: Client, { name, hash, at, statements }: Migration): void {
  try {
    for (const statement of statements) client.exec(statement);
  } catch (error) {
    throw new Error(`Migrate "${client.name}": "${name}" failed and nothing of it was kept: ${String(error)}`, { cause: error });
  }
  // This is the table that drizzle's migrator would create, so drizzle's tools can read it.
  client.exec('CREATE TABLE IF NOT EXISTS "__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)');
  client.prepare('INSERT INTO "__drizzle_migrations" (hash, created_at) VALUES (?, ?)').run(hash, at);
}

function assertNoRowsLost(client: Client, before: Counts): void {
  const after = countRows(client);
  for (const [table, count] of before) {
    if (after.get(table) === count) continue;
    const found = after.get(table) ?? "no table";
    throw new Error(`Migrate "${client.name}": "${table}" held ${count} rows and would hold ${found}. Nothing was kept`);
  }
  const dangling = z.array(z.object({ table: z.string() })).parse(client.pragma("foreign_key_check"));
  if (dangling[0] === undefined) return;
  const tables = [...new Set(dangling.map(({ table }) => `"${table}"`))].join(", ");
  throw new Error(`Migrate "${client.name}": ${dangling.length} rows of ${tables} would refer to nothing. Nothing was kept`);
}

/** `counts` under the names that `migrations` give to the tables. */
function rename(counts: Counts, migrations: readonly Migration[]): Counts {
  const renames = migrations.flatMap(({ statements }) => statements.flatMap((statement) => renameOf(statement) ?? []));
  const nameOf = (table: string): string => renames.reduce((name, { from, to }) => (name === from ? to : name), table);
  return new Map([...counts].map(([table, count]) => [nameOf(table), count]));
}

/** The table that `statement` renames, as `drizzle-kit` writes it; undefined for any other statement. */
function renameOf(statement: string): { readonly from: string; readonly to: string } | undefined {
  const [, from, to] = /^ALTER TABLE `([^`]+)` RENAME TO `([^`]+)`/m.exec(statement) ?? [];
  return from !== undefined && to !== undefined ? { from, to } : undefined;
}

function countRows(client: Client): Counts {
  return new Map(tablesOf(client).map((table) => [table, countOf(client, table)]));
}

function countOf(client: Client, table: string): number {
  return counted.parse(client.prepare(`SELECT count(*) AS count FROM "${table.replaceAll('"', '""')}"`).get()).count;
}

function tablesOf(client: Client): readonly string[] {
  const sql =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__drizzle_migrations'";
  return namesSchema.parse(client.prepare(sql).pluck().all());
}

/** The applied migrations in their order; undefined when there are none. */
function appliedOf(client: Client): z.infer<typeof appliedSchema> | undefined {
  const isThere = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'").get();
  if (isThere === undefined) return undefined;
  return appliedSchema.parse(client.prepare('SELECT hash, created_at AS at FROM "__drizzle_migrations" ORDER BY rowid').all());
}

/** Copies the file beside itself over a second connection, since one in a transaction cannot. Writers wait until it is done. */
function copyAside(path: string, name: string): string {
  const copy = `${path}.before-${name}`;
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  createPrivately(partial);
  const reader = new Database(path, { readonly: true, fileMustExist: true });
  try {
    reader.prepare("VACUUM INTO ?").run(partial);
  } finally {
    reader.close();
  }
  const file = openSync(partial, "r+");
  fsyncSync(file);
  closeSync(file);
  renameSync(partial, copy);
  return copy;
}
