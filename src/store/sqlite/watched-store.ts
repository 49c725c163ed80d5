/** A store whose file may vanish or whose disk may fill up. It never confirms a commit that was lost, and reports an outage once. */

import { dirname } from "node:path";
import { type Outage, outage } from "#core/model/store-unavailable.ts";
import type { Store } from "#src/ports/store.ts";
import Database from "better-sqlite3";
import { obstacleIn } from "./disk-errors.ts";
import { watchFiles } from "./file-presence.ts";

/** A report to the operator. `outage` is undefined when an outage is over. */
export type OutageNews = { readonly outage: Outage | undefined; readonly words: string };

/** A store whose files are watched. */
export type WatchedStore = {
  /** Commits and claims throw an outage when the disk refused them, or when the file that they were written to is gone. */
  readonly store: Store;
  /** Checks whether the files are there. Reports an outage when they are not. */
  look(): void;
};

/** SQLite's codes for a disk that refuses a write. A lock of another process is not among them. */
const unwritable = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/u;

/** Watches `store` on the open database at `path`. Calls `tell` when an outage begins and when it ends. */
export function watchStore(store: Store, path: string, tell: (news: OutageNews) => void): WatchedStore {
  const presence = watchFiles(path);
  let now: Outage | undefined;
  let isClosed = false;
  const turn = (to: Outage | undefined): void => {
    // A file that is put back is used only after a restart.
    if (now === to || now === "gone") return;
    now = to;
    tell({ outage: to, words: newsOf(path, to) });
  };
  const look = (): void => {
    if (!presence.isThere()) turn("gone");
  };
  const refuseGone = (): void => {
    look();
    if (now === "gone") throw outage("gone");
  };
  const guard = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    refuseGone();
    const result = await write().catch((error: unknown) => {
      if (!isUnwritable(error)) throw error;
      turn("unwritable");
      throw outage("unwritable", error);
    });
    // SQLite removes the log when it closes the file. A write that ends after that was kept.
    if (!isClosed) refuseGone();
    return result;
  };
  const commit: Store["commit"] = async (changes) => {
    const committed = await guard(() => store.commit(changes));
    // Only a commit that is done proves that the disk takes writes. A claim of nothing and a stale commit write nothing.
    if (committed === "done") turn(undefined);
    return committed;
  };
  const close = async (): Promise<void> => {
    look();
    isClosed = true;
    await store.close();
    // SQLite would apply this log to the next database at the path.
    if (now === "gone") presence.putLogAside();
  };
  const claims = {
    claim: (...asked: Parameters<Store["claim"]>) => guard(() => store.claim(...asked)),
    claimOverdue: (...asked: Parameters<Store["claimOverdue"]>) => guard(() => store.claimOverdue(...asked)),
  };
  return { store: { ...store, ...claims, commit, close }, look };
}

function isUnwritable(error: unknown): boolean {
  return error instanceof Database.SqliteError && unwritable.test(error.code);
}

function newsOf(path: string, to: Outage | undefined): string {
  switch (to) {
    case "gone":
      return `The database "${path}" is gone: it was deleted, moved or replaced while the program ran. Nothing more is recorded, and the program ends. Put the file back, or a copy of it, and start again.`;
    case "unwritable":
      return `Nothing can be recorded in the database "${path}": ${obstacleIn(dirname(path)) ?? "it cannot be written to. Check the file and its disk"}. Until then people are told that nothing is recorded.`;
    case undefined:
      return `The database "${path}" can be written to again.`;
  }
}
