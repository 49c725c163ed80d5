/** Opens the store in a SQLite file. */

import { resolve } from "node:path";
import { isGuard } from "#core/model/changes/preconditions.ts";
import { drizzle } from "#drizzle/orm.ts";
import type { Store } from "#src/ports/store.ts";
import { createMover, marks } from "#src/store/sql/sessions/slices.ts";
import type { Db, Values, Write } from "#src/store/sql/statement.ts";
import { createSqlStore } from "#src/store/sql/store.ts";
import { type BoundWrite, prepareWrites } from "#src/store/sql/writes.ts";
import { checkContent, checkPath, explain, keepPrivate, patience, refusal } from "./file-checks.ts";
import { migrate, type Migrated, type Migration, readMigrations, sqliteMigrations } from "./migrate.ts";
import { createPrivately } from "./private-files.ts";
import { enableSecureErase, eraseDeleted, eraseIfSmall, requestErase } from "./secure-erase.ts";
import { type OutageNews, watchStore } from "./watched-store.ts";
import * as tables from "#drizzle/sqlite.ts";
import Database from "better-sqlite3";

/** The path of the store, and options for benchmarks and tests. */
export type SqliteOptions = {
  readonly path: string;
  /** Default FULL. A benchmark may set NORMAL to measure the code and not the disk; it can lose the last commits at a power failure. */
  readonly synchronous?: "FULL" | "NORMAL";
  /** Default: those of `drizzle/migrations/sqlite`. Tests may plant others. */
  readonly migrations?: readonly Migration[];
  /**
   * How often opening retries while another process creates, migrates or locks the file. Default 120: half a minute when each try waits
   * its full time.
   */
  readonly tries?: number;
  /** Called with every statement as it runs, with its values. For tests that count statements; never for a log. */
  readonly trace?: (sql: string) => void;
  /** Called when an outage begins and when it ends. */
  readonly onOutage?: (news: OutageNews) => void;
};

/** An open store, and what opening it did to the file. */
export type OpenedSqlite = {
  readonly store: Store;
  /** Whether there was no database at the path. One of several processes that start at once has created it. */
  readonly isNew: boolean;
  /** The copy that was made before a migration; undefined when the schema did not change. */
  readonly copy: string | undefined;
  /** The files that other local users could read until now. */
  readonly narrowed: readonly string[];
  /** Checks whether the file is there, and reports an outage when it is not. Each commit does this too. */
  readonly look: () => void;
};

/** An open connection, and what opening it did to the file. */
export type ConnectedSqlite = Migrated & Pick<OpenedSqlite, "narrowed"> & { readonly client: Database.Database };

/**
 * Opens the database at `path`, or creates it in an existing folder, and applies pending migrations.
 *
 * Throws, with nothing changed, when the path or file is unfit. The message says why and what to do.
 */
export function openSqlite(options: SqliteOptions): OpenedSqlite {
  const { client, isNew, copy, narrowed } = connectSqlite(options);
  const watched = watchStore(createSqliteStore(client), resolve(options.path), options.onOutage ?? (() => undefined));
  return { ...watched, isNew, copy, narrowed };
}

/** Connects to the database and sets its pragmas. The caller closes the connection. */
export function connectSqlite(options: SqliteOptions): ConnectedSqlite {
  const path = resolve(options.path);
  const { tries = 120, migrations = readMigrations(sqliteMigrations) } = options;
  checkPath(path);
  const narrowed = keepPrivate(path);
  try {
    retry(tries, () => checkContent(path, migrations));
    createPrivately(path);
    return { ...retry(tries, () => connect({ ...options, path, migrations })), narrowed };
  } catch (error) {
    throw explain(path, error);
  }
}

function connect({ path, synchronous = "FULL", migrations = [], trace }: SqliteOptions): Omit<ConnectedSqlite, "narrowed"> {
  const client = new Database(path, { timeout: patience, verbose: trace && ((sql) => trace(String(sql))) });
  try {
    const mode = client.pragma("journal_mode = WAL", { simple: true });
    if (mode !== "wal") throw refusal(path, "its file system cannot hold a write-ahead log. Choose a path on another disk");
    client.pragma(`synchronous = ${synchronous}`);
    client.pragma("trusted_schema = OFF");
    // A checkpoint copies a page once, however many commits changed it. A 16 MB log makes a commit a tenth cheaper than a 4 MB one.
    client.pragma("wal_autocheckpoint = 4000");
    const migrated = migrate(client, migrations);
    enableSecureErase(client, migrated.isNew);
    return { client, ...migrated };
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Runs `work`, and retries while another process blocks it. SQLite does not wait where waiting could be a deadlock. */
function retry<Result>(tries: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (tries <= 1 || !isBusy(error)) throw error;
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  return retry(tries - 1, work);
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
}

/** The store on an open, migrated connection. Closing the store closes the connection. */
export function createSqliteStore(client: Database.Database): Store {
  // Typed as asynchronous, since an asynchronous database would share the statements.
  const db = drizzle({ client }) as unknown as Db;
  const statements = new Map([...prepareWrites(db, tables)].map(([kind, writes]) => [kind, writes.map(immediate)]));
  const mover = createMover(client);
  // Synchronous from begin to commit: an asynchronous body would be committed before it ran.
  const run = client.transaction((steps: readonly BoundWrite[]) => {
    for (const [index, { kind, values }] of steps.entries()) {
      const [first, ...others] = statements.get(kind) ?? [];
      const rows = first?.all(values) ?? [];
      if (rows.length === 0 && index === 0) return false;
      // Throwing rolls back the earlier writes too.
      if (rows.length === 0 && isGuard({ kind })) throw stale;
      for (const other of rows.length > 0 ? others : []) other.all(values);
      if (marks([{ kind }])) mover.begin();
    }
    return true;
  });
  const transact = async (steps: readonly BoundWrite[]): Promise<boolean> => {
    const forgets = steps.some(({ kind }) => kind === "user-forgotten");
    if (forgets) requestErase(client);
    const isDone = runInTransaction(() => run.immediate(steps));
    if (marks(steps)) await mover.run();
    if (forgets && client.open) eraseIfSmall(client);
    return isDone;
  };
  const close = async (): Promise<void> => {
    await mover.stop();
    client.close();
  };
  const store = createSqlStore({ db, tables, transact, secureErase: async () => eraseDeleted(client), close });
  mover.resume();
  return {
    ...store,
    async findUser(account) {
      const found = await store.findUser(account);
      if (!found || !mover.isBusy()) return found;
      await mover.settled(found.user.id);
      return await store.findUser(account);
    },
  };
}

/** Thrown out of a transaction to roll it back. */
const stale = new Error("Commit: a guard touched nothing, so that nothing is kept");

function runInTransaction(transaction: () => boolean): boolean {
  try {
    return transaction();
  } catch (error) {
    if (error === stale) return false;
    throw error;
  }
}

/** A statement that runs synchronously, as all of SQLite's do. */
type ImmediateWrite = Write & { all(values: Values): readonly unknown[] };

function immediate(write: Write): ImmediateWrite {
  if (isImmediate(write)) return write;
  throw new Error("Write to SQLite: the statement runs later, and must run at once. Check that drizzle still gives `all`");
}

function isImmediate(write: Write): write is ImmediateWrite {
  return "all" in write;
}
