/** New names of tables and columns lose nothing: every value of every table, and every answer from the file of an older version. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tables from "#drizzle/sqlite.ts";
import { readMigrations, sqliteMigrations } from "#src/store/sqlite/migrate.ts";
import { connectSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { getTableConfig } from "drizzle-orm/sqlite-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { useFolders } from "./folder.ts";
import { converse, showAll, undoAll } from "./old-conversation.ts";

const folder = useFolders();
const newPath = () => join(folder(), "sweetspot.db");
const ours = readMigrations(sqliteMigrations);
const before = ours.slice(
  0,
  ours.findIndex(({ name }) => name === "0014_names"),
);

type Row = Readonly<Record<string, unknown>>;

const namesSchema = z.array(z.string());
const columnsSchema = z.array(z.object({ name: z.string(), type: z.string() }));
const keysSchema = z.array(z.object({ from: z.string(), table: z.string(), to: z.string() }));
const rowSchema = z.record(z.string(), z.unknown());

/** Today's names of the tables that had others. */
const tableNames: Readonly<Record<string, string>> = {
  act: "last_action",
  code: "join_code",
  code_try: "wrong_code",
  inbound: "processed_message",
  note: "app_state",
  question: "clarification",
};

/** Today's names of the columns that had others, by the table's name before. */
const columnNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account: { is_open: "dm_reachable", is_told: "dm_notice_shown", heard_at: "last_seen_at", origin: "original_owner_id" },
  act: { batch: "import_id", batch_count: "import_count" },
  channel: { is_told: "owner_notified" },
  cheer: { on_day: "week_start" },
  code: { until: "expires_at" },
  code_try: { account: "account_hash", tries: "attempts", until: "expires_at" },
  delivery: {
    on_day: "local_date",
    told: "stated_numbers",
    why: "reason",
    message: "platform_message_id",
    shown: "content_hash",
    to_platform: "target_platform",
    to_id: "target_id",
    says: "blocks",
    via: "lane",
    fallback: "fallback_lane",
  },
  group_prompt: { on_day: "week_start" },
  group_week: { on_day: "week_start", came: "outcome" },
  inbound: { source: "id", seen_at: "received_at", answer: "reply", answer_at: "reply_due_at" },
  installation: { home: "workspace_id", sealed: "encrypted_token" },
  member: { rests_on: "rest_week", origin: "original_owner_id" },
  prompt: { on_day: "local_date", since_day: "messages_since" },
  question: { asked: "content" },
  session: { origin: "original_owner_id", batch: "import_id" },
  user: { part_of: "owner_id" },
};

/** The tables of the file, without those of SQLite and of the migrator. */
function tablesOf(client: Database.Database): readonly string[] {
  const sql =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '__drizzle_migrations' ORDER BY 1";
  return namesSchema.parse(client.prepare(sql).pluck().all());
}

/** A row with a value in every column: each its own, and in a foreign key that of the column to which it refers. */
function fullRow(client: Database.Database, table: string, number: () => number): Row {
  const keys = keysSchema.parse(client.pragma(`foreign_key_list("${table}")`));
  const columns = columnsSchema.parse(client.pragma(`table_info("${table}")`));
  return Object.fromEntries(
    columns.map(({ name, type }) => {
      const key = keys.find(({ from }) => from === name);
      return [name, key ? `${key.table}.${key.to}` : type.toLowerCase() === "text" ? `${table}.${name}` : number()];
    }),
  );
}

function insert(client: Database.Database, table: string, row: Row): void {
  const names = Object.keys(row).map((name) => `"${name}"`);
  client.prepare(`INSERT INTO "${table}" (${names.join()}) VALUES (${names.map(() => "?").join()})`).run(...Object.values(row));
}

/** A file of the version before the names, with a full row in every table, and these rows by their tables. */
function aFullFile(path: string): ReadonlyMap<string, Row> {
  const { client } = connectSqlite({ path, migrations: before });
  client.pragma("foreign_keys = OFF");
  let count = 1_790_000_000_000;
  const rows = new Map(tablesOf(client).map((table) => [table, fullRow(client, table, () => (count += 1))]));
  for (const [table, row] of rows) insert(client, table, row);
  client.close();
  return rows;
}

/** `row` of a table that was named `table`, under today's names. */
function renamed(table: string, row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [columnNames[table]?.[name] ?? name, value]));
}

describe("a full row of every table", () => {
  test("is found under today's names, value by value", () => {
    const path = newPath();
    const rows = aFullFile(path);
    const { client } = connectSqlite({ path });
    for (const [table, row] of rows) {
      const found = client
        .prepare(`SELECT * FROM "${tableNames[table] ?? table}"`)
        .all()
        .map((one) => rowSchema.parse(one));
      expect(found, table).toStrictEqual([expect.objectContaining(renamed(table, row))]);
    }
    expect(client.pragma("integrity_check", { simple: true })).toBe("ok");
    client.close();
  });
  test("has names that the schema knows, all of them", () => {
    const schema = new Map(
      Object.values(tables).map((table) => {
        const { name, columns } = getTableConfig(table);
        return [name, columns.map((column) => column.name)];
      }),
    );
    const rows = [...aFullFile(newPath())].map(([table, row]) => [tableNames[table] ?? table, Object.keys(renamed(table, row))] as const);
    const strange = rows.flatMap(([table, names]) =>
      names.filter((name) => !schema.get(table)?.includes(name)).map((name) => [table, name]),
    );
    expect(strange).toStrictEqual([]);
    expect(rows).toHaveLength(19);
  });
});

describe("a file of the version before the names", { timeout: 60_000 }, () => {
  /** A coach on that version's file, an hour after it was closed. */
  function onOldFile(): TestCoach {
    const path = newPath();
    const client = new Database(path);
    client.exec(readFileSync(join(import.meta.dirname, "before-names.sql"), "utf8"));
    client.close();
    return afterwards(path);
  }
  /** A coach on a file of today in which the same was said. */
  async function onNewFile(): Promise<TestCoach> {
    const path = newPath();
    const { store } = openSqlite({ path });
    await converse(createTestCoach({ store }));
    await store.close();
    return afterwards(path);
  }
  function afterwards(path: string): TestCoach {
    const coach = createTestCoach({ store: openSqlite({ path }).store, ids: "later" });
    coach.turnTo("2026-11-10T10:00:00Z");
    return coach;
  }
  test("has a row in every table", () => {
    const client = new Database(":memory:");
    client.exec(readFileSync(join(import.meta.dirname, "before-names.sql"), "utf8"));
    const filled = tablesOf(client).filter((table) => client.prepare(`SELECT count(*) FROM "${table}"`).pluck().get() !== 0);
    expect(filled).toStrictEqual([...aFullFile(newPath()).keys()]);
  });
  test("gives the answers, exports and boards that a file of today gives", async () => {
    expect(await showAll(onOldFile())).toStrictEqual(await showAll(await onNewFile()));
  });
  test("takes back and redoes the last actions as a file of today does", async () => {
    expect(await undoAll(onOldFile())).toStrictEqual(await undoAll(await onNewFile()));
  });
  test("sends the messages of the week after", async () => {
    const [old, now] = [onOldFile(), await onNewFile()];
    for (const coach of [old, now]) await coach.travelTo("2026-11-24T12:00:00Z");
    expect(old.sent.length).toBeGreaterThan(8);
    expect(old.sent.map(({ key, words }) => [key, words])).toStrictEqual(now.sent.map(({ key, words }) => [key, words]));
  });
});
