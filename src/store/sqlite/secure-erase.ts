/**
 * Makes what was deleted unreadable.
 *
 * `secure_delete` writes zeros over what is deleted, and that is nearly all of it: where SQLite moved a row to another page before, its old
 * bytes may stay in a gap. Only `VACUUM` writes every page anew; it holds up everybody for some milliseconds a megabyte.
 */

import type Database from "better-sqlite3";
import { z } from "zod";

/** Files up to so many bytes are written anew at once; what is larger waits for a quiet moment. */
const smallFile = 4 * 1024 * 1024;

/** `user_version` of a file in which nothing is left of what was deleted; anything else says that it is to be written anew. */
const clean = 2;
const due = 1;

type Client = Database.Database;

/** Deleted rows are overwritten from now on; what was deleted before, by a version that did not, is written over. */
export function enableSecureErase(client: Client, isNew: boolean): void {
  client.pragma("secure_delete = ON");
  if (isNew) client.pragma(`user_version = ${clean}`);
  else eraseDeleted(client);
}

/** Notes that the file is to be written anew, before what makes it so. */
export function requestErase(client: Client): void {
  client.pragma(`user_version = ${due}`);
}

/** Writes a small file anew where that was noted. */
export function eraseIfSmall(client: Client): void {
  const [pages, size] = [numberOf(client, "page_count"), numberOf(client, "page_size")];
  if (pages * size <= smallFile) eraseDeleted(client);
}

/** Cuts the log to nothing, and writes the file anew where that was noted. Where another process is in the way, it stays noted. */
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
