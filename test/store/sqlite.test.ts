/** The SQLite store keeps the contract, on a file that it treats with care. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import { connectSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { storeContract } from "../contracts/store.ts";
import { aDelivery, alex, alexAccount, anAct, aPrompt, aQuestion } from "../contracts/store/fixtures.ts";
import { aSession, aUser } from "../support/builders.ts";
import { scaled } from "../support/counts.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const newPath = () => join(folder(), "sweetspot.db");
const child = join(import.meta.dirname, "child.ts");

storeContract("the SQLite store", () => openSqlite({ path: newPath() }).store);

describe("openSqlite", () => {
  test("creates the file, and says so once", async () => {
    const path = newPath();
    const first = openSqlite({ path });
    const second = openSqlite({ path });
    expect([first.isNew, second.isNew]).toStrictEqual([true, false]);
    await Promise.all([first.store.close(), second.store.close()]);
    expect(openSqlite({ path }).isNew).toBe(false);
  });
  test("starts where another start was cut short before it had made a table", () => {
    const path = newPath();
    new Database(path).pragma("journal_mode = WAL");
    expect(openSqlite({ path }).isNew).toBe(true);
  });
  test("takes back what was half written when the write-ahead log was not in use", async () => {
    const [busy, path] = [newPath(), newPath()];
    await openSqlite({ path: busy }).store.close();
    const writer = new Database(busy);
    writer.pragma("journal_mode = DELETE");
    writer.pragma("cache_size = 1");
    writer.exec(
      "BEGIN; WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) INSERT INTO processed_message (id, received_at) SELECT i, 0 FROM n",
    );
    for (const suffix of ["", "-journal"]) copyFileSync(`${busy}${suffix}`, `${path}${suffix}`);
    writer.close();
    const { client } = connectSqlite({ path });
    expect(client.prepare("SELECT count(*) FROM processed_message").pluck().get()).toBe(0);
    expect(client.pragma("integrity_check", { simple: true })).toBe("ok");
  });
  test("tries again while another process writes for longer than a statement waits", async () => {
    const path = newPath();
    await openSqlite({ path }).store.close();
    const writer = new Database(path);
    writer.exec("BEGIN IMMEDIATE");
    let starts = 0;
    const trace = (sql: string) => {
      starts += sql.includes("journal_mode") ? 1 : 0;
      if (starts === 2 && writer.inTransaction) writer.exec("ROLLBACK");
    };
    expect(openSqlite({ path, trace }).isNew).toBe(false);
    expect(starts).toBe(2);
  });
  test("leaves one whole file when it is closed", async () => {
    const path = newPath();
    const { store } = openSqlite({ path });
    await store.commit([{ kind: "user-saved", user: aUser() }]);
    await store.close();
    expect(readdirSync(join(path, ".."))).toStrictEqual(["sweetspot.db"]);
  });
  test.each([
    ["journal_mode", "wal"],
    ["synchronous", 2],
    ["foreign_keys", 1],
    ["busy_timeout", 250],
    ["trusted_schema", 0],
    ["wal_autocheckpoint", 4000],
  ])("sets %s to %s on its connection", (pragma, value) => {
    const { client } = connectSqlite({ path: newPath() });
    expect(client.pragma(pragma, { simple: true })).toBe(value);
  });
  test("sets synchronous to NORMAL when it is asked to", () => {
    const { client } = connectSqlite({ path: newPath(), synchronous: "NORMAL" });
    expect(client.pragma("synchronous", { simple: true })).toBe(1);
  });
  test("removes all that a person has when the person is removed", async () => {
    const path = newPath();
    const { store } = openSqlite({ path });
    await store.commit([
      { kind: "user-saved", user: alex },
      { kind: "account-linked", account: alexAccount, userId: alex.id },
      { kind: "session-logged", session: aSession() },
      { kind: "last-action-set", lastAction: anAct() },
      { kind: "clarification-asked", clarification: aQuestion() },
      { kind: "prompt-set", prompt: aPrompt() },
      { kind: "delivery-queued", delivery: aDelivery() },
    ]);
    const { client } = connectSqlite({ path });
    const tables = ["user", "account", "session", "last_action", "clarification", "prompt", "delivery"];
    const counts = (): readonly unknown[] => tables.map((table) => client.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
    expect(counts()).toStrictEqual(tables.map(() => 1));
    client.exec('DELETE FROM "user"');
    expect(counts()).toStrictEqual(tables.map(() => 0));
  });
  test("refuses a row whose JSON it did not write, without quoting the row", async () => {
    const path = newPath();
    const { store } = openSqlite({ path });
    await store.commit([{ kind: "user-saved", user: aUser() }]);
    const { client } = connectSqlite({ path });
    const plant = (asked: string) => client.prepare("INSERT OR REPLACE INTO clarification VALUES (?, 'q', ?)").run(aUser().id, asked);
    plant("my knee hurts");
    await expect(store.findQuestion(aUser().id)).rejects.toThrow(/^Read the question to user "user-1": it is not JSON\./);
    plant(JSON.stringify({ text: "my knee hurts", saidOn: "yesterday", answered: [], answers: [] }));
    await expect(store.findQuestion(aUser().id)).rejects.toThrow(/^Read the question to user "user-1": saidOn: (?!.*knee)/);
  });
});

describe("after kill -9", () => {
  test("everything that was confirmed is there, and the file is sound", { timeout: 30_000 }, async () => {
    const path = newPath();
    const running = spawn(process.execPath, [child, "commit", path], { stdio: ["ignore", "pipe", "inherit"] });
    const enough = scaled(200);
    let confirmed = 0;
    for await (const line of createInterface({ input: running.stdout })) {
      confirmed = Number(line);
      if (confirmed === enough) running.kill("SIGKILL");
    }
    if (running.signalCode === null) await once(running, "exit");
    expect(confirmed).toBeGreaterThanOrEqual(enough);
    expect(existsSync(`${path}-wal`)).toBe(true);
    const { store } = openSqlite({ path });
    const kept = await store.page("user-1" as UserId, { skip: 0, limit: 100_000 });
    const ids = new Set(kept.map(({ id }) => id));
    expect(Array.from({ length: confirmed }, (_, index) => `${index + 1}` as SessionId).filter((id) => !ids.has(id))).toStrictEqual([]);
  });
});
