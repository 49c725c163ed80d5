/** What a store does while its file is gone or its disk takes nothing, and in which words the cause is told. */

import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { outageOf } from "#core/model/store-unavailable.ts";
import { obstacleIn, wordsOf } from "#src/store/sqlite/disk-errors.ts";
import { explain } from "#src/store/sqlite/file-checks.ts";
import { connectSqlite, createSqliteStore, openSqlite } from "#src/store/sqlite/open.ts";
import { type OutageNews, watchStore } from "#src/store/sqlite/watched-store.ts";
import { aSession, aUser } from "../support/builders.ts";
import { useFolders } from "./folder.ts";
import type { SessionId } from "#core/lib/ids.ts";

const folder = useFolders();
const child = join(import.meta.dirname, "child.ts");
const now = Temporal.Instant.from("2026-11-25T11:00:00Z");

test("a file that is gone takes neither changes nor claims, and is told once", async () => {
  const path = join(folder(), "coach.db");
  const news: OutageNews[] = [];
  const { store, look } = openSqlite({ path, onOutage: (one) => news.push(one) });
  await store.commit([{ kind: "user-saved", user: aUser() }]);
  look();
  expect(news).toEqual([]);
  rmSync(path);
  const outages = await Promise.all([
    store.commit([{ kind: "user-saved", user: aUser() }]).catch(outageOf),
    store.claim(now, now, 1, "console" as never).catch(outageOf),
    store.claimOverdue(now, now, 1, "console" as never).catch(outageOf),
  ]);
  expect(outages).toEqual(["gone", "gone", "gone"]);
  look();
  expect(news).toMatchObject([{ outage: "gone" }]);
  await store.close();
});

test("a file that goes while something is written to it does not confirm that either", async () => {
  const path = join(folder(), "coach.db");
  const { client } = connectSqlite({ path });
  const inner = createSqliteStore(client);
  const commit: typeof inner.commit = async (changes) => {
    const committed = await inner.commit(changes);
    rmSync(path);
    return committed;
  };
  const { store } = watchStore({ ...inner, commit }, path, () => undefined);
  expect(await store.commit([{ kind: "user-saved", user: aUser() }]).catch(outageOf)).toBe("gone");
  await store.close();
});

test("a full disk keeps nothing of a commit, and is told when it begins and when it is over", async () => {
  const path = join(folder(), "coach.db");
  const { client } = connectSqlite({ path });
  const news: (string | undefined)[] = [];
  const { store } = watchStore(createSqliteStore(client), path, ({ outage }) => news.push(outage));
  await store.commit([{ kind: "user-saved", user: aUser() }]);
  client.pragma(`max_page_count = ${String(client.pragma("page_count", { simple: true }))}`);
  const many = Array.from({ length: 200 }, (_, place) => {
    return { kind: "session-logged", session: aSession({ id: `session-${place}` as SessionId, note: "x".repeat(190) }) } as const;
  });
  expect(await store.commit(many).catch(outageOf)).toBe("unwritable");
  expect(await store.commit(many).catch(outageOf)).toBe("unwritable");
  expect(client.prepare("SELECT count(*) FROM session").pluck().get()).toBe(0);
  client.pragma("max_page_count = 1000000");
  expect(await store.commit(many)).toBe("done");
  expect(news).toEqual(["unwritable", undefined]);
  await store.close();
});

test("an error that is none of the disk's stays what it was", async () => {
  const path = join(folder(), "coach.db");
  const { store } = openSqlite({ path });
  const fault = await store.commit([{ kind: "session-logged", session: aSession() }]).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Error);
  expect(outageOf(fault)).toBeUndefined();
  await store.close();
});

describe("a start", () => {
  test.each([
    ["ENOSPC", "the disk is full. Free some space"],
    ["EDQUOT", "the disk quota is used up. Free some space, or have the quota raised"],
    ["EROFS", "its file system is mounted read-only. Mount it for writing"],
    ["EMFILE", "too many files are open. Raise the limit"],
    ["EIO", "the disk fails to read or write it. Check the disk"],
  ])("that fails with %s says so and what to do", (code, words) => {
    const path = join(folder(), "coach.db");
    const refusal = explain(path, Object.assign(new Error(code), { code }));
    expect(String(refusal)).toContain(`Open the database "${path}": ${words}`);
    expect(wordsOf(Object.assign(new Error(code), { code }), dirname(path))).toContain(words);
  });

  test("where files may not grow says so, and leaves nothing of what it tried", () => {
    const path = join(folder(), "coach.db");
    const { stdout } = spawnSync("prlimit", ["--fsize=4096", process.execPath, child, "open", path], { encoding: "utf8" });
    expect(JSON.parse(stdout)).toEqual({
      refused: `Open the database "${path}": a limit on the size of files is reached. Raise it (ulimit -f)`,
    });
  });
});

test("a folder that takes files has no obstacle, and none is left there", () => {
  const here = folder();
  expect(obstacleIn(here)).toBeUndefined();
  expect(obstacleIn(join(here, "gone"))).toBeUndefined();
});
