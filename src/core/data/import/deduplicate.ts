/** Deduplicator: finds parsed rows that duplicate existing sessions. */

import type { Session } from "#core/model/session.ts";
import type { ParsedRow } from "#core/model/import.ts";

/** The content that identifies duplicates: everything except id, log time and split. */
export function sessionContent({ day, activity, minutes, intensity, note = "", word = "" }: ParsedRow | Session): string {
  return JSON.stringify([day.toString(), activity, minutes, intensity, note, word]);
}

/** Checks rows one at a time. A row is a duplicate by id, or by content as often as that content exists. */
export function createDeduplicator() {
  const ids = new Set<string>();
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return {
    /** Registers an existing session. */
    add(session: Session): void {
      ids.add(session.id);
      counts.set(sessionContent(session), (counts.get(sessionContent(session)) ?? 0) + 1);
    },
    /** Whether `row` is new. Each existing session matches at most one row of equal content. */
    isNew(row: ParsedRow): boolean {
      const content = sessionContent(row);
      const left = counts.get(content) ?? 0;
      const isTwice = row.id !== undefined && seen.has(row.id);
      if (row.id !== undefined) seen.add(row.id);
      const isThere = isTwice || left > 0 || (row.id !== undefined && ids.has(row.id));
      if (left > 0 && !isTwice) counts.set(content, left - 1);
      return !isThere;
    },
  };
}
