/** Sessions that come in, as plain values: between threads, and while they wait. */

import type { Incoming } from "#core/model/import.ts";

/** A session as JSON has it: days and instants are ISO text. */
export type PackedRow = Omit<Incoming, "day" | "loggedAt"> & { readonly day: string; readonly loggedAt?: string };

/** `incoming` as plain values. */
export function pack({ day, loggedAt, ...same }: Incoming): PackedRow {
  return { ...same, day: day.toString(), ...(loggedAt ? { loggedAt: loggedAt.toString() } : {}) };
}

/** What `pack` made plain. */
export function unpack({ day, loggedAt, ...same }: PackedRow): Incoming {
  return { ...same, day: Temporal.PlainDate.from(day), ...(loggedAt === undefined ? {} : { loggedAt: Temporal.Instant.from(loggedAt) }) };
}
