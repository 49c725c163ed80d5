/** What a `/log` costs the database, counted: a count has no noise. */

import { join } from "node:path";
import type { ActId, SessionId, SourceId } from "#core/brand.ts";
import { weekOf } from "#core/time.ts";
import type { Store } from "#src/ports.ts";
import { connectSqlite, createSqliteStore } from "#src/store/sqlite.ts";
import { expect, test } from "vitest";
import { anAccount, aSession, aUser } from "../support/build.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();

/** A store with one person, and what it has run and prepared since. */
async function countedStore() {
  const ran: string[] = [];
  const prepared: string[] = [];
  const { client } = connectSqlite({ path: join(folder(), "sweetspot.db"), trace: (sql) => ran.push(sql) });
  const prepare = client.prepare.bind(client);
  client.prepare = (sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  };
  const store = createSqliteStore(client);
  await store.commit([
    { kind: "user-saved", user: aUser() },
    { kind: "account-linked", account: anAccount(), userId: aUser().id },
  ]);
  return { store, client, ran, prepared };
}

/** What the shell asks of the store for a `/log`. */
async function log(store: Store, index: number): Promise<void> {
  const found = await store.findUser(anAccount());
  const session = aSession({ id: `session-${index}` as SessionId });
  await store.sessions(aUser().id, weekOf(session.day, found?.user.firstDay ?? 1));
  await store.commit([
    { kind: "inbound-seen", source: `source-${index}` as SourceId, at: session.loggedAt },
    { kind: "session-logged", session },
    { kind: "act-done", act: { id: `act-${index}` as ActId, userId: session.userId, undone: false, sessions: [{ after: session }] } },
  ]);
}

test("a log runs five statements in one transaction", async () => {
  const { store, ran } = await countedStore();
  ran.length = 0;
  await log(store, 1);
  const kinds = ran.map((sql) => /^(begin immediate|\w+)/i.exec(sql)?.[0].toLowerCase());
  expect(kinds).toStrictEqual(["select", "select", "begin immediate", "insert", "insert", "insert", "commit"]);
});

test("a second log prepares nothing again", async () => {
  const { store, prepared } = await countedStore();
  await log(store, 1);
  prepared.length = 0;
  await log(store, 2);
  expect(prepared).toStrictEqual([]);
});

test("a history of one activity is read along the person's own rows, newest first", async () => {
  const { client, prepared } = await countedStore();
  const reads = prepared.filter((sql) => sql.startsWith("select") && sql.includes('from "session"'));
  expect(reads).toHaveLength(4);
  for (const sql of reads) {
    const plan = client.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from(sql.matchAll(/\?/g), () => 0));
    expect(JSON.stringify(plan)).toMatch(/SEARCH session USING PRIMARY KEY \(user_id=\?/);
    expect(JSON.stringify(plan)).not.toContain("TEMP B-TREE");
    expect(JSON.stringify(plan)).not.toMatch(/SCAN|TEMP B-TREE FOR ORDER BY/);
  }
});
