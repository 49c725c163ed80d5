/** Reads files of sessions beside everything else: all of a file or none, in slices between which others are answered. */

import { archiveForm } from "#core/archive-shape.ts";
import type { SessionId, SourceId, UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import { findColumns, separatorOf } from "#core/import/columns.ts";
import { orderOf } from "#core/import/dates.ts";
import { type FileRefusalKind, importLimits, type Importing, type Incoming, isRefused, type ReadRow } from "#core/import/incoming.ts";
import { createSieve } from "#core/import/known.ts";
import { readRow, readSession } from "#core/import/row.ts";
import { settingsOf } from "#core/import/settings.ts";
import { textOf } from "#core/import/text.ts";
import { placeOf } from "#core/place.ts";
import type { Session } from "#core/session.ts";
import type { Known } from "#core/situation.ts";
import { dateName } from "#core/voice/phrases.ts";
import type { AccountKey, User } from "#core/user.ts";
import { breathe, within } from "#src/breathe.ts";
import { readCsv } from "#src/import-csv.ts";
import type { Importer, SentFile } from "#src/own-ports.ts";
import type { Log, Store } from "#src/ports.ts";

/** What importing works with. */
export type ImporterDeps = { readonly store: Store; readonly log: Log; readonly freshId: () => string };

/** Milliseconds for which an answer waits for the end of the reading; a larger file goes on by itself. */
const patience = 1500;
const atOnce = 250;
/** How many refusals are told, and how many people's last file is remembered. */
const most = { refusals: 3, people: 500 } as const;
const dayMinutes = 24 * 60;

/** A job under way: it tells how far it is. */
type Job = ImporterDeps & { readonly known: Known; readonly source: SourceId; tell(state: Importing): void };

/** An importer over `deps`. */
export function createImporter(deps: ImporterDeps): Importer {
  // By account: somebody new is nobody yet while their first file is read.
  const states = new Map<string, Importing>();
  const keyOf = ({ platform, id }: AccountKey): string => `${platform} ${id}`;
  const tell = (id: string, state: Importing): void => {
    states.delete(id);
    states.set(id, state);
    for (const oldest of states.keys()) if (states.size > most.people) states.delete(oldest);
  };
  return {
    async begin(file, known, source) {
      const id = keyOf(known.account);
      tell(id, { kind: "reading", done: 0, of: 0 });
      const job = run({ ...deps, known, source, tell: (state) => tell(id, state) }, file);
      const state = await within(patience, job, states.get(id));
      if (state === undefined) states.delete(id);
      return state?.kind === "reading" ? states.get(id) : state;
    },
    stateOf: (account) => states.get(keyOf(account)),
  };
}

async function run(job: Job, file: SentFile): Promise<Importing | undefined> {
  try {
    const state = await read(job, file);
    if (state) job.tell(state);
    return state;
  } catch (error) {
    const failed = { kind: "failed", reference: job.freshId() } as const;
    job.log.error("import-failed", { reference: failed.reference, ...placeOf(error) });
    job.tell(failed);
    return failed;
  }
}

type Table = { readonly rows: readonly ReadRow[]; readonly settings: Partial<User> };

async function read(job: Job, file: SentFile): Promise<Importing | undefined> {
  if (file.size > importLimits.bytes) return refused("too-large", file.name);
  const bytes = await file.read(importLimits.bytes).catch((error: unknown) => job.log.warn("import-unread", placeOf(error)));
  if (!bytes) return refused("unreachable", file.name);
  const text = textOf(bytes);
  if (text === undefined) return refused("encoding", file.name);
  const table = /^\s*[{[]/u.test(text) ? await readJson(text, job) : await readTable(text, job);
  if ("kind" in table) return table;
  const incoming = table.rows.filter((row): row is Incoming => !isRefused(row));
  const refusals = table.rows.filter(isRefused);
  if (refusals.length > 0) return { kind: "refused", refusals: refusals.slice(0, most.refusals), count: refusals.length };
  if (incoming.length === 0) return refused("empty", file.name);
  return await stage(job, incoming, table.settings);
}

function refused(kind: FileRefusalKind, said: string): Importing {
  return { kind: "refused", refusals: [{ kind, said }], count: 1 };
}

async function readJson(text: string, { known, tell }: Job): Promise<Table | Importing> {
  const parsed = archiveForm.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refused(issue?.path[0] === "version" ? "newer" : "no-form", issue?.path.join(".") ?? "");
  }
  const { sessions, person } = parsed.data;
  if (sessions.length > importLimits.sessions) return refused("too-many", String(sessions.length));
  const rows: ReadRow[] = [];
  for (const [index, session] of sessions.entries()) {
    rows.push(readSession(session, index + 1, known.today));
    if (index % atOnce === 0) await step(tell, index, sessions.length * 2);
  }
  return { rows, settings: settingsOf(person) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readTable(text: string, { known, tell }: Job): Promise<Table | Importing> {
  // A line for spreadsheets says by what the cells are parted.
  const body = text.replace(/^sep=.\r?\n/iu, "");
  const separator = separatorOf(body.slice(0, Math.max(0, body.search(/\r|\n|$/u))));
  const csv = await readCsv(body, separator, importLimits.sessions + 1);
  if ("brokenAt" in csv) return refused("cells", String(csv.brokenAt));
  const [header, ...others] = csv;
  if (!header) return refused("empty", "");
  if (others.length > importLimits.sessions) return refused("too-many", String(importLimits.sessions));
  const columns = findColumns(header.cells);
  if ("kind" in columns) return { kind: "refused", refusals: [columns], count: 1 };
  const order = orderOf(
    others.map(({ cells }) => cells[columns.date] ?? ""),
    known.locale,
  );
  const reader = { columns, order, today: known.today, words: known.user.words };
  const rows: ReadRow[] = [];
  for (const [index, { cells, line }] of others.entries()) {
    rows.push(readRow(cells, line, reader));
    if (index % atOnce === 0) await step(tell, index, others.length * 2);
  }
  return { rows, settings: {} };
}

async function step(tell: Job["tell"], done: number, of: number): Promise<void> {
  tell({ kind: "reading", done, of });
  await breathe();
}

/** Keeps what is new aside, where nobody sees it until it is confirmed. */
async function stage(job: Job, incoming: readonly Incoming[], settings: Partial<User>): Promise<Importing | undefined> {
  const { store, known, source, freshId, tell } = job;
  const { fresh, full } = await sift(job, incoming);
  if (full) return { kind: "refused", refusals: [{ kind: "day-full", said: dateName(full, known.today), row: 0 }], count: 1 };
  const batch = freshId() as UserId;
  const { user, account, isNew, now } = known;
  const joined: readonly Change[] = isNew
    ? [
        { kind: "user-saved", user },
        { kind: "account-linked", account, userId: user.id },
      ]
    : [];
  const opened = await store.commit([
    { kind: "inbound-seen", source, at: now, from: { account, userId: isNew ? undefined : user.id } },
    ...joined,
    { kind: "batches-dropped", userId: user.id },
    { kind: "batch-opened", user: { ...user, ...settings, id: batch, joinedAt: now }, of: user.id },
  ]);
  if (opened === "stale") {
    const found = await store.findUser(account);
    // Said before; or they became somebody else meanwhile, and what was compared is not theirs.
    return found?.user.id === (isNew ? undefined : user.id) ? undefined : { kind: "failed", reference: batch };
  }
  for (let at = 0; at < fresh.length; at += atOnce) {
    const some = fresh.slice(at, at + atOnce);
    await store.commit(
      some.map((one, index) => ({ kind: "session-logged", session: sessionOf(one, at + index, { batch, known }) }) as const),
    );
    await step(tell, fresh.length + at, fresh.length * 2);
  }
  return { kind: "ready", batch, fresh: fresh.length, known: incoming.length - fresh.length };
}

function sessionOf(incoming: Incoming, place: number, { batch, known }: { readonly batch: UserId; readonly known: Known }): Session {
  const { now, origin } = known;
  const id = incoming.id ?? (`${batch}.${String(place).padStart(6, "0")}` as SessionId);
  return { loggedAt: now, ...incoming, id, userId: batch, batch, ...(origin ? { origin } : {}) };
}

/** What is new of it, in its order, and the first day that would have more than 24 hours. Looks a year at a time. */
async function sift({ store, known }: Job, incoming: readonly Incoming[]) {
  const byYear = Map.groupBy(incoming.entries(), ([, { day }]) => day.year);
  const fresh: (readonly [number, Incoming])[] = [];
  let full: Temporal.PlainDate | undefined;
  for (const [year, entries] of byYear) {
    const from = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    const sifted = siftYear(await store.sessions(known.user.id, { from, until: from.add({ years: 1 }) }), entries);
    fresh.push(...sifted.fresh);
    full ??= sifted.full;
    await breathe();
  }
  return { fresh: fresh.toSorted(([one], [other]) => one - other).map(([, one]) => one), full };
}

function siftYear(there: readonly Session[], entries: readonly (readonly [number, Incoming])[]) {
  const sieve = createSieve();
  const minutes = new Map<string, number>();
  const add = ({ day, minutes: more }: Incoming | Session): number => {
    const sum = (minutes.get(day.toString()) ?? 0) + more;
    minutes.set(day.toString(), sum);
    return sum;
  };
  for (const session of there) {
    sieve.keep(session);
    add(session);
  }
  const fresh = entries.filter(([, one]) => sieve.isNew(one));
  const full = fresh.find(([, one]) => add(one) > dayMinutes)?.[1].day;
  return { fresh, full };
}
