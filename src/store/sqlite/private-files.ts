/** Files and folders that only their owner may read. */

import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { platform } from "node:process";

/** The POSIX mode bits of group and others. */
const others = 0o077;
const [fileMode, folderMode] = [0o600, 0o700];

/** Creates an empty file at `path` that only its owner can ever read. Leaves an existing file alone. Throws system errors. */
export function createPrivately(path: string): void {
  // Opening and closing an existing file would drop the locks of every connection of this process to it.
  if (statSync(path, { throwIfNoEntry: false })) return;
  try {
    closeSync(openSync(path, "wx", fileMode));
  } catch (error) {
    // Another process was faster, or the path is a dangling link.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Creates the folder at `path` and its parents for the owner alone. Existing folders keep their rights. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: folderMode });
}

/** The rights of other users to a file: they had none, they were removed, or they cannot be removed. */
export type Narrowed = "private" | "narrowed" | "open";

/** Removes other users' rights to the file or folder at `path`. Always "private" on Windows, where modes mean nothing. */
export function narrow(path: string): Narrowed {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || platform === "win32" || (found.mode & others) === 0) return "private";
  try {
    chmodSync(path, found.isDirectory() ? folderMode : fileMode);
  } catch {
    return "open";
  }
  // A file system without owners accepts the change and ignores it.
  return (statSync(path).mode & others) === 0 ? "narrowed" : "open";
}

/**
 * The files with the content of the database at `path`: itself, its log, the log's index, its journal, and copies made before migrations.
 */
export function filesOf(path: string): readonly string[] {
  const name = basename(path);
  const beside = readdirSync(dirname(path)).filter((other) => other.startsWith(`${name}.before-`));
  return [name, `${name}-wal`, `${name}-shm`, `${name}-journal`, ...beside]
    .map((other) => join(dirname(path), other))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false }));
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
