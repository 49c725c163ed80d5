/** Random histories: the SQLite store answers as the memory store does, also after it was closed and opened again. */

import { join } from "node:path";
import { createMemoryStore } from "../support/model-store/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scaled } from "../support/counts.ts";
import { accounts, change, from, user, userIds } from "./arbitrary.ts";
import { useFolders } from "./folder.ts";
import { aimed, contentOf, outboxStep, personalStep, type Step, take } from "./model.ts";

const folder = useFolders();

/** A history in which people exist early: before that, every change is refused. */
const personalHistory = fc
  .tuple(
    fc.array(
      change.filter(({ kind }) => kind === "user-saved"),
      { minLength: 1, maxLength: 4 },
    ),
    fc.array(fc.oneof({ arbitrary: personalStep, weight: 4 }, { arbitrary: outboxStep, weight: 1 }), { maxLength: 30 }),
  )
  .map(([people, steps]): readonly Step[] => [...people.map((one) => ({ kind: "commit" as const, changes: [one] })), ...steps]);

/** A history of what is said unasked, to everybody or to everybody but one. */
const outboxHistory = fc
  .tuple(user, from([3, 3, 3, 2]), fc.array(outboxStep, { minLength: 1, maxLength: 60, size: "max" }))
  .map(([one, count, steps]): readonly Step[] => {
    const people = userIds.slice(0, count).map((id) => ({ kind: "user-saved", user: { ...one, id } }) as const);
    const linked = accounts.map((account, index) => ({ kind: "account-linked", account, userId: userIds[index % 2] ?? one.id }) as const);
    return [{ kind: "commit", changes: [...people, ...linked] }, ...steps];
  });

/** Takes each step on both stores, and expects the same of them. */
async function live(steps: readonly Step[]): Promise<void> {
  const path = join(folder(), "sweetspot.db");
  const open = () => openSqlite({ path, synchronous: "NORMAL" }).store;
  const memory = createMemoryStore();
  let sqlite = open();
  for (const step of steps) {
    if (step.kind === "reopen") {
      await sqlite.close();
      sqlite = open();
    }
    const one = await aimed(step, memory);
    expect(await take(sqlite, one)).toStrictEqual(await take(memory, one));
  }
  expect(await contentOf(sqlite)).toStrictEqual(await contentOf(memory));
  await sqlite.close();
  const again = open();
  expect(await contentOf(again)).toStrictEqual(await contentOf(memory));
  await again.close();
}

test("any history reads in the SQLite store as it reads in memory", { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(personalHistory, live), { numRuns: scaled(100) });
});

test("any history of what is said unasked reads in the SQLite store as it reads in memory", { timeout: 120_000 }, async () => {
  await fc.assert(fc.asyncProperty(outboxHistory, live), { numRuns: scaled(150) });
});
