/** Random histories: the SQLite store answers as the memory store does, also after it was closed and opened again. */

import { join } from "node:path";
import type { Change } from "#core/change.ts";
import type { Days } from "#core/time.ts";
import type { Store } from "#src/ports.ts";
import { createMemoryStore } from "#src/store/memory.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { accounts, activities, change, days, record, sessionIds, userIds } from "./arbitrary.ts";
import { useFolders } from "./folder.ts";

type Step =
  | { readonly kind: "commit"; readonly changes: readonly Change[] }
  | { readonly kind: "sessions"; readonly days: Days }
  | { readonly kind: "page"; readonly skip: number; readonly limit: number }
  | { readonly kind: "reopen" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: record({ kind: fc.constant("commit" as const), changes: fc.array(change, { maxLength: 4 }) }), weight: 12 },
  { arbitrary: record({ kind: fc.constant("sessions" as const), days }), weight: 3 },
  { arbitrary: record({ kind: fc.constant("page" as const), skip: fc.nat(3), limit: fc.nat(3) }), weight: 3 },
  { arbitrary: record({ kind: fc.constant("reopen" as const) }), weight: 1 },
);

/** A history in which people exist early: before that, every change is refused. */
const history = fc
  .tuple(
    fc.array(
      change.filter(({ kind }) => kind === "user-saved"),
      { minLength: 1, maxLength: 4 },
    ),
    fc.array(step, { maxLength: 30 }),
  )
  .map(([people, steps]): readonly Step[] => [...people.map((one) => ({ kind: "commit" as const, changes: [one] })), ...steps]);

const always: Days = { from: Temporal.PlainDate.from("2000-01-01"), until: Temporal.PlainDate.from("2100-01-01") };
const folder = useFolders();

test("any history reads in the SQLite store as it reads in memory", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const path = join(folder(), "sweetspot.db");
      const memory = createMemoryStore();
      let sqlite = openSqlite({ path }).store;
      for (const one of steps) {
        if (one.kind === "reopen") {
          await sqlite.close();
          sqlite = openSqlite({ path }).store;
        }
        expect(await take(sqlite, one)).toStrictEqual(await take(memory, one));
      }
      expect(await contentOf(sqlite)).toStrictEqual(await contentOf(memory));
      await sqlite.close();
      const again = openSqlite({ path }).store;
      expect(await contentOf(again)).toStrictEqual(await contentOf(memory));
      await again.close();
    }),
    { numRuns: 100 },
  );
});

async function take(store: Store, given: Step): Promise<unknown> {
  switch (given.kind) {
    case "commit":
      return store.commit(given.changes).catch(() => "threw");
    case "sessions":
      return Promise.all(userIds.map((id) => store.sessions(id, given.days)));
    case "page":
      return Promise.all(
        userIds.flatMap((id) => [undefined, ...activities].map((activity) => store.page(id, { ...given, ...(activity && { activity }) }))),
      );
    case "reopen":
      return contentOf(store);
  }
}

/** All that can be asked of `store`. */
async function contentOf(store: Store): Promise<unknown> {
  const people = userIds.map(async (id) => ({
    sessions: await store.sessions(id, always),
    each: await Promise.all(sessionIds.map((session) => store.findSession(id, session))),
    act: await store.findAct(id),
    question: await store.findQuestion(id),
  }));
  return { people: await Promise.all(people), users: await Promise.all(accounts.map((account) => store.findUser(account))) };
}
