/** Nobody but its owner may read the database, what lies beside it, and what is copied from it, from the first byte on. */

import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { readMigrations, sqliteMigrations } from "#src/store/sqlite/migrate.ts";
import { connectSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import { createPrivately, narrow } from "#src/store/sqlite/private-files.ts";
import { aUser } from "../support/builders.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const child = join(import.meta.dirname, "child.ts");

/** The rights of each file in the folder of `path`, in octal. */
function modesAt(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(dirname(path)).map((name) => [name, modeOf(join(dirname(path), name))]));
}

function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o777).toString(8);
}

/** Runs `work` as it would run for somebody whose new files everybody may read. */
async function withOpenUmask(work: () => unknown): Promise<void> {
  const before = process.umask(0);
  try {
    await work();
  } finally {
    process.umask(before);
  }
}

describe("whatever umask the process has,", () => {
  test("the database, its log and the index of that are its owner's alone", async () => {
    const path = join(folder(), "coach.db");
    await withOpenUmask(async () => {
      const { store } = openSqlite({ path });
      await store.commit([{ kind: "user-saved", user: aUser() }]);
      expect(modesAt(path)).toEqual({ "coach.db": "600", "coach.db-wal": "600", "coach.db-shm": "600" });
      await store.close();
    });
  });

  test("the copy from before a migration is, also while it is being made", async () => {
    const path = join(folder(), "coach.db");
    const migrations = readMigrations(sqliteMigrations);
    connectSqlite({ path, migrations: migrations.slice(0, -1) }).client.close();
    const seen = new Set<string>();
    await withOpenUmask(async () => {
      // Each statement of the migration runs after the copy, and each of the copy while it grows.
      const trace = (): void => {
        for (const mode of Object.values(modesAt(path))) seen.add(mode);
      };
      const { store, copy } = openSqlite({ path, trace });
      expect(modeOf(copy ?? "")).toBe("600");
      await store.close();
    });
    expect([...seen]).toEqual(["600"]);
  });

  test("an empty file is, before there is anything in it", async () => {
    const path = join(folder(), "coach.db");
    await withOpenUmask(() => createPrivately(path));
    expect(modesAt(path)).toEqual({ "coach.db": "600" });
  });
});

describe("files that others could read", () => {
  test("are narrowed when the database is opened, and told", async () => {
    const path = join(folder(), "coach.db");
    await openSqlite({ path }).store.close();
    const keeper = new Database(path);
    keeper.exec("CREATE TABLE IF NOT EXISTS kept (a); INSERT INTO kept VALUES (1)");
    copyFileSync(path, `${path}.before-0001_x`);
    copyFileSync(path, join(dirname(path), "someone-else.db"));
    for (const name of readdirSync(dirname(path))) chmodSync(join(dirname(path), name), 0o664);
    const { store, narrowed } = openSqlite({ path });
    const names = ["coach.db", "coach.db-wal", "coach.db-shm", "coach.db.before-0001_x"];
    expect(narrowed.toSorted()).toEqual(names.map((name) => join(dirname(path), name)).toSorted());
    expect(modesAt(path)).toEqual({ ...Object.fromEntries(names.map((name) => [name, "600"])), "someone-else.db": "664" });
    keeper.close();
    await store.close();
    expect(openSqlite({ path }).narrowed).toEqual([]);
  });

  /** What somebody else is told who opens the file of root at `path`; only root can become somebody else. */
  function openAsNobody(path: string): string {
    openSqlite({ path });
    for (let each = dirname(path); each.includes("sweetspot-"); each = dirname(each)) chmodSync(each, 0o777);
    for (const name of readdirSync(dirname(path))) chmodSync(join(dirname(path), name), 0o666);
    return spawnSync(process.execPath, [child, "open", path], { uid: 65534, gid: 65534, encoding: "utf8" }).stdout;
  }

  test("of another owner are refused, in a sentence that says what to do, and left as they are", () => {
    const path = join(folder(), "coach.db");
    const why = `others on this machine may read "${path}", and its rights cannot be changed. Have its owner run: chmod 600 "${path}"`;
    const isRoot = process.getuid?.() === 0;
    // Whoever is not root has files of root at hand.
    expect(isRoot ? openAsNobody(path) : narrow("/etc/hosts")).toContain(isRoot ? JSON.stringify(why).slice(1, -1) : "open");
    expect(modeOf(isRoot ? path : "/etc/hosts")).toBe(isRoot ? "666" : "644");
  });
});

describe("narrow", () => {
  test("says what became of it", () => {
    const path = join(folder(), "x");
    expect(narrow(path)).toBe("private");
    writeFileSync(path, "");
    chmodSync(path, 0o640);
    expect(narrow(path)).toBe("narrowed");
    expect(modeOf(path)).toBe("600");
    expect(narrow(path)).toBe("private");
    const below = join(dirname(path), "below");
    mkdirSync(below);
    chmodSync(below, 0o755);
    expect(narrow(below)).toBe("narrowed");
    expect(modeOf(below)).toBe("700");
  });
});

test("what is deleted is written over while it runs, in every connection that is opened", () => {
  const path = join(folder(), "coach.db");
  for (const _ of ["new", "opened again"]) {
    const { client } = connectSqlite({ path });
    expect(client.pragma("secure_delete", { simple: true })).toBe(1);
    client.close();
  }
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(statSync(path).size).toBeGreaterThan(0);
});
