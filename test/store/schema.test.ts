/** The migrations are those that drizzle-kit makes of `drizzle/schema.ts`. */

import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectSqlite } from "#src/store/sqlite/open.ts";
import { describe, expect, test } from "vitest";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const root = join(import.meta.dirname, "..", "..");
const kit = join(root, "node_modules", "drizzle-kit", "bin.cjs");

/** The names of the migrations that drizzle-kit would add to those in `migrations`. */
function added(migrations: string): readonly string[] {
  const names = () => readdirSync(migrations).filter((name) => name.endsWith(".sql"));
  const before = names();
  // drizzle-kit reads `--out` as relative to where it runs.
  const out = join(...Array.from(root.split("/").slice(1), () => ".."), migrations);
  const given = ["generate", "--dialect", "sqlite", "--schema", "./drizzle/sqlite.ts", "--out", out];
  execFileSync(process.execPath, [kit, ...given], { cwd: root, stdio: "pipe" });
  return names().filter((name) => !before.includes(name));
}

function copied(): string {
  const migrations = join(folder(), "sqlite");
  cpSync(join(root, "drizzle", "migrations", "sqlite"), migrations, { recursive: true });
  return migrations;
}

describe("the migrations", { timeout: 30_000 }, () => {
  test("are up to date with the schema", () => {
    expect(added(copied())).toStrictEqual([]);
  });
  test("would not be, if the schema had a column more", () => {
    const migrations = copied();
    const meta = join(migrations, "meta");
    const newest = readdirSync(meta)
      .filter((name) => name.endsWith("_snapshot.json"))
      .toSorted()
      .at(-1);
    const path = join(meta, newest ?? "");
    const withoutWord = readFileSync(path, "utf8")
      .replace(/"word": \{[^}]*\},?/, "")
      .replace(/,(\s*\})/g, "$1");
    writeFileSync(path, withoutWord);
    expect(added(migrations)).toHaveLength(1);
  });
});

test("tables whose rows are short and found by their key lie in one tree", () => {
  const { client } = connectSqlite({ path: join(folder(), "sweetspot.db") });
  const tables = client.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr = 1 ORDER BY name").pluck().all();
  expect(tables).toStrictEqual(["account", "app_state", "processed_message", "prompt", "session", "user"]);
});
