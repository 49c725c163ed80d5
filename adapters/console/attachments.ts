/** Files that somebody sends on the console, and those that are written for them. */

import { constants, statSync } from "node:fs";
import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import type { Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";

type FileRead = Awaited<ReturnType<NonNullable<Inbound["file"]>["read"]>>;

/** A path behind `/import` is a file that is sent: nothing else can be dropped on a terminal. */
export function fileIn(text: string): Pick<Inbound, "file"> {
  const path = /^\s*\/?import\s+(\S.*?)\s*$/iu.exec(text)?.[1]?.replace(/^(["'])(.*)\1$/u, "$2");
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  return path !== undefined && found?.isFile()
    ? { file: { name: path, size: found.size, read: (most: number) => readUpTo(path, most) } }
    : {};
}

async function readUpTo(path: string, most: number): Promise<FileRead> {
  try {
    const { size } = await stat(path);
    return size > most ? { kind: "too-large" } : { kind: "bytes", bytes: await readFile(path) };
  } catch (error) {
    return { kind: "unreachable", code: describeError(error).code };
  }
}

/** Of a file that its owner alone reads and writes. */
const ownerOnly = 0o600;

/** Writes `content` to a file that nobody else may read, also where one was there that others could read. Throws what the system throws; a link is refused. */
export async function writePrivately(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, ownerOnly);
  try {
    await fill(handle, content);
  } finally {
    await handle.close();
  }
}

async function fill(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  // Before there is anything in it to read.
  await handle.chmod(ownerOnly);
  await handle.writeFile(content);
}
