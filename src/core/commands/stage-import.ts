/** Stages the sessions of a file: they stay invisible until the user confirms. */

import { settingsOf } from "#core/commands/settings/import-settings.ts";
import type { ExportedPerson } from "#core/data/export-schema.ts";
import { createDeduplicator } from "#core/data/import/deduplicate.ts";
import { packRows, unpackRows } from "#core/data/import/packed.ts";
import { type MessageId, sessionIdOf, type UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { joiningChanges } from "#core/model/changes/preconditions.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { ImportRefusal } from "#core/model/import.ts";
import type { Session } from "#core/model/session.ts";
import { dateName } from "#core/phrases.ts";
import { createDayTotals } from "#core/training/full-day.ts";

/** What a file adds to a history: slices of new rows, and their number. */
export type NewRows = { readonly slices: readonly string[]; readonly count: number };

/** Finds the new rows of a file, slice by slice, after all sessions of the user were added. Refuses more than 24 hours a day. */
export function createRowFilter({ today }: Pick<RequestContext, "today">) {
  const deduplicator = createDeduplicator();
  const totals = createDayTotals();
  const slices: string[] = [];
  let count = 0;
  let full: Temporal.PlainDate | undefined;
  return {
    /** Registers a session of the user. */
    addKnown(session: Session): void {
      deduplicator.add(session);
      totals.add(session);
    },
    /** Reads the next slice of the file. */
    addSlice(slice: string): void {
      const rows = unpackRows(slice).filter((row) => deduplicator.isNew(row));
      full ??= rows.find((row) => !totals.add(row))?.day;
      count += rows.length;
      if (rows.length > 0) slices.push(packRows(rows));
    },
    /** The new rows of all slices, in their order, or a refusal with the first full day. */
    end(): NewRows | ImportRefusal {
      return full ? { kind: "day-full", said: dateName(full, today), row: 0 } : { slices, count };
    },
  };
}

/** An import before it is staged. `person` is the settings of the file, if it has any. */
export type OpenedImport = { readonly importId: UserId; readonly source: MessageId; readonly person: ExportedPerson | undefined };

/**
 * The changes that open an import, in place of an earlier one. They touch nothing when the message was processed before or the account has
 * another owner now. The user's settings may have changed since: reading a file takes its time.
 */
export function openImport({ importId, source, person }: OpenedImport, context: RequestContext): readonly Change[] {
  const { user, account, isNew, now } = context;
  const settings = person ? settingsOf(person) : {};
  return [
    { kind: "inbound-seen", source, at: now, from: { account, userId: isNew ? undefined : user.id } },
    ...joiningChanges(context),
    { kind: "imports-discarded", userId: user.id },
    { kind: "import-staged", user: { ...user, ...settings, id: importId, joinedAt: now }, of: user.id },
  ];
}

/** The changes that add a slice to an opened import. `first` is the index of its first row in the file, from 0. */
export function stageSlice(
  slice: string,
  { importId, first }: { readonly importId: UserId; readonly first: number },
  { now, originalOwnerId }: Pick<RequestContext, "now" | "originalOwnerId">,
): readonly Change[] {
  return unpackRows(slice).map((row, index) => {
    const id = row.id ?? sessionIdOf(`${importId}.${String(first + index).padStart(6, "0")}`);
    const origin = originalOwnerId ? { origin: originalOwnerId } : {};
    return { kind: "session-logged", session: { loggedAt: now, ...row, id, userId: importId, batch: importId, ...origin } };
  });
}
