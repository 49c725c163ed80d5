/** The project's files on disk, for tests that read them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root folder of the project. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/u, "");

/** Node's compile cache for processes that tests start; later ones start faster. */
export const compileCache = join(root, "node_modules/.cache/sweetspot-test");

/** A file of the project, by its path from the root. */
export type File = { readonly path: string; readonly source: string };

const notOurs: readonly string[] = [".git", "node_modules", "data", ".vitest", ".env"];

/** All files of a folder, sorted by path. */
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

/** The text of a file of the project. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
