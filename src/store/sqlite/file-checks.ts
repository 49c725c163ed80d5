/** Checks whether a path can hold the database, before a byte is written. Each refusal is a sentence for the operator. */

import { accessSync, constants, statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { filesOf, narrow } from "./private-files.ts";
import Database from "better-sqlite3";
import { obstacleIn, wordsOf } from "./disk-errors.ts";
import { findObstacle, type Migration } from "./migrate.ts";
import { networkFileSystem } from "./network-fs.ts";

/** How long a statement waits for another process's lock, in milliseconds. It blocks the whole process. */
export const patience = 250;

/** An error for the operator: what could not be opened, why, and what to do. */
export function refusal(path: string, why: string, cause?: unknown): Error {
  return new Error(`Open the database "${path}": ${why}`, { cause });
}

/** Throws when `path` cannot hold a database. */
export function checkPath(path: string): void {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw refusal(path, `its folder "${folder}" does not exist. Create the folder, or choose another path`);
  }
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isDirectory()) throw refusal(path, "it is a folder. Choose the path of a file");
  if (file && !file.isFile()) throw refusal(path, "it is not a regular file. Choose another path");
  const network = networkFileSystem(statfsSync(file ? path : folder).type);
  if (network)
    throw refusal(path, `it lies on a network file system (${network}), which loses data. Choose a path on a disk of this machine`);
  const obstacle = isWritable(folder) ? undefined : obstacleIn(folder);
  if (obstacle) throw refusal(path, obstacle);
  if (!isWritable(folder)) throw refusal(path, `its folder "${folder}" is read-only. Allow writing there, or choose another path`);
  if (file && !isWritable(path)) throw refusal(path, "it is read-only. Allow writing to it, or choose another path");
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Removes other users' rights to the files of the database at `path`. Returns the changed files. Throws when one cannot be changed. */
export function keepPrivate(path: string): readonly string[] {
  const files = filesOf(path).map((file) => ({ file, rights: narrow(file) }));
  const open = files.find(({ rights }) => rights === "open")?.file;
  if (open !== undefined) {
    const why = `others on this machine may read "${open}", and its rights cannot be changed`;
    throw refusal(path, `${why}. Have its owner run: chmod 600 "${open}"; where the file system has no owners, choose a path on another`);
  }
  return files.flatMap(({ file, rights }) => (rights === "narrowed" ? [file] : []));
}

/**
 * Throws when the file at `path` is damaged, or when `migrations` cannot continue it. Writes nothing: a damaged file is evidence.
 *
 * A missing or empty file is fit: an earlier start may have been cut short right after creating it.
 */
export function checkContent(path: string, migrations: readonly Migration[]): void {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  try {
    examine(path, migrations);
  } catch (error) {
    if (!isHalfWritten(error)) throw error;
    rollBack(path);
    examine(path, migrations);
  }
}

function examine(path: string, migrations: readonly Migration[]): void {
  const client = new Database(path, { readonly: true, fileMustExist: true, timeout: patience });
  try {
    const found = client.pragma("quick_check(1)", { simple: true });
    if (found !== "ok") throw refusal(path, `it is damaged (${String(found)}). ${restore}`);
    const obstacle = findObstacle(client, migrations);
    if (obstacle !== undefined) throw refusal(path, obstacle);
  } finally {
    client.close();
  }
}

/** A crash before WAL mode was set leaves a rollback journal. Only a writer can roll it back. */
function isHalfWritten(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code === "SQLITE_READONLY_ROLLBACK";
}

function rollBack(path: string): void {
  const client = new Database(path, { fileMustExist: true, timeout: patience });
  try {
    client.pragma("schema_version");
  } finally {
    client.close();
  }
}

const restore = "Keep it as it is, and restore a copy under this path";

const reasons: readonly (readonly [code: string, why: string])[] = [
  ["SQLITE_NOTADB", "it is not a SQLite database. Choose another path"],
  ["SQLITE_CORRUPT", `it is damaged. ${restore}`],
  ["SQLITE_BUSY", 'another process keeps it locked. Stop that process ("fuser" with the path tells which it is)'],
  ["SQLITE_READONLY", "it cannot be written to. Allow writing to it and its folder, or choose another path"],
  ["SQLITE_CANTOPEN", "it cannot be opened. Allow reading and writing there, or choose another path"],
  ["SQLITE_FULL", "the disk is full. Free some space"],
  ["SQLITE_IOERR", "the disk fails to read or write it. Check the disk"],
];
/** Codes whose cause is looked up on the disk. SQLite knows only that a write failed. */
const vague = /^SQLITE_(?:READONLY|CANTOPEN|FULL|IOERR)/u;

/** `error` as a refusal of `path` when its SQLite or system code has a known reason; otherwise `error` itself. */
export function explain(path: string, error: unknown): unknown {
  const folder = dirname(path);
  const system = wordsOf(error, folder);
  if (system !== undefined) return refusal(path, system, error);
  const code = codeOf(error);
  const cause = vague.test(code) ? obstacleIn(folder) : undefined;
  const why = cause ?? reasons.find(([start]) => code.startsWith(start))?.[1];
  return why === undefined ? error : refusal(path, why, error);
}

/** The SQLite code of an error; of a failed migration only when the disk is at fault. */
function codeOf(error: unknown): string {
  if (error instanceof Database.SqliteError) return error.code;
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Database.SqliteError && vague.test(cause.code) ? cause.code : "";
}
