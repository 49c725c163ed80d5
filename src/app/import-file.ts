/** Reads files of sessions in the background: all of a file or nothing, in slices with pauses for other work. */

import { settingsOf } from "#core/commands/settings/import-settings.ts";
import { createDeduplicator } from "#core/data/import/deduplicate.ts";
import { toJsonRow, type JsonRow, fromJsonRow } from "#core/data/import/packed.ts";
import { sessionIdOf, type MessageId, type UserId, userIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import { type FileRefusalKind, type ImportProgress, importLimits, type ParsedRow } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import type { AccountKey } from "#core/model/user.ts";
import { dateName } from "#core/phrases.ts";
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
const dayMinutes = 24 * 60;

/** A running import; `tell` reports its progress. */
type Job = ImporterDeps & { readonly context: RequestContext; readonly source: MessageId; tell(state: ImportProgress): void };

/** Creates an importer. One file is read at a time, and one of each user; queued files stay on their platform until their turn. */
export function createImporter(deps: ImporterDeps): Importer {
  // By account: a new user has no id while their first file is read.
  const states = new Map<string, ImportProgress>();
  const takeTurn = createTaskQueue();
  const keyOf = ({ platform, id }: AccountKey): string => `${platform} ${id}`;
  const tell = (id: string, state: ImportProgress): void => {
    states.delete(id);
    states.set(id, state);
    for (const oldest of states.keys()) if (states.size > limits.people) states.delete(oldest);
  };
  return {
    async begin(file, context, source) {
      const id = keyOf(context.account);
      if (states.get(id)?.kind === "reading") return refused("busy", file.name);
      if (takeTurn.waiting() >= limits.waiting) return refused("crowded", file.name);
      tell(id, { kind: "reading", done: 0, of: 0 });
      const job = { ...deps, context, source, tell: (state: ImportProgress) => tell(id, state) };
      const done = takeTurn.run(() => run(job, file));
      const state = await withTimeout(readTimeout, done, states.get(id));
      if (state === undefined) states.delete(id);
      return state?.kind === "reading" ? states.get(id) : state;
    },
    stateOf: (account) => states.get(keyOf(account)),
  };
}

/** Runs tasks one after the other. */
function createTaskQueue() {
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  return {
    waiting: (): number => count,
    async run<Value>(task: () => Promise<Value>): Promise<Value> {
      count += 1;
      const mine = last.then(task, task).finally(() => (count -= 1));
      last = mine;
      return await mine;
    },
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
  // An estimate on the high side, since the number of rows is unknown: a row has about fifty bytes.
  const of = Math.ceil(bytes.byteLength / 25);
  const read = await job.readFile({ bytes, today: today.toString(), locale, words: user.words }, (done) =>
    job.tell({ kind: "reading", done: Math.min(done, of / 2), of }),
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

/** Stages the new sessions: they stay invisible until the user confirms. */
async function stageImport(job: Job, read: Read): Promise<ImportProgress | undefined> {
  const { store, context, source, freshId } = job;
  const { fresh, count, full } = await deduplicate(job, read);
  if (full) return { kind: "refused", refusals: [{ kind: "day-full", said: dateName(full, context.today), row: 0 }], count: 1 };
  const importId = userIdOf(freshId());
  const { user, account, isNew, now } = context;
  const joined: readonly Change[] = isNew
    ? [
        { kind: "user-saved", user },
        { kind: "account-linked", account, userId: user.id },
      ]
    : [];
  const settings = read.person ? settingsOf(read.person) : {};
  const opened = await store.commit([
    { kind: "inbound-seen", source, at: now, from: { account, userId: isNew ? undefined : user.id } },
    ...joined,
    { kind: "imports-discarded", userId: user.id },
    { kind: "import-staged", user: { ...user, ...settings, id: importId, joinedAt: now }, of: user.id },
  ]);
  if (opened === "stale") {
    const found = await store.findUser(account);
    // Reported before; or the account was linked meanwhile and the comparison used another user's history.
    return found?.user.id === (isNew ? undefined : user.id) ? undefined : { kind: "failed", reference: importId };
  }
  await stageSessions(job, { batch: importId, fresh, count });
  return { kind: "ready", importId, newCount: count, duplicateCount: read.count - count };
}

type Deduplicated = { readonly fresh: readonly string[]; readonly count: number };

/** Stages one slice for each commit, with pauses for other work. */
async function stageSessions(
  { store, context, tell }: Job,
  { batch: importId, fresh, count }: Deduplicated & { readonly batch: UserId },
): Promise<void> {
  let at = 0;
  for (const slice of fresh) {
    const sessions = rowsOf(slice).map((one, index) => sessionOf(one, at + index, { batch: importId, context }));
    await store.commit(sessions.map((session) => ({ kind: "session-logged", session }) as const));
    at += sessions.length;
    tell({ kind: "reading", done: count + at, of: count * 2 });
    await yieldToEventLoop();
  }
}

function rowsOf(slice: string): readonly ParsedRow[] {
  return (JSON.parse(slice) as readonly JsonRow[]).map(fromJsonRow);
}

function sessionOf(
  parsed: ParsedRow,
  place: number,
  { batch: importId, context }: { readonly batch: UserId; readonly context: RequestContext },
): Session {
  const { now, originalOwnerId } = context;
  const id = parsed.id ?? sessionIdOf(`${importId}.${String(place).padStart(6, "0")}`);
  return { loggedAt: now, ...parsed, id, userId: importId, batch: importId, ...(originalOwnerId ? { origin: originalOwnerId } : {}) };
}

/** The new sessions in their order, and the first day with more than 24 hours. Yields after each slice. */
async function deduplicate(job: Job, { slices }: Read): Promise<Deduplicated & { readonly full: Temporal.PlainDate | undefined }> {
  const deduplicator = createDeduplicator();
  const days = createDays();
  await readHistory(job, (session) => {
    deduplicator.add(session);
    days.add(session);
  });
  const fresh: string[] = [];
  let count = 0;
  let full: Temporal.PlainDate | undefined;
  for (const slice of slices) {
    const rows = rowsOf(slice).filter((one) => deduplicator.isNew(one));
    full ??= rows.find((one) => !days.add(one))?.day;
    count += rows.length;
    if (rows.length > 0) fresh.push(JSON.stringify(rows.map(toJsonRow)));
    await yieldToEventLoop();
  }
  return { fresh, count, full };
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

/** Minutes by day; tells whether a day has room for one more session. */
function createDays() {
  const minutes = new Map<string, number>();
  return {
    add({ day, minutes: more }: Pick<Session, "day" | "minutes">): boolean {
      const key = day.toString();
      const sum = (minutes.get(key) ?? 0) + more;
      minutes.set(key, sum);
      return sum <= dayMinutes;
    },
  };
}
