/** Settings that are in the database already and are too large to be read: whoever has them is answered, and told once. */

import { join } from "node:path";
import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { z } from "zod";
import { account, aReader } from "../support/reader.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();

/** A file in which ann has logged something, and then what `spoil` does to it. */
async function aFile(spoil: (client: Database.Database) => void): Promise<string> {
  const path = join(folder(), "coach.db");
  const { store } = openSqlite({ path });
  const { say } = aReader(store);
  await say("20 strength");
  await say("/settings first day sunday");
  await store.close();
  const client = new Database(path);
  spoil(client);
  client.close();
  return path;
}

const million = JSON.stringify({ words: Object.fromEntries(Array.from({ length: 1_000_000 }, (_, at) => [`w${at}`, "strength"])) });
const sizeSchema = z.object({ size: z.int() });

test("a million own words are put aside at the next message, which says so once, and nothing is sent until they want it", async () => {
  const path = await aFile((client) => void client.prepare("update user set preferences = ?").run(million));
  const { store } = openSqlite({ path });
  const { say } = aReader(store, 100);
  const found = await store.findUser(account("ann"));
  expect(found).toMatchObject({ hasLostSettings: true, user: { isStopped: true, words: {}, firstDay: 7 } });
  expect(await store.usersWithPrompts(undefined, 9)).toMatchObject([{ isStopped: true, words: {} }]);
  const answer = await say("/week");
  expect(answer).toContain("This week 20 of 40–60 min");
  expect(answer).toContain("Your settings had grown too large for me to read. They're the usual ones again.");
  expect(answer).toContain("I won't write first until you say /resume. Everything you logged is here.");
  expect(await say("/week")).not.toContain("Your settings had grown");
  const client = new Database(path, { readonly: true });
  const { size } = sizeSchema.parse(client.prepare("select octet_length(preferences) as size from user").get());
  client.close();
  expect(size).toBeLessThan(200);
  await say("/resume");
  expect(await store.findUser(account("ann"))).toMatchObject({ hasLostSettings: false, user: { isStopped: false } });
  await store.close();
});

test("whoever forgets everything at once is told that alone", async () => {
  const path = await aFile((client) => void client.prepare("update user set preferences = ?").run(million));
  const { store } = openSqlite({ path });
  const { say, press } = aReader(store, 100);
  await say("/forget");
  expect(await press("Delete everything")).not.toContain("grown too large");
  expect(await store.findUser(account("ann"))).toBeUndefined();
  await store.close();
});

test.each(["user", "sessions"])("an act whose %s are too large cannot be taken back, and the next one can", async (part) => {
  const path = await aFile((client) => void client.prepare(`update last_action set ${part} = ?`).run(million));
  const { store } = openSqlite({ path });
  const { say } = aReader(store, 100);
  expect(await say("/undo")).toContain("nothing");
  await say("30 walk");
  expect(await say("/undo")).toContain("30 min");
  await store.close();
});
