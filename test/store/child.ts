/** What a test does to a store from another process: `node child.ts <what> <path> [folder of migrations]`. */

import Database from "better-sqlite3";
import type { SessionId, SourceId } from "#core/brand.ts";
import { migrate, readMigrations, sqliteMigrations } from "#src/store/migrate.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { aSession, aUser } from "../support/build.ts";

const [what = "", path = "", folder = sqliteMigrations] = process.argv.slice(2);

switch (what) {
  case "open":
    open();
    break;
  case "commit":
    await commitForEver();
    break;
  case "migrate":
    migrateUntilKilled();
    break;
  default:
    throw new Error(`Run the child: "${what}" is not open, commit or migrate`);
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
      { kind: "inbound-seen", source: id as SourceId, at },
      { kind: "session-logged", session: aSession({ id: id as SessionId }) },
    ]);
    console.log(id);
  }
}

/** Migrates, with `die()` at hand in SQL: the process ends there as if it were killed. */
function migrateUntilKilled(): void {
  const client = new Database(path);
  client.function("die", () => process.kill(process.pid, "SIGKILL"));
  migrate(client, readMigrations(folder));
}
