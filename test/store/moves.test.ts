/** Many sessions change hands or go in slices: all or none for whoever they are of, and what a crash cut short goes on at the next start. */

import { join } from "node:path";
import type { ActionId, Minutes, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Session } from "#core/model/session.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { z } from "zod";
import { anAccount, aSession, aUser } from "../support/builders.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const user = aUser();
const account = anAccount();
const batch = "batch-1" as UserId;
const count = 3000;
const days = { from: Temporal.PlainDate.from("2000-01-01"), until: Temporal.PlainDate.from("2100-01-01") };

const shown: Change = { kind: "import-applied", id: batch, userId: user.id };
const hidden: Change = { kind: "import-reverted", id: batch, userId: user.id };
const forgotten: Change = { kind: "user-forgotten", userId: user.id };

function sessionOf(index: number, of: UserId): Session {
  const day = Temporal.PlainDate.from("2020-01-01").add({ days: Math.floor(index / 2) });
  const own = of === batch ? { batch } : {};
  return aSession({ id: `s-${of}-${index}` as SessionId, userId: of, day, minutes: 20 as Minutes, ...own });
}

/** A file with a person, some sessions of theirs, and a batch that waits. */
async function aFile(): Promise<{ readonly path: string; readonly store: Store }> {
  const path = join(folder(), "coach.db");
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  await store.commit([
    { kind: "user-saved", user },
    { kind: "account-linked", account, userId: user.id },
    { kind: "import-staged", user: aUser({ id: batch }), of: user.id },
    {
      kind: "last-action-set",
      lastAction: { id: "act-1" as ActionId, userId: user.id, undone: false, sessions: [], batch: { id: batch, count } },
    },
    ...Array.from({ length: 5 }, (_, index) => ({ kind: "session-logged", session: sessionOf(index, user.id) }) as const),
    ...Array.from({ length: count }, (_, index) => ({ kind: "session-logged", session: sessionOf(index, batch) }) as const),
  ]);
  return { path, store };
}

/** What the file says, whatever the store says. */
function look<Value>(path: string, sql: string, shape: z.ZodType<Value>): Value {
  const client = new Database(path, { readonly: true });
  const found = shape.parse(client.prepare(sql).pluck().get());
  client.close();
  return found;
}

const sizeOf = async (store: Store): Promise<number> => (await store.sessions(user.id, days)).length;

test("a batch is shown and hidden as a whole, and whoever speaks meanwhile is answered when it is done", async () => {
  const { store } = await aFile();
  for (const [change, size] of [
    [shown, count + 5],
    [hidden, 5],
    [shown, count + 5],
  ] as const) {
    let turns = 0;
    const done = store.commit([change]);
    // They ask on another account, say: nobody sees a part of it.
    const asked = store.findUser(account).then(async (found) => (found ? await sizeOf(store) : 0));
    const ticking = (async () => {
      for (let isOver = false; !isOver; turns += 1) isOver = (await Promise.race([done, yieldToEventLoop()])) !== undefined;
    })();
    expect(await asked).toBe(size);
    expect(await done).toBe("done");
    await ticking;
    // Others were heard between its slices.
    expect(turns).toBeGreaterThan(count / 200);
    expect(await sizeOf(store)).toBe(size);
  }
  await store.close();
});

test("turned round while it is under way, it ends as it was said last", async () => {
  const { store } = await aFile();
  const first = store.commit([shown]);
  await yieldToEventLoop();
  const second = store.commit([hidden]);
  expect(await Promise.all([first, second])).toEqual(["done", "done"]);
  expect(await sizeOf(store)).toBe(5);
  expect((await store.findStagedImport(user.id, batch))?.count).toBe(count);
  await store.close();
});

test.each([
  [shown, count + 5],
  [hidden, 5],
] as const)("what was cut short by the end of the process goes on when the file is opened: %j", async (change, size) => {
  const { path, store } = await aFile();
  if (change === hidden) await store.commit([shown]);
  const cut = store.commit([change]);
  await yieldToEventLoop();
  await store.close();
  await cut;
  expect(look(path, "select count(*) from user where pending is not null", z.int())).toBe(1);
  const { store: again } = openSqlite({ path });
  expect((await again.findUser(account))?.user.id).toBe(user.id);
  expect(await sizeOf(again)).toBe(size);
  expect(look(path, "select count(*) from user where pending is not null", z.int())).toBe(0);
  await again.close();
});

test("whoever is forgotten is nobody at once, and nothing is left of them in the end, also after a crash in between", async () => {
  const { path, store } = await aFile();
  await store.commit([shown]);
  const cut = store.commit([{ kind: "inbound-seen", source: "1" as MessageId, at: user.joinedAt }, forgotten]);
  expect(await store.findUser(account)).toBeUndefined();
  expect(await store.findAct(user.id)).toBeUndefined();
  await store.close();
  await cut;
  expect(look(path, "select count(*) from session", z.int())).toBeGreaterThan(0);
  const { store: again } = openSqlite({ path });
  expect(await again.findUser(account)).toBeUndefined();
  expect(await again.commit([forgotten])).toBe("stale");
  while (look(path, "select count(*) from user", z.int()) > 0) await yieldToEventLoop();
  expect(look(path, "select count(*) from session", z.int())).toBe(0);
  await again.close();
});

test("what is kept aside for whoever is forgotten goes a slice at a time before they do", async () => {
  const { path, store } = await aFile();
  const cut = store.commit([forgotten]);
  await yieldToEventLoop();
  await store.close();
  await cut;
  expect(look(path, "select count(*) from user", z.int())).toBe(2);
  expect(look(path, "select count(*) from session", z.int())).toBeGreaterThan(5);
  const { store: again } = openSqlite({ path });
  while (look(path, "select count(*) from user", z.int()) > 0) await yieldToEventLoop();
  expect(look(path, "select count(*) from session", z.int())).toBe(0);
  await again.close();
});

test("a batch that is being shown is not taken for one that nobody wants", async () => {
  const { store } = await aFile();
  const done = store.commit([shown]);
  const before = Temporal.Instant.from("2099-01-01T00:00:00Z");
  // The act that would keep it is replaced by another meanwhile.
  await store.commit([{ kind: "last-action-set", lastAction: { id: "act-2" as ActionId, userId: user.id, undone: false, sessions: [] } }]);
  await store.commit([{ kind: "detached-purged", before, limit: 10 }]);
  await store.commit([{ kind: "imports-discarded", userId: user.id }]);
  await done;
  expect(await sizeOf(store)).toBe(count + 5);
  await store.close();
});
