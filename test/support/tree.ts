/** A copy of the program as installed on a server: only production dependencies. */

import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { temporaryFolder } from "./program.ts";
import { root, textOf } from "./project.ts";

const lockShape = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional(), optional: z.boolean().optional() })) });

/** The folders of the packages that `npm ci --omit=dev` installs on this machine. */
function production(): readonly string[] {
  const { packages } = lockShape.parse(JSON.parse(textOf("package-lock.json")));
  return Object.entries(packages).flatMap(([path, { dev }]) => (/^node_modules\/(?:@[^/]+\/)?[^/]+$/u.test(path) && !dev ? [path] : []));
}

/** Creates the copy and returns its folder, which is deleted after the test. `more` names extra packages, such as "node". */
export function productionTree(more: readonly string[] = []): string {
  const folder = temporaryFolder();
  for (const part of ["src", "adapters", "drizzle", "package.json"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const path of [...production(), ...more.map((name) => `node_modules/${name}`)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  return folder;
}
