/** What a file holds before it is anybody's, and why it is not taken. */

import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Session } from "./session.ts";
import type { User } from "./user.ts";

/** A session that comes in. Where its file does not say when it was logged, it is now. */
export type ParsedRow = Omit<Session, "id" | "userId" | "loggedAt" | "origin" | "batch"> & {
  readonly id?: SessionId;
  readonly loggedAt?: Temporal.Instant;
};

/** What is wrong with a whole file. */
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

/** What is wrong with one of its rows. */
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

/** Why a file is not taken, none of it: what is at fault, in its own words, and for a row its number as an editor counts lines. */
export type ImportRefusal =
  | { readonly kind: FileRefusalKind; readonly said: string }
  | { readonly kind: RowRefusalKind; readonly said: string; readonly row: number };

/** What a row comes to. */
export type RowResult = ParsedRow | ImportRefusal;

/** Tells a refusal from a session. */
export function isRefused(read: ParsedRow | ImportRefusal): read is ImportRefusal {
  return "kind" in read;
}

/** The first day that is taken: nobody logs what was before it. */
export const earliestDay: Temporal.PlainDate = Temporal.PlainDate.from("1900-01-01");

/** The most that is read: bytes of a file, sessions, and letters of one line or one session. So many sessions of our own JSON are 20 MB. */
export const importLimits = { bytes: 32 * 1024 * 1024, sessions: 100_000, letters: 65_536 } as const;

/** Whether a file of that name may hold sessions. A picture that somebody sends does not. */
export function mayHoldSessions(name: string): boolean {
  return /\.(?:csv|tsv|txt|json)$/i.test(name);
}

/** A file as it was sent: its name, and whether it lies outside of the platform. */
type Sent = { readonly name: string; readonly isElsewhere?: boolean };

/** Whether it is answered. A file in a cloud drive may be called anything; where nothing is said beside it (`isAlone`), it is what was meant. */
export function isForImport({ name, isElsewhere = false }: Sent, isAlone: boolean): boolean {
  return mayHoldSessions(name) || (isElsewhere && isAlone);
}

/** How far the reading of somebody's file is. */
export type ImportProgress =
  | { readonly kind: "reading"; readonly done: number; readonly of: number }
  /** The first refusals, and of how many. */
  | { readonly kind: "refused"; readonly refusals: readonly ImportRefusal[]; readonly count: number }
  | { readonly kind: "ready"; readonly importId: UserId; readonly newCount: number; readonly duplicateCount: number }
  | { readonly kind: "failed"; readonly reference: string };

/** A batch, by the id under which it is kept aside until it is confirmed, and again when it is taken back; and how many sessions it has. */
export type ImportRef = { readonly id: UserId; readonly count: number };

/** A batch that is kept aside, with the settings that came with it and the days on which its sessions are. */
export type StagedImport = {
  readonly user: User;
  readonly count: number;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
};
