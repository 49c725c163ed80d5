/** A file of the version that only answered opens under the current schema with all that it held. */

import { join } from "node:path";
import type { ActionId, ActivityId, Minutes, PlatformName, ClarificationId, SessionId, UserId } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createUser } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { readMigrations, sqliteMigrations } from "#src/store/sqlite/migrate.ts";
import { connectSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import { expect, test } from "vitest";
import { aDelivery, always, aPrompt, at, day, everything, queued, seen, set, here } from "../contracts/store/fixtures.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();
const [first, ...since] = readMigrations(sqliteMigrations);

const session = {
  id: "s1",
  userId: "u1",
  activity: "kettlebell",
  intensity: "vigorous",
  minutes: 30,
  shares: { strength: 0.5, aerobic: 0.5 },
  day: "2026-11-20",
  loggedAt: "2026-11-20T06:30:00Z",
  note: "felt 💪",
};
const preferences = { quietHours: null, over65: true, words: { kb: "kettlebell" } };
const settings = {
  id: "u1",
  joinedAt: 1_793_606_400_000,
  timeZone: "Pacific/Auckland",
  firstDay: 7,
  preferences: JSON.stringify(preferences),
};
const before = { ...settings, preferences: "{}" };
const asked = { text: "20 kb", saidOn: "2026-11-23", answered: [], answers: [{ kind: "drop" }] };

/** A row of every table, as that version wrote it. */
const rows: readonly (readonly [table: string, values: readonly unknown[]])[] = [
  ["user", Object.values(settings)],
  ["user", ["u2", 0, "UTC", 1, "{}"]],
  ["account", ["console", "1", "u1", "Alex"]],
  ["account", ["discord", "1", "u1", "אלכס"]],
  ["account", ["console", "2", "u2", ""]],
  ["session", ["s1", "u1", "kettlebell", "vigorous", 30, 0.5, 0.5, "2026-11-20", 1_795_156_200_000, "felt 💪", null]],
  ["act", ["u1", "a1", 1, JSON.stringify([{ after: session }]), JSON.stringify({ before, after: settings })]],
  ["question", ["u1", "q1", JSON.stringify(asked)]],
  ["inbound", ["i1", 1_793_606_400_000]],
];

/** A file that only the first migration made, with `rows`. */
function anOldFile(): string {
  const path = join(folder(), "sweetspot.db");
  const { client } = connectSqlite({ path, migrations: first ? [first] : [] });
  for (const [table, values] of rows) client.prepare(`INSERT INTO "${table}" VALUES (${values.map(() => "?").join()})`).run(...values);
  client.close();
  return path;
}

async function expectAll(store: Store): Promise<void> {
  const alex = createUser("u1" as UserId, "Pacific/Auckland" as TimeZone, Temporal.Instant.fromEpochMilliseconds(1_793_606_400_000));
  const user = { ...alex, firstDay: 7, quietHours: undefined, over65: true, words: { kb: "kettlebell" as ActivityId } } as const;
  const logged: Session = {
    id: "s1" as SessionId,
    userId: user.id,
    activity: "kettlebell" as ActivityId,
    intensity: "vigorous",
    minutes: 30 as Minutes,
    shares: { strength: 0.5, aerobic: 0.5 },
    day: day("2026-11-20"),
    loggedAt: Temporal.Instant.from("2026-11-20T06:30:00Z"),
    note: "felt 💪",
  };
  const open = { isOpen: true, isTold: false };
  const [console, discord] = [
    { platform: "console" as PlatformName, id: "1", name: "Alex" },
    { platform: "discord" as PlatformName, id: "1", name: "אלכס" },
  ];
  for (const account of [console, discord])
    expect(await store.findUser(account)).toStrictEqual({
      user,
      version: 0,
      isActive: false,
      reach: open,
      platformTimeZone: undefined,
      isMember: false,
      hasBoundChannel: false,
      originalOwnerId: undefined,
      hasSwitchedAccount: true,
      hasLostSettings: false,
    });
  expect((await store.findUser({ ...console, id: "2" }))?.user.id).toBe("u2");
  expect(await store.findAddressee(user.id)).toStrictEqual({
    user,
    accounts: [
      { account: console, reach: open },
      { account: discord, reach: open },
    ],
  });
  expect(await store.page(user.id, everything)).toStrictEqual([logged]);
  expect(await store.sessions("u2" as UserId, always)).toStrictEqual([]);
  const act = { id: "a1" as ActionId, userId: user.id, undone: true, sessions: [{ after: logged }] };
  expect(await store.findAct(user.id)).toStrictEqual({ ...act, user: { before: { ...alex, firstDay: 7 }, after: user } });
  const question = { id: "q1" as ClarificationId, userId: user.id, ...asked, saidOn: day(asked.saidOn) };
  expect(await store.findQuestion(user.id)).toStrictEqual(question);
  expect(await store.commit([seen("i1")])).toBe("stale");
}

test("a file of the first version keeps every row, with reachable accounts that were shown no notice, and nobody active", async () => {
  const path = anOldFile();
  const { store, isNew, copy } = openSqlite({ path });
  expect({ isNew, copy }).toStrictEqual({ isNew: false, copy: `${path}.before-${since[0]?.name}` });
  await expectAll(store);
  expect(await store.usersWithPrompts(undefined, 10)).toStrictEqual([]);
  expect(await store.due(at("23:00"), 10)).toStrictEqual([]);
  expect(await store.claim(at("23:00"), at("23:30"), 10, here)).toStrictEqual([]);
  expect(await store.nextAt()).toBeUndefined();
  await store.close();
});

test("a file of the first version can be woken, and opens again as it is", async () => {
  const path = anOldFile();
  const userId = "u1" as UserId;
  const { store } = openSqlite({ path });
  await store.commit([set(aPrompt({ userId })), queued(aDelivery({ userId })), { kind: "noted", name: "rules", value: "2026b" }]);
  await store.close();
  const again = openSqlite({ path });
  expect(again.copy).toBeUndefined();
  expect(await again.store.usersWithPrompts(undefined, 10)).toHaveLength(1);
  expect(await again.store.claim(at("07:00"), at("07:30"), 10, here)).toHaveLength(1);
  expect(await again.store.findNote("rules")).toBe("2026b");
});

test("a file from before groups keeps what is in its outbox, to be claimed as it was", async () => {
  const path = join(folder(), "sweetspot.db");
  const old = connectSqlite({ path, migrations: readMigrations(sqliteMigrations).slice(0, 3) });
  const delivery = aDelivery({ userId: "u1" as UserId, statedNumbers: { strength: 45, aerobic: 150 }, fence: 2 });
  old.client.prepare("INSERT INTO user VALUES ('u1', 0, 'UTC', 1, '{}')").run();
  old.client.prepare("INSERT INTO account (platform, id, user_id, name) VALUES ('console', '1', 'u1', 'Alex')").run();
  const { key, kind, localDate: on, dueAt, expiresAt } = delivery;
  const values = [key, "u1", kind, on.toString(), dueAt.epochMilliseconds, expiresAt.epochMilliseconds, "queued", dueAt.epochMilliseconds];
  old.client
    .prepare(`INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, 2, 0, NULL, NULL, ?, NULL, NULL)`)
    .run(...values, JSON.stringify(delivery.statedNumbers));
  old.client.close();
  const { store } = openSqlite({ path });
  expect(await store.claim(at("07:00"), at("07:30"), 10, here)).toStrictEqual([{ ...delivery, fence: 3, nextAt: at("07:30") }]);
  await store.close();
});

test("the copy that is taken of a file of the first version is that file, as that version reads it", async () => {
  const path = anOldFile();
  await openSqlite({ path }).store.close();
  const { client, applied } = connectSqlite({ path: `${path}.before-${since[0]?.name}`, migrations: first ? [first] : [] });
  expect(applied).toStrictEqual([]);
  const tables = [...new Set(rows.map(([table]) => table))];
  const held = tables.map((table) => client.prepare(`SELECT * FROM "${table}"`).raw().all());
  expect(held.map((inTable) => inTable.length)).toStrictEqual([2, 3, 1, 1, 1, 1]);
  expect(held.flat()).toStrictEqual(expect.arrayContaining(rows.map(([, values]) => values)));
});
