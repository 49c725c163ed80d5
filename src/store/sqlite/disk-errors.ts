/** Why a folder takes no more files or bytes, in words for whoever runs the coach. SQLite says of most causes no more than that writing failed. */

import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** More than SQLite needs to open a file and to take a small change. */
const tried = Buffer.alloc(256 * 1024);

const words: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space",
  EDQUOT: "the disk quota is used up. Free some space, or have the quota raised",
  EROFS: "its file system is mounted read-only. Mount it for writing; where the system did that by itself, check the disk",
  EFBIG: "a limit on the size of files is reached. Raise it (ulimit -f)",
  EMFILE: "too many files are open. Raise the limit (ulimit -n)",
  ENFILE: "too many files are open on this machine. Close some programs",
  EIO: "the disk fails to read or write it. Check the disk",
};
const noInodes = "the disk has no room for another file (no inodes are left). Delete files that nobody needs";

/** What stands in the way of writing in `folder`, found by trying it; undefined where nothing does, or nothing that is known. */
export function obstacleIn(folder: string): string | undefined {
  const path = join(folder, `.sweetspot-probe-${process.pid}`);
  try {
    const file = openSync(path, "w", 0o600);
    try {
      // What is left of the room is taken first, and only the next write fails.
      writeFileSync(file, tried);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return undefined;
  } catch (error) {
    return wordsOf(error, folder);
  } finally {
    rmSync(path, { force: true });
  }
}

/** What the system's code for an error means; undefined for a code that says nothing of the disk. */
export function wordsOf(error: unknown, folder: string): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ENOSPC" && freeFiles(folder) === 0 ? noInodes : words[code];
}

/** How many files may still be made there; undefined where the file system sets no number, or is gone. */
function freeFiles(folder: string): number | undefined {
  try {
    const { files, ffree } = statfsSync(folder);
    return files > 0 ? ffree : undefined;
  } catch {
    return undefined;
  }
}
