/**
 * What is done to many sessions, a slice at a time: a batch that is shown or hidden, and whoever goes with all that they logged.
 *
 * A commit only marks it; that is all or nothing, and survives a crash. Then slices follow, between which others are heard. Whoever it is about
 * is not answered before it is done, so that nobody sees half of it; what was under way when the process ended goes on when the file is opened.
 */

import { setImmediate as nextTurn } from "node:timers/promises";
import type { Change } from "#core/model/changes/index.ts";
import type { Pending } from "#drizzle/user-table.ts";
import type Database from "better-sqlite3";

/** Makes what was marked true. */
export type Mover = {
  /** Within a transaction: does at once what is little, so that nothing is left to follow. */
  begin(): void;
  /** Goes on with what was under way when the process ended, where anything was. */
  resume(): void;
  /** Goes on with all that is marked. Resolves when nothing is left, or the mover was stopped; rejects where the database fails. */
  run(): Promise<void>;
  /** Whether anything is marked that is being moved. */
  isBusy(): boolean;
  /** Resolves when nothing is marked any more of that person. */
  settled(userId: string): Promise<void>;
  /** Ends after the slice that is under way; what is left stays marked. */
  stop(): Promise<void>;
};

/** How many sessions are moved or deleted at once: some milliseconds. */
const atOnce = 100;

/** How many people are finished within one transaction. */
const mostAtOnce = 20;

/** After a commit with one of these there may be something to move. */
const moving: readonly Change["kind"][] = ["import-applied", "import-reverted", "imports-discarded", "user-forgotten", "detached-purged"];

/** Whether a commit of these changes may have marked anything. */
export function marks(steps: readonly { readonly kind: Change["kind"] }[]): boolean {
  return steps.some(({ kind }) => moving.includes(kind));
}

/** Somebody who is marked, and whose part they are. */
type Marked = { readonly id: string; readonly partOf: string | null; readonly pending: Pending };

/** Where a session stands among those of its person. */
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
  /** How many of `sessions` are left to be done at once after all of one person's; undefined where these were too many. */
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
      // Marked in the moment in which the last one ended.
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
      // Where the file fails now, it fails whoever asks next.
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

/** Everybody who is marked, parts before whose they are: what goes takes its parts along, and these must be empty by then. */
function prepareMarked(client: Database.Database): () => readonly Marked[] {
  const sql = 'select id, part_of as "partOf", pending from user where pending is not null order by part_of is null, id limit 50';
  const statement = client.prepare<[], Marked>(sql);
  return () => statement.all();
}

/** One slice of what is marked, from behind `at`; gives where it ended, and undefined when all of it is done. */
function prepareStep(client: Database.Database): (marked: Marked, at: Position) => Position | undefined {
  const behind = "user_id = @owner and (day, logged_at, id) > (@day, @loggedAt, @id)";
  const slice = client.prepare<[Record<string, unknown>], Position>(
    `select day, logged_at as "loggedAt", id from session where ${behind} order by day, logged_at, id limit ${atOnce}`,
  );
  const within = `${behind} and (day, logged_at, id) <= (@lastDay, @lastLoggedAt, @lastId)`;
  const statements = {
    shown: client.prepare(`update session set user_id = @to where ${within}`),
    hidden: client.prepare(`update session set user_id = @to where ${within} and batch = @to`),
    gone: client.prepare(`delete from session where ${within}`),
  };
  const done = client.prepare("update user set pending = null where id = @id and pending = @pending");
  const gone = client.prepare("delete from user where id = @id and pending = 'gone'");
  const still = client.prepare<[Record<string, unknown>], Marked>("select id from user where id = @id and pending = @pending");
  const take = (marked: Marked, at: Position): Position | undefined => {
    const { id, partOf, pending } = marked;
    // Turned round meanwhile, or gone: it is looked up again.
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
