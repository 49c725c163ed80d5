/** Rows as text: passed between threads, and kept while an import is staged. Objects would take three times the memory. */

import type { ParsedRow } from "#core/model/import.ts";

/** A parsed row in JSON: days and instants are ISO text. */
type JsonRow = Omit<ParsedRow, "day" | "loggedAt"> & { readonly day: string; readonly loggedAt?: string };

/** `rows` as one slice. */
export function packRows(rows: readonly ParsedRow[]): string {
  return JSON.stringify(rows);
}

/** The rows of a slice: the inverse of `packRows`. */
export function unpackRows(slice: string): readonly ParsedRow[] {
  return (JSON.parse(slice) as readonly JsonRow[]).map(({ day, loggedAt, ...same }) => ({
    ...same,
    day: Temporal.PlainDate.from(day),
    ...(loggedAt === undefined ? {} : { loggedAt: Temporal.Instant.from(loggedAt) }),
  }));
}
