/** Parsed rows as plain JSON values: passed between threads, and kept while they wait. */

import type { ParsedRow } from "#core/model/import.ts";

/** A session as JSON has it: days and instants are ISO text. */
export type JsonRow = Omit<ParsedRow, "day" | "loggedAt"> & { readonly day: string; readonly loggedAt?: string };

/** `row` as plain values. */
export function toJsonRow({ day, loggedAt, ...same }: ParsedRow): JsonRow {
  return { ...same, day: day.toString(), ...(loggedAt ? { loggedAt: loggedAt.toString() } : {}) };
}

/** The row that `toJsonRow` made plain. */
export function fromJsonRow({ day, loggedAt, ...same }: JsonRow): ParsedRow {
  return { ...same, day: Temporal.PlainDate.from(day), ...(loggedAt === undefined ? {} : { loggedAt: Temporal.Instant.from(loggedAt) }) };
}
