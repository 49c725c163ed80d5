/** Whoever is forgotten leaves no byte behind, in no table that there is or will be. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformName, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { connectSqlite, createSqliteStore, openSqlite } from "#src/store/sqlite/open.ts";
import { expect, test } from "vitest";
import { z } from "zod";
import { aSession } from "../support/builders.ts";
import { aDelivery, anAct, aPrompt, aQuestion, keyOf } from "../contracts/store/fixtures.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const start = Temporal.Instant.from("2026-11-02T08:00:00Z");

/** What these tables hold is of nobody: ids of what arrived (an answer that is owed goes by itself: see `answered.test.ts`), digests of accounts that typed wrong codes, where the coach was let in, and what it must know after a restart. */
const impersonal = ["app_state", "installation", "processed_message", "wrong_code"];

/** And of these of a group, whoever is in it. A channel stays the group's, and forgets who bound it. */
const ofGroups = ["channel", "group", "group_prompt", "group_week", "join_code"];

const columnSchema = z.array(z.object({ table: z.string(), to: z.string(), on_delete: z.string() }));

test("every table is of nobody, or goes with its person", () => {
  const { client } = connectSqlite({ path: join(folder(), "coach.db") });
  const names = z
    .array(z.string())
    .parse(
      client
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'")
        .pluck()
        .all(),
    );
  const keysOf = (name: string) =>
    columnSchema.parse(client.pragma(`foreign_key_list("${name}")`)).filter(({ table, to }) => table === "user" && to === "id");
  const bound = names.filter((name) => {
    return keysOf(name).some((key) => key.on_delete === "CASCADE");
  });
  expect(names.filter((name) => !bound.includes(name)).toSorted()).toEqual([...impersonal, ...ofGroups].toSorted());
  for (const name of ofGroups) expect(keysOf(name).map((key) => key.on_delete)).toEqual(name === "channel" ? ["SET NULL"] : []);
  client.close();
});

function markOf(id: string): string {
  return `mark-of-${id}`;
}

let arrived = 0;

/** Somebody with a row in every table, their id or their mark in each of its texts. */
async function meet(store: Store, id: UserId, platform: string): Promise<void> {
  const mark = markOf(id);
  arrived += 1;
  const user = { ...createUser(id, "Europe/Berlin" as TimeZone, start), words: { [mark]: aSession().activity } };
  const account = { platform: platform as PlatformName, id: `${mark} account`, name: `${mark} name` };
  const session = aSession({ userId: id, id: `${mark} session` as SessionId, note: `${mark} note`, word: `${mark} word` });
  await store.commit([
    { kind: "inbound-seen", source: `message ${arrived}` as MessageId, at: start },
    { kind: "user-saved", user },
    { kind: "account-linked", account, userId: id },
    { kind: "session-logged", session },
    { kind: "last-action-set", lastAction: { ...anAct(), userId: id, sessions: [{ after: session }] } },
    { kind: "clarification-asked", clarification: { ...aQuestion(), userId: id, text: `${mark} question` } },
    { kind: "prompt-set", prompt: aPrompt({ userId: id }) },
    { kind: "delivery-queued", delivery: aDelivery({ userId: id, key: keyOf(`weekly ${id} ${mark}`) }) },
  ]);
}

function bytesOf(path: string): string {
  return ["", "-wal", "-journal"]
    .map((suffix) => path + suffix)
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "latin1"))
    .join("");
}

test("nothing of somebody who was forgotten is left in the file, nor in its log, among hundreds who came, changed and went", async () => {
  const path = join(folder(), "coach.db");
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const people = Array.from(
    { length: 120 },
    (_, index) => `0192f0c0-0000-7000-8000-${String((index * 7919) % 997).padStart(12, "0")}` as UserId,
  );
  for (const [index, id] of people.entries()) await meet(store, id, index % 2 === 0 ? "discord" : "slack");
  // Rows of different lengths come and go between theirs, so that SQLite moves them about.
  for (const [index, id] of [...people, ...people, ...people].entries()) {
    const session = aSession({ userId: id, id: `${markOf(id)} ${index}` as SessionId, note: "x".repeat((index * 37) % 190) });
    await store.commit([
      { kind: "session-logged", session },
      { kind: "last-action-set", lastAction: { ...anAct(), userId: id, sessions: [{ after: session }] } },
    ]);
    if (index % 3 === 0) await store.commit([{ kind: "session-removed", userId: id, id: session.id }]);
  }
  const [gone, stay] = [people.slice(0, 40), people.slice(40)];
  for (const userId of gone) await store.commit([{ kind: "user-forgotten", userId }]);
  const bytes = bytesOf(path);
  expect(gone.filter((id) => bytes.includes(id) || bytes.includes(markOf(id)))).toEqual([]);
  expect(stay.filter((id) => bytes.includes(markOf(id)))).toEqual(stay);
  await store.close();
});

test("what a version left that only deleted is written over when the file is opened", async () => {
  const path = join(folder(), "coach.db");
  const { client } = connectSqlite({ path });
  const store = createSqliteStore(client);
  for (let index = 0; index < 30; index += 1) await meet(store, `user-${index}` as UserId, "slack");
  client.pragma("secure_delete = OFF");
  client.exec("DELETE FROM user WHERE id = 'user-7'");
  client.pragma("user_version = 0");
  client.close();
  expect(bytesOf(path)).toContain(markOf("user-7"));
  await openSqlite({ path }).store.close();
  expect(bytesOf(path)).not.toContain(markOf("user-7 "));
  expect(bytesOf(path)).toContain(markOf("user-8"));
});

test("what is kept aside for somebody goes with them", () => {
  const { client } = connectSqlite({ path: join(folder(), "coach.db") });
  const add = client.prepare("INSERT INTO user VALUES (?, 0, 'UTC', 1, '{}', ?, null, 0)");
  add.run("whole", null);
  add.run("part", "whole");
  client.exec("DELETE FROM user WHERE id = 'whole'");
  expect(client.prepare("SELECT id FROM user").pluck().all()).toEqual([]);
  client.close();
});
