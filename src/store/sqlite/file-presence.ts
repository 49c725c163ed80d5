/** Detects whether the files of an open database were deleted, moved or replaced. */

import { renameSync, statSync } from "node:fs";

/** The watched files of one database. */
export type Presence = {
  /** False once the database, its log, the log's index or their folder was deleted, moved or replaced. Takes microseconds. */
  isThere(): boolean;
  /** Renames the log to `.left`, if it is still ours. SQLite would apply it to another database at the same path. */
  putLogAside(): void;
};

const suffixes = ["", "-wal", "-shm"] as const;

/** Watches the files of the open database at `path`. */
export function watchFiles(path: string): Presence {
  const opened = suffixes.map((suffix) => idOf(path + suffix));
  return {
    isThere: () => suffixes.every((suffix, index) => opened[index] === undefined || opened[index] === idOf(path + suffix)),
    putLogAside() {
      const log = `${path}-wal`;
      if (opened[1] !== undefined && idOf(log) === opened[1]) renameSync(log, `${log}.left`);
    },
  };
}

/** The device and inode of a file; undefined when there is none. SQLite cannot use a file that cannot be inspected either. */
function idOf(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && `${found.dev} ${found.ino}`;
  } catch {
    return undefined;
  }
}
