/** Files and folders that their owner alone may read. */

import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { platform } from "node:process";

/** What is allowed to others, in a mode of POSIX. */
const others = 0o077;
const [fileMode, folderMode] = [0o600, 0o700];

/** Makes an empty file at `path` that nobody else may read at any moment. Nothing is done where there is one. Throws what the system throws. */
export function createPrivately(path: string): void {
  // A file that is there is not opened: closing it again would take the locks of every connection of this process off it.
  if (statSync(path, { throwIfNoEntry: false })) return;
  try {
    closeSync(openSync(path, "wx", fileMode));
  } catch (error) {
    // Another process was faster, or the path is a link to where nothing is yet.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

/** Makes the folder at `path`, and those above it, for its owner alone. Folders that are there stay as they are. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: folderMode });
}

/** What became of somebody else's rights to a file: there were none, they are gone, or it cannot be helped. */
export type Narrowed = "private" | "narrowed" | "open";

/** Takes away what others may do with the file or folder at `path`. On Windows, where modes say nothing, all is "private". */
export function narrow(path: string): Narrowed {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || platform === "win32" || (found.mode & others) === 0) return "private";
  try {
    chmodSync(path, found.isDirectory() ? folderMode : fileMode);
  } catch {
    return "open";
  }
  // A file system without owners takes the change and forgets it.
  return (statSync(path).mode & others) === 0 ? "narrowed" : "open";
}

/** The files that hold what is in the database at `path`: itself, its log and the index of that, and copies from before migrations. */
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
