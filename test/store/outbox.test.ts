/** What the SQLite store promises of the outbox beyond the contract: also to other connections, to other processes, and of rows that it did not write. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DeliveryKey } from "#core/lib/ids.ts";
import type { Store } from "#src/ports/store.ts";
import { connectSqlite, createSqliteStore, openSqlite } from "#src/store/sqlite/open.ts";
import { describe, expect, test } from "vitest";
import {
  aDelivery,
  alex,
  alexAccount,
  aPrompt,
  at,
  day,
  keyOf,
  linked,
  queued,
  sam,
  saved,
  sending,
  set,
  here,
} from "../contracts/store/fixtures.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const newPath = () => join(folder(), "sweetspot.db");
const child = join(import.meta.dirname, "child.ts");

/** The keys of so many deliveries, in their order. */
function keys(count: number): readonly DeliveryKey[] {
  return Array.from({ length: count }, (_, index) => keyOf(`d${String(index).padStart(3, "0")}`));
}

/** A file with Alex, and so many deliveries to them. */
async function fileWith(count: number): Promise<string> {
  const path = newPath();
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  await store.commit([saved(alex), linked(alexAccount, alex), saved(sam), ...keys(count).map((key) => queued(aDelivery({ key })))]);
  await store.close();
  return path;
}

describe("the index of deliveries by day", () => {
  test("lets no second one go out to one person on one day, whoever writes it", async () => {
    const { client } = connectSqlite({ path: await fileWith(0) });
    const insert = client.prepare(
      "INSERT INTO delivery (key, user_id, kind, local_date, due_at, expires_at, state, fence, attempts, sent_on) VALUES (?, ?, 'rest', '2026-11-23', 1, 2, ?, 0, 0, ?)",
    );
    insert.run("a", alex.id, "sent", "2026-11-23");
    for (const state of ["sending", "sent", "unknown", "queued"])
      expect(() => insert.run("b", alex.id, state, "2026-11-23")).toThrow("UNIQUE constraint failed: delivery.user_id, delivery.sent_on");
    insert.run("b", alex.id, "sent", "2026-11-24");
    insert.run("c", sam.id, "sent", "2026-11-23");
    for (const key of ["d", "e"]) insert.run(key, alex.id, "expired", null);
    expect(() => client.exec("UPDATE delivery SET sent_on = '2026-11-23' WHERE key = 'd'")).toThrow("UNIQUE constraint failed");
    expect(client.prepare("SELECT count(*) FROM delivery").pluck().get()).toBe(5);
  });
});

describe("two connections to one file", () => {
  async function both(count: number): Promise<readonly [Store, Store]> {
    const path = await fileWith(count);
    return [openSqlite({ path }).store, openSqlite({ path }).store];
  }
  test("that claim by turns never take the same under one lease", async () => {
    const [one, other] = await both(20);
    const claimed = [];
    for (let turn = 0; turn < 5; turn += 1)
      for (const store of [one, other]) claimed.push(...(await store.claim(at("07:00"), at("07:30"), 3, here)));
    expect(claimed.map(({ key }) => key).toSorted()).toStrictEqual(keys(20));
    expect(new Set(claimed.map(({ fence }) => fence))).toStrictEqual(new Set([1]));
    await Promise.all([one.close(), other.close()]);
  });
  test("see each other's claims and days: who lost a lease changes nothing, and one goes out a day", async () => {
    const [one, other] = await both(2);
    const [first = keyOf(""), second = keyOf("")] = keys(2);
    await one.claim(at("07:00"), at("07:30"), 10, here);
    expect(await other.claim(at("07:30"), at("08:00"), 10, here)).toHaveLength(2);
    expect(await one.commit([sending({ key: first })])).toBe("stale");
    expect(await other.commit([sending({ key: first, fence: 2 })])).toBe("done");
    expect(await one.commit([sending({ key: second, fence: 2 })])).toBe("stale");
    await Promise.all([one.close(), other.close()]);
  });
});

/** A child that claims: `next` gives what it claimed, line by line, and `go` lets it claim all that are left. */
function startClaiming(path: string) {
  const running = spawn(process.execPath, [child, "claim", path], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await lines.next();
    return done === true ? undefined : value;
  };
  return { next, go: () => running.stdin.end("go") };
}

test("two processes that claim at once take each of 200 deliveries once", { timeout: 60_000 }, async () => {
  const path = await fileWith(200);
  const claimers = [startClaiming(path), startClaiming(path)];
  const claimed: unknown[] = await Promise.all(claimers.map(({ next }) => next()));
  for (const { go } of claimers) go();
  for (const { next } of claimers) for (let claim = await next(); claim !== undefined; claim = await next()) claimed.push(claim);
  expect(claimed).toHaveLength(200);
  expect(new Set(claimed)).toStrictEqual(new Set(keys(200).map((key) => `${key} under 1`)));
  const { store } = openSqlite({ path });
  expect(new Set((await store.deliveries(alex.id, 200)).map(({ fence }) => fence))).toStrictEqual(new Set([1]));
});

describe("a row that it did not write", () => {
  async function damaged(damage: string): Promise<Store> {
    const { client } = connectSqlite({ path: newPath() });
    const store = createSqliteStore(client);
    const sent = aDelivery({ state: "sent", sentOn: day("2026-11-23"), statedNumbers: { strength: 45, aerobic: 0 } });
    await store.commit([saved(alex), linked(alexAccount, alex), set(aPrompt()), queued(sent)]);
    client.exec(damage);
    return store;
  }
  test.each([
    [
      "what it told is not JSON",
      "UPDATE delivery SET stated_numbers = 'my knee hurts'",
      /^Read the delivery "weekly alex": it is not JSON\./,
    ],
    [
      "what it told lacks a number",
      `UPDATE delivery SET stated_numbers = '{"strength":45}'`,
      /^Read the delivery "weekly alex": aerobic: /,
    ],
    ["its day is none", "UPDATE delivery SET local_date = 'monday'", /./],
    ["the day that it went out on is none", "UPDATE delivery SET sent_on = 'monday'", /./],
    ["its state is none", "UPDATE delivery SET state = 'lost'", /./],
    ["its kind is none", "UPDATE delivery SET kind = 'monthly'", /./],
    ["its reason is none", "UPDATE delivery SET reason = 'because'", /./],
  ])("is refused as a delivery when %s", async (_, damage, why) => {
    const store = await damaged(damage);
    await expect(store.deliveries(alex.id, 10)).rejects.toThrow(why);
  });
  test.each([
    ["its day is none", "UPDATE prompt SET local_date = 'monday'"],
    ["its kind is none", "UPDATE prompt SET kind = 'monthly'"],
  ])("is refused as a prompt when %s", async (_, damage) => {
    const store = await damaged(damage);
    await expect(store.prompts(alex.id)).rejects.toThrow();
    await expect(store.due(at("23:00"), 10)).rejects.toThrow();
  });
  test("is refused as a person to whom something is due, is said, or who is active", async () => {
    const store = await damaged(`UPDATE user SET preferences = '{"restNudges":"my knee hurts"}'`);
    const why = /^Read the preferences of user "user-1": restNudges: (?!.*knee)/;
    await expect(store.due(at("23:00"), 10)).rejects.toThrow(why);
    await expect(store.usersWithPrompts(undefined, 10)).rejects.toThrow(why);
    await expect(store.findAddressee(alex.id)).rejects.toThrow(why);
  });
});
