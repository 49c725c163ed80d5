/** What the console writes for somebody is for its owner alone. */

import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writePrivately } from "../../../adapters/console/attachments.ts";
import { temporaryFolder } from "../../support/program.ts";

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

test("a new file is its owner's alone, whatever umask the process has", async () => {
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  const path = join(temporaryFolder(), "week.png");
  await writePrivately(path, "picture");
  expect(modeOf(path)).toBe("600");
  expect(readFileSync(path, "utf8")).toBe("picture");
});

test("a file that others could read is narrowed before there is anything in it", async () => {
  const path = join(temporaryFolder(), "week.png");
  writeFileSync(path, "an older and longer picture");
  chmodSync(path, 0o644);
  const reader = await open(path);
  await writePrivately(path, "picture");
  expect(modeOf(path)).toBe("600");
  expect(readFileSync(path, "utf8")).toBe("picture");
  await reader.close();
});

test("a link is not followed: what it leads to stays as it is", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "diary"), "mine");
  symlinkSync(join(folder, "diary"), join(folder, "week.png"));
  await expect(writePrivately(join(folder, "week.png"), "picture")).rejects.toThrow("ELOOP");
  expect(readFileSync(join(folder, "diary"), "utf8")).toBe("mine");
});
