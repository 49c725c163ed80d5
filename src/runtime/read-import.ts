/** Reads the bytes of a file row by row: returns all of its sessions, or its errors. */

import { findBadSetting, settingsOf } from "#core/commands/settings/import-settings.ts";
import { findColumns, separatorOf } from "#core/data/import/columns.ts";
import { type Order, orderIn, orderOf } from "#core/data/import/dates.ts";
import { textOf } from "#core/data/import/decode-text.ts";
import { readExport, type ReadEnd } from "#core/data/import/from-export.ts";
import { packRows } from "#core/data/import/packed.ts";
import { readRow } from "#core/data/import/parse-row.ts";
import { userIdOf } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { type FileRefusalKind, importLimits, type ImportRefusal, isRefused, type ParsedRow, type RowResult } from "#core/model/import.ts";
import { createUser, type User } from "#core/model/user.ts";
import type { ReadFile, Reading } from "#src/ports/importer.ts";
import { type CsvEnd, type CsvRow, readCsv } from "./csv-reader.ts";

/** Refusals that are reported at most. */
const mostRefusals = 3;
/** Rows of a slice, which is one commit: some milliseconds including the disk. */
const sliceRows = 100;

type Rows = AsyncGenerator<RowResult, ReadEnd> | Generator<RowResult, ReadEnd>;
type Asked = Omit<Reading, "bytes" | "today"> & { readonly today: Temporal.PlainDate };

/** Reads the whole file. `pause` is awaited after every few rows and gets the number of rows so far. */
export async function readFile({ bytes, ...reading }: Reading, pause: (rows: number) => Promise<void>): Promise<ReadFile> {
  const text = textOf(bytes);
  if (text === undefined) return refused("encoding", "");
  const asked = { ...reading, today: Temporal.PlainDate.from(reading.today) };
  if (/^\s*[{[]/u.test(text))
    return await gather(
      readExport(text, asked.today, (person) => findBadSetting(settingsOf(person), someone(asked), asked.today)),
      pause,
    );
  // A first line "sep=", written for spreadsheets, names the separator.
  const body = text.replace(/^sep=.\r?\n/iu, "");
  const found = await gather(readTable(body, undefined, asked), pause);
  if (found.kind === "read" || !found.isUnordered) return found;
  const order = orderOf(await findOrder(body, pause), asked.locale);
  return order === undefined ? found : await gather(readTable(body, order, asked), pause);
}

function refused(kind: FileRefusalKind, said: string): ReadFile {
  return { kind: "refused", refusals: [{ kind, said }], count: 1 };
}

/** A user with default settings. */
function someone({ today }: Asked): User {
  return createUser(userIdOf("nobody"), "UTC" as TimeZone, today.toZonedDateTime("UTC").toInstant());
}

/** The sessions of all rows. They are kept as text: objects would take three times the memory. */
async function gather(rows: Rows, pause: (rows: number) => Promise<void>): Promise<ReadFile> {
  const slices: string[] = [];
  const refusals: ImportRefusal[] = [];
  let slice: ParsedRow[] = [];
  let [count, bad, isUnordered] = [0, 0, false];
  const flush = (): void => {
    if (slice.length > 0) slices.push(packRows(slice));
    slice = [];
  };
  for (let next = await rows.next(); ; next = await rows.next()) {
    if (next.done) {
      flush();
      return ended(next.value, { slices, refusals, count, bad, isUnordered });
    }
    count += 1;
    const row = next.value;
    if (isRefused(row)) bad += 1;
    isUnordered ||= isRefused(row) && row.kind === "two-ways";
    if (isRefused(row) && refusals.length < mostRefusals) refusals.push(row);
    // A refused file needs no sessions.
    if (bad > 0) slice = [];
    else if (!isRefused(row)) slice.push(row);
    if (slice.length === sliceRows) flush();
    if (count % sliceRows === 0) await pause(count);
  }
}

type Gathered = {
  readonly slices: readonly string[];
  readonly refusals: readonly ImportRefusal[];
  readonly count: number;
  readonly bad: number;
  readonly isUnordered: boolean;
};

function ended(end: ReadEnd, { slices, refusals, count, bad, isUnordered }: Gathered): ReadFile {
  if ("refusal" in end) return { kind: "refused", refusals: [end.refusal], count: 1 };
  if (bad > 0) return { kind: "refused", refusals, count: bad, isUnordered };
  return count === 0 ? refused("empty", "") : { kind: "read", slices, count, person: end.person };
}

/** Parses the table of `text` row by row; stops at the limit of rows. */
async function* readTable(text: string, order: Order, { today, words }: Asked): AsyncGenerator<RowResult, ReadEnd> {
  const rows = tableOf(text);
  const header = await rows.next();
  if (header.done) return endOf(header.value) ?? { refusal: { kind: "empty", said: "" } };
  const columns = findColumns(header.value.cells);
  if ("kind" in columns) return { refusal: columns };
  let [count, bad] = [0, 0];
  for (let next = await rows.next(); ; next = await rows.next()) {
    if (next.done) return endOf(next.value) ?? { person: undefined };
    count += 1;
    if (count > importLimits.sessions) return { refusal: { kind: "too-many", said: String(importLimits.sessions) } };
    const row = readRow(next.value.cells, next.value.line, { columns, order, today, words, isBrief: bad >= mostRefusals });
    if (isRefused(row)) bad += 1;
    yield row;
  }
}

function tableOf(text: string): AsyncGenerator<CsvRow, CsvEnd> {
  const separator = separatorOf(firstLine(text));
  return readCsv(text, { separator, rows: importLimits.sessions + 1, letters: importLimits.letters });
}

function firstLine(text: string): string {
  const start = text.slice(0, importLimits.letters);
  const end = start.search(/\r|\n/u);
  return end < 0 ? start : start.slice(0, end);
}

function endOf(end: CsvEnd): ReadEnd | undefined {
  if (end === undefined) return undefined;
  const [kind, line] = "brokenAt" in end ? (["cells", end.brokenAt] as const) : (["long-line", end.tooLongAt] as const);
  return { refusal: { kind, said: String(line) } };
}

/** The order of day and month, from the first date that shows it. */
async function findOrder(text: string, pause: (rows: number) => Promise<void>): Promise<Order> {
  let at: number | undefined;
  let count = 0;
  for await (const { cells } of tableOf(text)) {
    at ??= dateColumn(cells);
    const order = orderIn((cells[at] ?? "").slice(0, 40));
    if (order) return order;
    count += 1;
    if (count % sliceRows === 0) await pause(count);
  }
  return undefined;
}

/** The index of the date column; -1 if the table has none. */
function dateColumn(header: readonly string[]): number {
  const columns = findColumns(header);
  return "kind" in columns ? -1 : columns.date;
}
