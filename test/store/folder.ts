/** Folders for tests that write real files. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Gives a new, empty folder each time. All of them are removed after the last test of the file that asked. */
export function useFolders(): () => string {
  const root = mkdtempSync(join(tmpdir(), "sweetspot-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => mkdtempSync(join(root, "f-"));
}
