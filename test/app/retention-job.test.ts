/** What has had its time goes by the clock. */

import { join } from "node:path";
import { expect, test } from "vitest";
import type { MessageId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createRetentionJob } from "#src/app/retention-job.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { createTestCoach } from "../support/coach.ts";
import { temporaryFolder } from "../support/program.ts";

const start = Temporal.Instant.from("2026-11-25T11:00:00Z");

function seen(source: string, at = start): Change {
  return { kind: "inbound-seen", source: source as MessageId, at };
}

async function isKnown(store: Store, source: string): Promise<boolean> {
  return (await store.commit([seen(source)])) === "stale";
}

test("what arrived is known for as long as the operator wants, and no longer", async () => {
  const store = createMemoryStore();
  let now = start;
  const deleteExpired = createRetentionJob({ store, clock: { now: () => now }, retentionDays: 14 });
  await store.commit([seen("early")]);
  now = start.add({ hours: 24 * 14 });
  await deleteExpired();
  expect(await isKnown(store, "early")).toBe(true);
  now = now.add({ hours: 2 });
  await deleteExpired();
  expect(await isKnown(store, "early")).toBe(false);
});

test("once an hour is often enough", async () => {
  const store = createMemoryStore();
  let count = 0;
  let now = start;
  const commit = (changes: readonly Change[]): ReturnType<Store["commit"]> => {
    count += 1;
    return store.commit(changes);
  };
  const counting = { ...store, commit };
  const deleteExpired = createRetentionJob({ store: counting, clock: { now: () => now } });
  await deleteExpired();
  expect(count).toBe(6);
  now = now.add({ minutes: 59 });
  await deleteExpired();
  expect(count).toBe(6);
  now = now.add({ minutes: 1 });
  await deleteExpired();
  expect(count).toBe(12);
});

test("twenty thousand old rows go in slices between which others are heard", async () => {
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db"), synchronous: "NORMAL" });
  await store.commit(Array.from({ length: 20_000 }, (_, index) => seen(`source ${index}`)));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 0);
  const clock = { now: () => start.add({ hours: 24 * 100 }) };
  await createRetentionJob({ store, clock })();
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
  expect(await isKnown(store, "source 1")).toBe(false);
  await store.close();
});

test("weekly feedback is not sent again after what was noted of it is gone", async () => {
  const store = createMemoryStore();
  const coach = createTestCoach({ store });
  await coach.hear("20 strength");
  await coach.travelTo("2026-11-30T12:00:00+01:00");
  const before = coach.sent.length;
  const clock = { now: () => Temporal.Instant.from("2026-11-30T12:00:00Z").add({ hours: 24 * 15 }) };
  await createRetentionJob({ store, clock, retentionDays: 14 })();
  expect(await coach.hear("/schedule")).not.toContain("What came last.");
  await coach.run();
  expect(coach.sent).toHaveLength(before);
});

test("a stop is heard between two lots, and the rest goes after the next start", async () => {
  const store = createMemoryStore();
  const clock = { now: () => start.add({ hours: 24 * 15 }) };
  const stop = new AbortController();
  let lots = 0;
  const commit: Store["commit"] = async (changes) => {
    lots += 1;
    if (lots === 2) stop.abort();
    return await store.commit(changes);
  };
  await store.commit(Array.from({ length: 1000 }, (_, index) => seen(`message ${index}`)));
  await createRetentionJob({ store: { ...store, commit }, clock, retentionDays: 14 })(stop.signal);
  expect(lots).toBe(2);
  await createRetentionJob({ store, clock, retentionDays: 14 })();
  expect(await isKnown(store, "message 999")).toBe(false);
});
