/** Of an answer that was shown no byte is left, and none of its token. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformName, MessageId, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { expect, test } from "vitest";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const at = Temporal.Instant.from("2026-11-02T08:00:00Z");
const platform = "discord" as PlatformName;
const people = Array.from({ length: 50 }, (_, index) => `person-${index}` as UserId);
const sources = Array.from({ length: 1500 }, (_, index) => `answered ${(index * 7919) % 4999}` as MessageId);

function markOf(source: MessageId): string {
  return `<${source}>`;
}

/** Something that arrived from one of these people, with its answer: a short one, a long one, or one of several pages. */
function arrival(source: MessageId, index: number): Change {
  const userId = people[index % people.length] ?? ("nobody" as UserId);
  const words = `${markOf(source)} ${"x".repeat((index * 37) % 900)}${"y".repeat(index % 50 === 0 ? 9000 : 0)} ${markOf(source)}`;
  const account = { platform, id: userId };
  const answerTo = `app token-${markOf(source)}`;
  const reply = { blocks: [{ kind: "text", text: [words] }] } as const;
  return { kind: "inbound-seen", source, at, answer: { source, userId, account, at, dueAt: at, answerTo, reply } };
}

async function meet(store: Store): Promise<void> {
  for (const id of people) {
    const user = createUser(id, "Europe/Berlin" as TimeZone, at);
    await store.commit([
      { kind: "user-saved", user },
      { kind: "account-linked", account: { platform, id, name: id }, userId: id },
    ]);
  }
}

function leftIn(path: string): readonly MessageId[] {
  const bytes = ["", "-wal", "-journal"]
    .map((suffix) => path + suffix)
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "latin1"))
    .join("");
  return sources.filter((source) => bytes.includes(markOf(source)));
}

async function aFile() {
  const path = join(folder(), "coach.db");
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  await meet(store);
  return { path, store };
}

test("nothing of answers that were shown is left in the file, nor in its log, once it was swept", async () => {
  const { path, store } = await aFile();
  const owed: MessageId[] = [];
  for (let start = 0; start < sources.length; start += 10) {
    const some = sources.slice(start, start + 10);
    for (const [index, source] of some.entries()) await store.commit([arrival(source, start + index)]);
    if (start === 0) owed.push(...leftIn(path));
    await store.commit(some.map((source) => ({ kind: "answer-shown", source })));
  }
  expect(owed).toEqual(sources.slice(0, 10));
  await store.secureErase();
  expect(leftIn(path)).toEqual([]);
  await store.close();
});

test("nothing of answers that are owed is left of whoever is forgotten", async () => {
  const { path, store } = await aFile();
  for (const [index, source] of sources.entries()) await store.commit([arrival(source, index)]);
  expect(leftIn(path)).toEqual(sources);
  const [gone, stay] = [people.slice(0, 25), people.slice(25)];
  for (const userId of gone) await store.commit([{ kind: "user-forgotten", userId }]);
  const isOf = (some: readonly UserId[]) => sources.filter((_, index) => some.some((id) => id === people[index % people.length]));
  expect(leftIn(path)).toEqual(isOf(stay));
  expect(isOf(gone)).toHaveLength(sources.length / 2);
  await store.close();
});
