/** What `openSqlite` refuses, in which words, and that it leaves the file alone. */

import { spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SessionId } from "#core/lib/ids.ts";
import { networkFileSystem } from "#src/store/sqlite/network-fs.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../support/builders.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const newPath = () => join(folder(), "sweetspot.db");
const child = join(import.meta.dirname, "child.ts");

/** The files of `path`'s folder, with a hash of each. A reader may leave an empty log and the index of it, which hold nothing. */
function filesAt(path: string): unknown {
  const files = readdirSync(dirname(path)).map((name) => ({ name, bytes: readFileSync(join(dirname(path), name)) }));
  return files
    .filter(({ name, bytes }) => !name.endsWith("-shm") && !(name.endsWith("-wal") && bytes.length === 0))
    .map(({ name, bytes }) => [name, hash("sha256", bytes)]);
}

/** Expects a refusal of `path` for `why`, and that no file changed. */
function expectRefusal(path: string, why: string): void {
  const before = filesAt(path);
  expect(() => openSqlite({ path })).toThrow(`Open the database "${path}": ${why}`);
  expect(filesAt(path)).toStrictEqual(before);
}

/** A database of about 200 pages. */
async function fill(path: string): Promise<void> {
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const sessions = Array.from({ length: 2000 }, (_, index) => aSession({ id: `session-${index}` as SessionId, note: "x".repeat(200) }));
  await store.commit([{ kind: "user-saved", user: aUser() }, ...sessions.map((session) => ({ kind: "session-logged" as const, session }))]);
  await store.close();
}

function overwriteMiddle(path: string): void {
  const bytes = readFileSync(path);
  const page = Math.floor(bytes.length / 4096 / 2);
  writeFileSync(path, bytes.fill(0xff, page * 4096, (page + 1) * 4096));
}

describe("openSqlite refuses", () => {
  test("a folder that does not exist", () => {
    const path = join(folder(), "no", "sweetspot.db");
    const why = `its folder "${dirname(path)}" does not exist. Create the folder, or choose another path`;
    expect(() => openSqlite({ path })).toThrow(`Open the database "${path}": ${why}`);
    expect(existsSync(dirname(path))).toBe(false);
  });
  test("a folder that is a file", () => {
    const path = newPath();
    writeFileSync(path, "");
    expect(() => openSqlite({ path: join(path, "x.db") })).toThrow(`its folder "${path}" does not exist`);
  });
  test("a path that is a folder", () => {
    const path = newPath();
    mkdirSync(path);
    expect(() => openSqlite({ path })).toThrow(`Open the database "${path}": it is a folder. Choose the path of a file`);
  });
  test("a path that is a device", () => {
    expect(() => openSqlite({ path: "/dev/null" })).toThrow('Open the database "/dev/null": it is not a regular file. Choose another path');
  });
  test("the name that SQLite would take for memory only", () => {
    expect(() => openSqlite({ path: join(folder(), "gone", ":memory:") })).toThrow("does not exist");
  });
  test("a file that is not SQLite", () => {
    const path = newPath();
    writeFileSync(path, "Dear diary, today I lifted.\n".repeat(500));
    expectRefusal(path, "it is not a SQLite database. Choose another path");
  });
  test("a file that is cut off", async () => {
    const path = newPath();
    await fill(path);
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    expectRefusal(path, "it is damaged");
  });
  test("a damaged page in the middle, instead of starting anew", async () => {
    const path = newPath();
    await fill(path);
    overwriteMiddle(path);
    expectRefusal(path, "it is damaged");
    expect(() => openSqlite({ path })).toThrow("Keep it as it is, and restore a copy under this path");
  });
  test("a damaged page under a write-ahead log that was left behind, both untouched", async () => {
    const [busy, path] = [newPath(), newPath()];
    await fill(busy);
    const { store } = openSqlite({ path: busy });
    await store.commit([{ kind: "user-saved", user: aUser({ over65: true }) }]);
    for (const suffix of ["", "-wal"]) copyFileSync(`${busy}${suffix}`, `${path}${suffix}`);
    overwriteMiddle(path);
    expectRefusal(path, "it is damaged");
  });
  test("a database of something else", () => {
    const path = newPath();
    new Database(path).exec("CREATE TABLE bookmark (url text)").close();
    expectRefusal(path, "it is a database of something else. Choose another path");
  });
  test("a database that a newer version wrote", async () => {
    const path = newPath();
    await openSqlite({ path }).store.close();
    new Database(path).exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('f00d', 4102444800000)").close();
    expectRefusal(path, "a newer version of Sweetspot wrote it. Start that version, or restore a copy from before it");
  });
  test("a migration that was edited after it had been applied", async () => {
    const path = newPath();
    await openSqlite({ path }).store.close();
    new Database(path).exec("UPDATE __drizzle_migrations SET hash = 'f00d'").close();
    expectRefusal(path, 'its migration "0000_first" was edited after it had been applied');
  });
  test("a file that another process keeps locked, after it has waited", () => {
    const holder = new Database(newPath());
    holder.exec("CREATE TABLE t (a); BEGIN EXCLUSIVE");
    expect(() => openSqlite({ path: holder.name, tries: 2 })).toThrow("another process keeps it locked. Stop that process");
  });
});

describe("openSqlite refuses, to somebody who may not write,", () => {
  /** What a process of somebody without rights is told; root may write anywhere. */
  function openAsNobody(path: string): unknown {
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const { stdout, stderr } = spawnSync(process.execPath, [child, "open", path], { ...nobody, encoding: "utf8" });
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  }
  function open(path: string, mode: number): void {
    for (let each = dirname(path); each.includes("sweetspot-"); each = dirname(each)) chmodSync(each, 0o755);
    chmodSync(dirname(path), mode);
  }
  test("a folder that is read-only", async () => {
    const path = newPath();
    await openSqlite({ path }).store.close();
    open(path, 0o555);
    const why = `its folder "${dirname(path)}" is read-only. Allow writing there, or choose another path`;
    expect(openAsNobody(path)).toStrictEqual({ refused: `Open the database "${path}": ${why}` });
    expect(openAsNobody(join(dirname(path), "new.db"))).toMatchObject({ refused: expect.stringContaining("is read-only") });
  });
  test("a file that is read-only", async () => {
    const path = newPath();
    await openSqlite({ path }).store.close();
    open(path, 0o777);
    chmodSync(path, 0o444);
    const before = filesAt(path);
    const why = "it is read-only. Allow writing to it, or choose another path";
    expect(openAsNobody(path)).toStrictEqual({ refused: `Open the database "${path}": ${why}` });
    expect(filesAt(path)).toStrictEqual(before);
  });
});

describe("networkFileSystem", () => {
  test.each([
    [0x6969, "NFS"],
    [0x517b, "SMB"],
    [0xff534d42, "CIFS"],
    [0xff534d42 - 2 ** 32, "CIFS"],
    [0xfe534d42, "SMB2"],
    [0x01021997, "9p"],
    [0x00c36400, "Ceph"],
    [0x5346414f, "AFS"],
    [0x6b414653, "AFS"],
    [0x0bd00bd0, "Lustre"],
    [0xef53, undefined],
    [0x9123683e, undefined],
    [0x58465342, undefined],
    [0x01021994, undefined],
    [0x794c7630, undefined],
    [0x65735546, undefined],
    [0x1a, undefined],
    [0, undefined],
  ])("takes %i for %s", (type, name) => {
    expect(networkFileSystem(type)).toBe(name);
  });
});
