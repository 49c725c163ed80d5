/** Files that somebody sends on the console. */

import { statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { placeOf } from "#core/place.ts";
import type { Inbound } from "#src/ports.ts";

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
    return { kind: "unreachable", code: placeOf(error).code };
  }
}
