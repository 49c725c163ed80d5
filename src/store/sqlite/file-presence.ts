/** Whether the files of an open database are still those that were opened. */

import { renameSync, statSync } from "node:fs";

/** What is watched of them. */
export type Presence = {
  /** False once the database, its log or the index of that was deleted, moved or replaced, or their folder is no longer there. Takes microseconds. */
  isThere(): boolean;
  /** Puts the log aside where it is still ours: beside another database it would be mixed into that one. */
  putLogAside(): void;
};

const suffixes = ["", "-wal", "-shm"] as const;

/** Watches the database at `path`, which is open. */
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

/** Which file of which disk it is; undefined where there is none. A file that cannot be looked at is not there for SQLite either. */
function idOf(path: string): string | undefined {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found && `${found.dev} ${found.ino}`;
  } catch {
    return undefined;
  }
}
