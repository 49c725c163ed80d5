/**
 * Moves or deletes many sessions in slices: an import that is shown or hidden, and the sessions of a user who is deleted.
 *
 * A commit only marks the user: that is all or nothing, and survives a crash. The slices follow, and other work runs between them. The
 * user gets no reply until the last slice is done, so nobody sees half of it. Slices that a crash interrupted continue when the file is
 * opened.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Change } from "#core/model/changes/index.ts";
import type { Pending } from "#drizzle/user-table.ts";
import type Database from "better-sqlite3";

/** Does the work that commits have marked. */
export type Mover = {
  /** Finishes small work within the open transaction, so that no slices have to follow. */
  begin(): void;
  /** Continues the work that was left when the process ended, if there is any. */
  resume(): void;
  /** Does all marked work. Resolves when none is left or the mover was stopped; rejects when the database fails. */
  run(): Promise<void>;
  /** Whether `run` is at work. */
  isBusy(): boolean;
  /** Resolves when no marked work of that user is left. */
  settled(userId: string): Promise<void>;
  /** Stops after the current slice. The rest stays marked. */
  stop(): Promise<void>;
};

/** Sessions in one slice. A slice takes some milliseconds. */
const atOnce = 100;

/** Most users that `begin` finishes in one transaction. */
const mostAtOnce = 20;

/** Changes that may mark work. */
const moving: readonly Change["kind"][] = ["import-applied", "import-reverted", "imports-discarded", "user-forgotten", "detached-purged"];

/** Whether a commit of these changes may have marked work. */
export function marks(steps: readonly { readonly kind: Change["kind"] }[]): boolean {
  return steps.some(({ kind }) => moving.includes(kind));
}

/** A marked user, and the user to whom it belongs when it is detached. */
type Marked = { readonly id: string; readonly partOf: string | null; readonly pending: Pending };

/** The position of a session in its user's history. */
type Position = { readonly day: string; readonly loggedAt: number; readonly id: string };

const first: Position = { day: "", loggedAt: 0, id: "" };

/** A mover over an open file. */
export function createMover(client: Database.Database): Mover {
  const step = prepareStep(client);
  const marked = prepareMarked(client);
  let running: Promise<void> | undefined;
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted;
  const isBusy = (): boolean => running !== undefined;
  const moveAll = async (): Promise<void> => {
    for (let [one] = marked(); one && !isOver(); [one] = marked()) await moveOne(one);
  };
  const moveOne = async (one: Marked): Promise<void> => {
    for (let at: Position | undefined = first; at && !isOver(); at = step(one, at)) await nextTurn();
  };
  /** Finishes one user. Returns what is left of the budget of `sessions`; undefined when the budget was too small. */
  const finish = (one: Marked, sessions: number): number | undefined => {
    let left = sessions;
    for (let at = step(one, first); at; at = step(one, at)) {
      left -= atOnce;
      if (left <= 0) return undefined;
    }
    return left;
  };
  const run = async (): Promise<void> => {
    do {
      running ??= moveAll().finally(() => (running = undefined));
      await running;
      // A commit may mark work just as the last slice ends.
    } while (!isOver() && marked().length > 0);
  };
  return {
    begin() {
      let left: number | undefined = 2 * atOnce;
      for (const one of marked().slice(0, mostAtOnce)) {
        left = finish(one, left);
        if (left === undefined) return;
      }
    },
    resume() {
      // The next caller meets the same failure of the file and reports it.
      if (marked().length > 0) void run().catch(() => undefined);
    },
    run,
    isBusy,
    async settled(userId) {
      while (isBusy() && marked().some(({ id, partOf }) => id === userId || partOf === userId)) await nextTurn();
    },
    async stop() {
      over.abort();
      await running?.catch(() => undefined);
    },
  };
}

/** All marked users, detached ones first: deleting a user deletes its detached users, which must be empty by then. */
function prepareMarked(client: Database.Database): () => readonly Marked[] {
  const sql = 'select id, owner_id as "partOf", pending from user where pending is not null order by owner_id is null, id limit 50';
  const statement = client.prepare<[], Marked>(sql);
  return () => statement.all();
}

/** Does one slice after position `at`. Returns where it ended; undefined when all is done. */
function prepareStep(client: Database.Database): (marked: Marked, at: Position) => Position | undefined {
  const behind = "user_id = @owner and (day, logged_at, id) > (@day, @loggedAt, @id)";
  const slice = client.prepare<[Record<string, unknown>], Position>(
    `select day, logged_at as "loggedAt", id from session where ${behind} order by day, logged_at, id limit ${atOnce}`,
  );
  const within = `${behind} and (day, logged_at, id) <= (@lastDay, @lastLoggedAt, @lastId)`;
  const statements = {
    shown: client.prepare(`update session set user_id = @to where ${within}`),
    hidden: client.prepare(`update session set user_id = @to where ${within} and import_id = @to`),
    gone: client.prepare(`delete from session where ${within}`),
  };
  const done = client.prepare("update user set pending = null where id = @id and pending = @pending");
  const gone = client.prepare("delete from user where id = @id and pending = 'gone'");
  const still = client.prepare<[Record<string, unknown>], Marked>("select id from user where id = @id and pending = @pending");
  const take = (marked: Marked, at: Position): Position | undefined => {
    const { id, partOf, pending } = marked;
    // A later commit reversed the work or deleted the user. The caller looks it up again.
    if (!still.get({ id, pending })) return undefined;
    const [owner, to] = pending === "hidden" ? [partOf, id] : [id, partOf];
    const last = slice.all({ owner, ...at }).at(-1);
    if (last) statements[pending].run({ owner, to, ...at, lastDay: last.day, lastLoggedAt: last.loggedAt, lastId: last.id });
    else if (pending === "gone") gone.run({ id });
    else done.run({ id, pending });
    return last;
  };
  return client.transaction(take).immediate;
}
