/** Imports: the parsed rows of a file, the reasons to refuse it, and its limits. */

import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Session } from "./session.ts";
import type { User } from "./user.ts";

/** A session of an imported file. Without `loggedAt` it counts as logged now. */
export type ParsedRow = Omit<Session, "id" | "userId" | "loggedAt" | "origin" | "batch"> & {
  readonly id?: SessionId;
  readonly loggedAt?: Temporal.Instant;
};

/** Faults of a whole file. */
export type FileRefusalKind =
  | "elsewhere"
  | "too-large"
  | "unreachable"
  | "encoding"
  | "no-form"
  | "newer"
  | "columns"
  | "cells"
  | "empty"
  | "too-many"
  | "too-heavy"
  | "long-line"
  | "setting"
  | "busy"
  | "crowded";

/** Faults of one row. */
export type RowRefusalKind =
  | "date"
  | "two-ways"
  | "future"
  | "too-old"
  | "logged-at"
  | "shares"
  | "word"
  | "minutes"
  | "activity"
  | "intensity"
  | "note"
  | "form"
  | "day-full";

/** Why a whole file is refused: the kind, the quoted fault, and for a row its number as an editor counts lines. */
export type ImportRefusal =
  | { readonly kind: FileRefusalKind; readonly said: string }
  | { readonly kind: RowRefusalKind; readonly said: string; readonly row: number };

/** The result of parsing a row. */
export type RowResult = ParsedRow | ImportRefusal;

/** Whether a row was refused. */
export function isRefused(read: ParsedRow | ImportRefusal): read is ImportRefusal {
  return "kind" in read;
}

/** The earliest day that an import may hold. */
export const earliestDay: Temporal.PlainDate = Temporal.PlainDate.from("1900-01-01");

/** Limits: bytes of a file, sessions, and characters of one line or session. 100,000 sessions in our JSON take 20 MB. */
export const importLimits = { bytes: 32 * 1024 * 1024, sessions: 100_000, letters: 65_536 } as const;

/** Whether a file of that name may hold sessions. Pictures do not. */
export function mayHoldSessions(name: string): boolean {
  return /\.(?:csv|tsv|txt|json)$/i.test(name);
}

/** An attached file. `isElsewhere` marks a file that is stored outside the platform. */
type Sent = { readonly name: string; readonly isElsewhere?: boolean };

/** Whether to handle the file as an import. A file in a cloud drive may have any name; sent without text (`isAlone`), it counts. */
export function isForImport({ name, isElsewhere = false }: Sent, isAlone: boolean): boolean {
  return mayHoldSessions(name) || (isElsewhere && isAlone);
}

/** The progress of a user's import. */
export type ImportProgress =
  | { readonly kind: "reading"; readonly done: number; readonly of: number }
  /** The first refusals, and the count of all. */
  | { readonly kind: "refused"; readonly refusals: readonly ImportRefusal[]; readonly count: number }
  | { readonly kind: "ready"; readonly importId: UserId; readonly newCount: number; readonly duplicateCount: number }
  | { readonly kind: "failed"; readonly reference: string };

/** An import and the number of its sessions. `id` is the detached user that holds them before confirmation and after undo. */
export type ImportRef = { readonly id: UserId; readonly count: number };

/** A staged import, with its settings and the first and last day of its sessions. */
export type StagedImport = {
  readonly user: User;
  readonly count: number;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
};
