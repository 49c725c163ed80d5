/** A database that may go, or fill its disk, while the program runs: what cannot be kept is never confirmed, and whoever runs the coach is told once. */

import { dirname } from "node:path";
import { type Outage, outage } from "#core/model/store-unavailable.ts";
import type { Store } from "#src/ports/store.ts";
import Database from "better-sqlite3";
import { obstacleIn } from "./disk-errors.ts";
import { watchFiles } from "./file-presence.ts";

/** What is told: a sentence, and which outage it is of; undefined when one is over. */
export type OutageNews = { readonly outage: Outage | undefined; readonly words: string };

/** A store that is watched. */
export type WatchedStore = {
  /** Its commits and claims throw an outage where nothing could be written, or where it was written to a file that is not there any more. */
  readonly store: Store;
  /** Looks whether the files are there, and tells where they are not. */
  look(): void;
};

/** What SQLite says when the disk does not take what is written. Another process's lock is none of these. */
const unwritable = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/u;

/** Watches `store`, whose database is at `path` and open, and tells of the beginning and the end of an outage. */
export function watchStore(store: Store, path: string, tell: (news: OutageNews) => void): WatchedStore {
  const presence = watchFiles(path);
  let now: Outage | undefined;
  let isClosed = false;
  const turn = (to: Outage | undefined): void => {
    // What is gone stays gone: a file that is put back is opened by the next start.
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
    // A write that ends after the file was closed was kept: SQLite takes the log away when it closes a file.
    if (!isClosed) refuseGone();
    return result;
  };
  const commit: Store["commit"] = async (changes) => {
    const committed = await guard(() => store.commit(changes));
    // A claim of nothing, or what had been done before, writes nothing.
    if (committed === "done") turn(undefined);
    return committed;
  };
  const close = async (): Promise<void> => {
    look();
    isClosed = true;
    await store.close();
    // The log of a file that is gone would be mixed into whatever takes its place.
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
