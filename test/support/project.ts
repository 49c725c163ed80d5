/** The project as it lies on the disk, for tests that read it. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/u, "");

/** Where Node keeps the compiled code of processes that tests start, so that each later one starts sooner. */
export const compileCache = join(root, "node_modules/.cache/sweetspot-test");

/** One of our files, by its path from the root. */
export type File = { readonly path: string; readonly source: string };

const notOurs: readonly string[] = [".git", "node_modules", "data", ".vitest", ".env"];

/** All files of a folder, by path. */
export function filesIn(folder: string, ending = ""): readonly File[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !notOurs.includes(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesIn(path, ending);
      return path.endsWith(ending) ? [{ path, source: readFileSync(join(root, path), "utf8") }] : [];
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The text of one file. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
