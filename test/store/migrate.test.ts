/** Migrations apply wholly or leave the file as it was, in any order and from several processes at once. */

import { spawn, spawnSync } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { migrate, type Migration, readMigrations, sqliteMigrations } from "#src/store/sqlite/migrate.ts";
import { connectSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { anAccount, aSession, aUser } from "../support/builders.ts";
import { scaled } from "../support/counts.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const newPath = () => join(folder(), "sweetspot.db");
const child = join(import.meta.dirname, "child.ts");
const ours = readMigrations(sqliteMigrations);
const later = 4_102_444_800_000;

const journalSchema = z.looseObject({ entries: z.array(z.unknown()) });

/** A migration that nobody has seen yet. */
function planted(name: string, statements: readonly string[], at = later): Migration {
  return { name, at, hash: hash("sha256", statements.join()), statements };
}

/** Rebuilds `user` as drizzle-kit does, keeping those rows that `where` picks. */
function rebuilt(where: string): Migration {
  return planted("0001_rebuilt", [
    "PRAGMA foreign_keys=OFF",
    "CREATE TABLE __new_user (id text PRIMARY KEY NOT NULL, joined_at integer NOT NULL, time_zone text NOT NULL, first_day integer NOT NULL, preferences text NOT NULL, owner_id text, pending text, version integer DEFAULT 0 NOT NULL)",
    `INSERT INTO __new_user SELECT * FROM user WHERE ${where}`,
    "DROP TABLE user",
    "ALTER TABLE __new_user RENAME TO user",
    "PRAGMA foreign_keys=ON",
  ]);
}

/** A file with one person, their account and a session. */
async function aFile(): Promise<string> {
  const path = newPath();
  const { store } = openSqlite({ path });
  await store.commit([
    { kind: "user-saved", user: aUser() },
    { kind: "account-linked", account: anAccount(), userId: aUser().id },
    { kind: "session-logged", session: aSession() },
  ]);
  await store.close();
  return path;
}

/** Schema and rows of the file. */
function contentOf(path: string): unknown {
  const client = new Database(path, { readonly: true });
  const names = client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all().map(String);
  const rows = names.map((name) => [name, client.prepare(`SELECT * FROM "${name}"`).all()]);
  const content = { schema: client.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all(), rows };
  client.close();
  return content;
}

/** `folder` of our migrations, and one more at its end. */
function folderWith(...statements: readonly string[]): string {
  const migrations = join(folder(), "migrations");
  cpSync(sqliteMigrations, migrations, { recursive: true });
  const journal = join(migrations, "meta", "_journal.json");
  const { entries, ...rest } = journalSchema.parse(JSON.parse(readFileSync(journal, "utf8")));
  const entry = { idx: entries.length, version: "6", when: later, tag: "9999_planted", breakpoints: true };
  writeFileSync(journal, JSON.stringify({ ...rest, entries: [...entries, entry] }));
  writeFileSync(join(migrations, "9999_planted.sql"), statements.join("--> statement-breakpoint"));
  return migrations;
}

async function openInProcesses(count: number, path: string, migrations: string): Promise<readonly unknown[]> {
  const running = Array.from({ length: count }, () => spawn(process.execPath, [child, "open", path, migrations]));
  const said = await Promise.all(running.map(({ stdout, stderr }) => Promise.all([text(stdout), text(stderr)])));
  return said.map(([out, err]): unknown => (err ? err : JSON.parse(out)));
}

describe("migrate", () => {
  test("applies all of ours to a new file, once, and needs no copy", () => {
    const client = new Database(newPath());
    const names = ours.map(({ name }) => name);
    expect(migrate(client, ours)).toStrictEqual({ isNew: true, applied: names, copy: undefined });
    expect(migrate(client, ours)).toStrictEqual({ isNew: false, applied: [], copy: undefined });
    expect(readdirSync(dirname(client.name))).toStrictEqual(["sweetspot.db"]);
  });
  test("takes a copy of a file in use before it changes it", async () => {
    const path = await aFile();
    const before = contentOf(path);
    const opened = openSqlite({ path, migrations: [...ours, planted("0001_more", ["CREATE TABLE more (a)"])] });
    await opened.store.close();
    expect(opened.copy).toBe(`${path}.before-0001_more`);
    expect(contentOf(`${path}.before-0001_more`)).toStrictEqual(before);
    expect(readdirSync(dirname(path))).toStrictEqual(["sweetspot.db", "sweetspot.db.before-0001_more"]);
  });
  test("replaces what an earlier try left of a copy", async () => {
    const path = await aFile();
    const before = contentOf(path);
    for (const suffix of ["", ".partial"]) writeFileSync(`${path}.before-0001_more${suffix}`, "half a copy");
    await openSqlite({ path, migrations: [...ours, planted("0001_more", ["CREATE TABLE more (a)"])] }).store.close();
    expect(contentOf(`${path}.before-0001_more`)).toStrictEqual(before);
  });
  test("applies what is older than the newest applied, when it was merged later", async () => {
    const path = await aFile();
    const early = planted("0000_early", ["CREATE TABLE early (a)"], 1);
    const { client, applied } = connectSqlite({ path, migrations: [early, ...ours] });
    expect(applied).toStrictEqual(["0000_early"]);
    expect(client.prepare("SELECT * FROM early").all()).toStrictEqual([]);
    expect(migrate(client, [early, ...ours]).applied).toStrictEqual([]);
  });
  test("follows a table to its new name", async () => {
    const path = await aFile();
    const { client } = connectSqlite({ path, migrations: [...ours, planted("0001_x", ["ALTER TABLE `session` RENAME TO `training`"])] });
    expect(client.prepare("SELECT id FROM training").pluck().all()).toStrictEqual([aSession().id]);
    client.close();
  });
  test("keeps the children of a table that is rebuilt, and guards them again afterwards", async () => {
    const path = await aFile();
    const { client } = connectSqlite({ path, migrations: [...ours, rebuilt("true")] });
    expect(client.prepare("SELECT count(*) FROM session").pluck().get()).toBe(1);
    expect(client.pragma("foreign_keys", { simple: true })).toBe(1);
    client.exec("DELETE FROM user");
    expect(client.prepare("SELECT count(*) FROM session").pluck().get()).toBe(0);
  });
  test.each<[string, Migration, string]>([
    ["rows of a rebuilt table are lost", rebuilt("false"), '"user" held 1 rows and would hold 0. Nothing was kept'],
    ["rows are deleted", planted("0001_x", ["DELETE FROM session"]), '"session" held 1 rows and would hold 0. Nothing was kept'],
    [
      "rows are made up",
      planted("0001_x", ["INSERT INTO processed_message (id, received_at) VALUES ('a', 1)"]),
      '"processed_message" held 0 rows and would hold 1',
    ],
    ["a table is dropped", planted("0001_x", ["DROP TABLE session"]), '"session" held 1 rows and would hold no table'],
    [
      "rows of a renamed table are deleted",
      planted("0001_x", ["ALTER TABLE `session` RENAME TO `training`", "DELETE FROM training"]),
      '"training" held 1 rows and would hold 0',
    ],
    ["a row refers to nothing", planted("0001_x", ["UPDATE session SET user_id = 'gone'"]), '1 rows of "session" would refer to nothing'],
    [
      "it fails halfway",
      planted("0001_x", ["CREATE TABLE half (a)", "CREATE TABEL half2 (a)"]),
      '"0001_x" failed and nothing of it was kept',
    ],
    ["its last statement fails", planted("0001_x", ["DELETE FROM session", "SELECT no_such()"]), '"0001_x" failed'],
  ])("leaves the previous state when %s", async (_, bad, why) => {
    const path = await aFile();
    const before = contentOf(path);
    const good = planted("0001_good", ["CREATE TABLE good (a)"]);
    expect(() => openSqlite({ path, migrations: [...ours, good, bad] })).toThrow(`Migrate "${path}": ${why}`);
    expect(contentOf(path)).toStrictEqual(before);
    const { store } = openSqlite({ path });
    expect(await store.findSession(aUser().id, aSession().id)).toStrictEqual(aSession());
  });
  test.each([0, 1, 2, 3])("leaves the previous state when the process is killed before statement %i", async (index) => {
    const path = await aFile();
    const before = contentOf(path);
    const statements = ["CREATE TABLE a (a)", "ALTER TABLE session ADD x text", "DELETE FROM session"].toSpliced(index, 0, "SELECT die()");
    const { signal } = spawnSync(process.execPath, [child, "migrate", path, folderWith(...statements)]);
    expect(signal).toBe("SIGKILL");
    const { store } = openSqlite({ path });
    await store.close();
    expect(contentOf(path)).toStrictEqual(before);
  });
});

describe("several processes that start at once", { timeout: 60_000 }, () => {
  const count = scaled(8, 3);
  test("make a new file together, and one of them says so", async () => {
    const path = newPath();
    const ends = await openInProcesses(count, path, sqliteMigrations);
    expect(ends).toHaveLength(count);
    expect(ends.filter((end) => JSON.stringify(end) === '{"isNew":true,"copied":false}')).toHaveLength(1);
    expect(ends.filter((end) => JSON.stringify(end) === '{"isNew":false,"copied":false}')).toHaveLength(count - 1);
    expect(openSqlite({ path }).isNew).toBe(false);
  });
  test("migrate an old file once", async () => {
    const path = await aFile();
    const migrations = folderWith("ALTER TABLE session ADD mood text");
    const ends = await openInProcesses(count, path, migrations);
    expect(ends.filter((end) => JSON.stringify(end) === '{"isNew":false,"copied":true}')).toHaveLength(1);
    expect(ends.filter((end) => JSON.stringify(end) === '{"isNew":false,"copied":false}')).toHaveLength(count - 1);
    const { client } = connectSqlite({ path, migrations: readMigrations(migrations) });
    expect(client.prepare("SELECT id, mood FROM session").all()).toStrictEqual([{ id: aSession().id, mood: null }]);
  });
  test("wait for one that is killed while it migrates", async () => {
    const path = await aFile();
    const killed = spawn(process.execPath, [child, "migrate", path, folderWith("ALTER TABLE session ADD mood text", "SELECT die()")]);
    const ends = openInProcesses(scaled(4, 2), path, folderWith("ALTER TABLE session ADD mood text"));
    await once(killed, "exit");
    expect(await ends).toContainEqual({ isNew: false, copied: true });
  });
});
