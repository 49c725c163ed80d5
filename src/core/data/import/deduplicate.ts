/** Tells which parsed rows are duplicates of sessions that exist. */

import type { Session } from "#core/model/session.ts";
import type { ParsedRow } from "#core/model/import.ts";

/** The content by which two sessions are the same: everything but their ids and times of logging. */
export function sessionContent({ day, activity, minutes, intensity, note = "", word = "" }: ParsedRow | Session): string {
  return JSON.stringify([day.toString(), activity, minutes, intensity, note, word]);
}

/** Tells new rows from duplicates, one after the other: by id, and by content as many times as that content exists. */
export function createDeduplicator() {
  const ids = new Set<string>();
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  return {
    /** `session` is there. */
    add(session: Session): void {
      ids.add(session.id);
      counts.set(sessionContent(session), (counts.get(sessionContent(session)) ?? 0) + 1);
    },
    /** Whether it is new. An existing session matches one row of the same content at most. */
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
