/** Parsed rows as plain JSON values: passed between threads, and stored while an import waits. */

import type { ParsedRow } from "#core/model/import.ts";

/** A parsed row in JSON: days and instants are ISO text. */
export type JsonRow = Omit<ParsedRow, "day" | "loggedAt"> & { readonly day: string; readonly loggedAt?: string };

/** `row` as plain JSON values. */
export function toJsonRow({ day, loggedAt, ...same }: ParsedRow): JsonRow {
  return { ...same, day: day.toString(), ...(loggedAt ? { loggedAt: loggedAt.toString() } : {}) };
}

/** The inverse of `toJsonRow`. */
export function fromJsonRow({ day, loggedAt, ...same }: JsonRow): ParsedRow {
  return { ...same, day: Temporal.PlainDate.from(day), ...(loggedAt === undefined ? {} : { loggedAt: Temporal.Instant.from(loggedAt) }) };
}
