/** Reads files of sessions in the background: all of a file or nothing, in slices with pauses for other work. */

import { createRowFilter, type NewRows, openImport, stageSlice } from "#core/commands/stage-import.ts";
import { type MessageId, type UserId, userIdOf } from "#core/lib/ids.ts";
import { createRecent } from "#core/lib/recent.ts";
import { createQueue } from "#core/lib/serial.ts";
import type { RequestContext } from "#core/model/context.ts";
import { type FileRefusalKind, type ImportProgress, importLimits, type ImportRefusal } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import type { AccountKey } from "#core/model/user.ts";
import type { SentFile } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { FileReader, Importer, ReadFile } from "#src/ports/importer.ts";
import type { Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { yieldToEventLoop, withTimeout } from "#src/runtime/event-loop.ts";

/** Dependencies of the importer. */
export type ImporterDeps = {
  readonly store: Store;
  readonly log: Log;
  readonly freshId: () => string;
  readonly readFile: FileReader;
};

/** Milliseconds that a reply waits for the result; a larger file continues in the background. */
const readTimeout = 1500;
const batchSize = 250;
/** How many accounts' last file is remembered, and how many files may queue. */
const limits = { people: 500, waiting: 20 } as const;
/** Bytes of a row, roughly. The progress counts rows, and their number is not known before the file is read. */
const rowBytes = 50;

/** A running import; `tell` reports its progress. */
type Job = ImporterDeps & { readonly context: RequestContext; readonly source: MessageId; tell(state: ImportProgress): void };

/** Creates an importer. One file is read at a time, and one of each user; queued files stay on their platform until their turn. */
export function createImporter(deps: ImporterDeps): Importer {
  // By account: a new user has no id while their first file is read.
  const states = createRecent<ImportProgress>(limits.people);
  const inOrder = createQueue();
  let queued = 0;
  const keyOf = ({ platform, id }: AccountKey): string => `${platform} ${id}`;
  return {
    async begin(file, context, source) {
      const id = keyOf(context.account);
      if (states.get(id)?.kind === "reading") return refused("busy", file.name);
      if (queued >= limits.waiting) return refused("crowded", file.name);
      states.set(id, { kind: "reading", done: 0, of: 0 });
      const job = { ...deps, context, source, tell: (state: ImportProgress) => states.set(id, state) };
      queued += 1;
      const done = inOrder("", async () => await run(job, file)).finally(() => (queued -= 1));
      const state = await withTimeout(readTimeout, done, states.get(id));
      if (state === undefined) states.delete(id);
      return state?.kind === "reading" ? states.get(id) : state;
    },
    stateOf: (account) => states.get(keyOf(account)),
  };
}

async function run(job: Job, file: SentFile): Promise<ImportProgress | undefined> {
  try {
    const state = await read(job, file);
    if (state) job.tell(state);
    return state;
  } catch (error) {
    const failed = { kind: "failed", reference: job.freshId() } as const;
    job.log.error("import-failed", { reference: failed.reference, ...describeError(error) });
    job.tell(failed);
    return failed;
  }
}

async function read(job: Job, file: SentFile): Promise<ImportProgress | undefined> {
  if (file.size > importLimits.bytes) return refused("too-large", file.name);
  const got = await file.read(importLimits.bytes);
  if (got.kind !== "bytes") {
    job.log.warn("import-unread", { reason: got.kind, ...("code" in got ? { code: got.code } : {}) });
    return refused(got.kind, file.name);
  }
  const { bytes } = got;
  const { today, locale, user } = job.context;
  const rows = Math.ceil(bytes.byteLength / rowBytes);
  const read = await job.readFile({ bytes, today: today.toString(), locale, words: user.words }, (done) =>
    // Each row is read and then staged.
    job.tell({ kind: "reading", done: Math.min(done, rows), of: rows * 2 }),
  );
  if (read === "too-heavy") return refused("too-heavy", file.name);
  if (read.kind === "refused") return { kind: "refused", refusals: read.refusals, count: read.count };
  return await stageImport(job, read);
}

function refused(kind: FileRefusalKind, said: string): ImportProgress {
  return { kind: "refused", refusals: [{ kind, said }], count: 1 };
}

/** A file that was read and is to be staged. */
type Read = Extract<ReadFile, { readonly kind: "read" }>;

async function stageImport(job: Job, read: Read): Promise<ImportProgress | undefined> {
  const { store, context, source, freshId } = job;
  const found = await findNewRows(job, read);
  if ("kind" in found) return { kind: "refused", refusals: [found], count: 1 };
  const importId = userIdOf(freshId());
  if ((await store.commit(openImport({ importId, source, person: read.person }, context))) === "stale") {
    // The message was handled before; or the account was linked meanwhile and the comparison used another user's history.
    return (await store.hasSeen(source)) ? undefined : { kind: "failed", reference: importId };
  }
  await stageSessions(job, importId, found);
  return { kind: "ready", importId, newCount: found.count, duplicateCount: read.count - found.count };
}

/** Compares the file with the user's history. Yields after each slice. */
async function findNewRows(job: Job, { slices }: Read): Promise<NewRows | ImportRefusal> {
  const filter = createRowFilter(job.context);
  await readHistory(job, filter.addKnown);
  for (const slice of slices) {
    filter.addSlice(slice);
    await yieldToEventLoop();
  }
  return filter.end();
}

/** Commits one slice at a time, with pauses for other work. */
async function stageSessions({ store, context, tell }: Job, importId: UserId, { slices, count }: NewRows): Promise<void> {
  let first = 0;
  for (const slice of slices) {
    const changes = stageSlice(slice, { importId, first }, context);
    await store.commit(changes);
    first += changes.length;
    tell({ kind: "reading", done: count + first, of: count * 2 });
    await yieldToEventLoop();
  }
}

/** Reads all sessions of the user in slices. */
async function readHistory({ store, context }: Job, see: (session: Session) => void): Promise<void> {
  if (context.isNew) return;
  let after: Session | undefined;
  do {
    const some = await store.history(context.user.id, after, batchSize);
    for (const session of some) see(session);
    after = some.at(-1);
    await yieldToEventLoop();
  } while (after);
}
