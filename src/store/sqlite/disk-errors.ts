/** Reasons why a folder takes no more files or bytes, as sentences for the operator. SQLite often says only that a write failed. */

import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The bytes of a trial write: more than SQLite needs to open a file and make a small change. */
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

/** Finds why writing in `folder` fails by a trial write; undefined when it succeeds or the reason is unknown. */
export function obstacleIn(folder: string): string | undefined {
  const path = join(folder, `.sweetspot-probe-${process.pid}`);
  try {
    const file = openSync(path, "w", 0o600);
    try {
      // A write may take the last free bytes and succeed. Only the next one fails.
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

/** The sentence for a system error code; undefined when the code does not concern the disk. */
export function wordsOf(error: unknown, folder: string): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ENOSPC" && freeFiles(folder) === 0 ? noInodes : words[code];
}

/** How many files the file system still takes; undefined when it has no such limit or is gone. */
function freeFiles(folder: string): number | undefined {
  try {
    const { files, ffree } = statfsSync(folder);
    return files > 0 ? ffree : undefined;
  } catch {
    return undefined;
  }
}
