/**
 * Makes deleted data unreadable in the file.
 *
 * `secure_delete` overwrites nearly all deleted data with zeros. When SQLite has moved a row to another page, its old bytes may stay in a
 * gap. Only `VACUUM` rewrites every page; it blocks everybody for some milliseconds a megabyte.
 */

import type Database from "better-sqlite3";
import { z } from "zod";

/** Files up to this many bytes are rewritten right away. Larger ones wait for a quiet moment. */
const smallFile = 4 * 1024 * 1024;

/** `user_version` of a file without deleted data. Any other value means that the file has to be rewritten. */
const clean = 2;
const due = 1;

type Client = Database.Database;

/** Turns overwriting on, and rewrites a file of a version that did not overwrite. */
export function enableSecureErase(client: Client, isNew: boolean): void {
  client.pragma("secure_delete = ON");
  if (isNew) client.pragma(`user_version = ${clean}`);
  else eraseDeleted(client);
}

/** Marks the file for rewriting. Called before the deletion. */
export function requestErase(client: Client): void {
  client.pragma(`user_version = ${due}`);
}

/** Rewrites a small file that is marked. */
export function eraseIfSmall(client: Client): void {
  const [pages, size] = [numberOf(client, "page_count"), numberOf(client, "page_size")];
  if (pages * size <= smallFile) eraseDeleted(client);
}

/** Empties the log, and rewrites a marked file. The mark stays when another process is in the way. */
export function eraseDeleted(client: Client): void {
  try {
    if (numberOf(client, "user_version") !== clean) {
      client.exec("VACUUM");
      client.pragma(`user_version = ${clean}`);
    }
    client.pragma("wal_checkpoint(TRUNCATE)");
  } catch (error) {
    if (!String(error).includes("locked") && !String(error).includes("busy")) throw error;
  }
}

function numberOf(client: Client, pragma: string): number {
  return z.int().parse(client.pragma(pragma, { simple: true }));
}
