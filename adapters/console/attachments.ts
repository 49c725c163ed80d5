/** Files that a user sends on the console, and files written for them. */

import { constants, statSync } from "node:fs";
import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import type { Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";

type FileRead = Awaited<ReturnType<NonNullable<Inbound["file"]>["read"]>>;

/** A path after `/import` counts as a sent file: a terminal has no uploads. */
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

/** File mode: only the owner reads and writes. */
const ownerOnly = 0o600;

/**
 * Writes `content` to a file that only its owner can read, also if it existed with a wider mode. Throws the system's error; a symbolic link
 * is refused.
 */
export async function writePrivately(path: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, ownerOnly);
  try {
    await fill(handle, content);
  } finally {
    await handle.close();
  }
}

async function fill(handle: FileHandle, content: string | Uint8Array): Promise<void> {
  // The mode is set before the content is written.
  await handle.chmod(ownerOnly);
  await handle.writeFile(content);
}
