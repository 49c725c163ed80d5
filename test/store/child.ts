/** What a test does to a store from another process: `node child.ts <what> <path> [folder of migrations]`. */

import { once } from "node:events";
import Database from "better-sqlite3";
import type { SessionId, MessageId } from "#core/lib/ids.ts";
import { migrate, readMigrations, sqliteMigrations } from "#src/store/sqlite/migrate.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { aDelivery, here } from "../contracts/store/fixtures.ts";
import { aSession, aUser } from "../support/builders.ts";

const [what = "", path = "", folder = sqliteMigrations] = process.argv.slice(2);

switch (what) {
  case "open":
    open();
    break;
  case "commit":
    await commitForEver();
    break;
  case "claim":
    await claimAll();
    break;
  case "migrate":
    migrateUntilKilled();
    break;
  default:
    throw new Error(`Run the child: "${what}" is not open, commit, claim or migrate`);
}

/** Says how opening ended. */
function open(): void {
  try {
    const { store, isNew, copy } = openSqlite({ path, migrations: readMigrations(folder) });
    console.log(JSON.stringify({ isNew, copied: copy !== undefined }));
    void store.close();
  } catch (error) {
    console.log(JSON.stringify({ refused: error instanceof Error ? error.message : error }));
  }
}

/** Says the number of each commit, after it. */
async function commitForEver(): Promise<void> {
  const { store } = openSqlite({ path });
  await store.commit([{ kind: "user-saved", user: aUser() }]);
  for (let count = 1; ; count += 1) {
    const id = `${count}`;
    const at = aSession().loggedAt;
    await store.commit([
      { kind: "inbound-seen", source: id as MessageId, at },
      { kind: "session-logged", session: aSession({ id: id as SessionId }) },
    ]);
    console.log(id);
  }
}

/** Says what it claims: one delivery at once, and, as soon as it hears anything, all that are left. */
async function claimAll(): Promise<void> {
  const { store } = openSqlite({ path, synchronous: "NORMAL" });
  const [now, until] = [aDelivery().dueAt, aDelivery().expiresAt];
  const claim = async (limit: number): Promise<number> => {
    const claimed = await patiently(() => store.claim(now, until, limit, here));
    for (const { key, fence } of claimed) console.log(`${key} under ${fence}`);
    return claimed.length;
  };
  await claim(1);
  await once(process.stdin, "data");
  process.stdin.destroy();
  while ((await claim(2)) > 0);
  await store.close();
}

/** What `work` gives, however long another process keeps the file locked. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  return work().catch((error: unknown) => {
    if (error instanceof Database.SqliteError && error.code === "SQLITE_BUSY") return patiently(work);
    throw error;
  });
}

/** Migrates, with `die()` at hand in SQL: the process ends there as if it were killed. */
function migrateUntilKilled(): void {
  const client = new Database(path);
  client.function("die", () => process.kill(process.pid, "SIGKILL"));
  migrate(client, readMigrations(folder));
}
