/** The port of importing: the file to read, and the result. */

import type { ExportedPerson } from "#core/data/export-schema.ts";
import type { MessageId } from "#core/lib/ids.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { ImportProgress, ImportRefusal } from "#core/model/import.ts";
import type { AccountKey, User } from "#core/model/user.ts";
import type { SentFile } from "./adapter.ts";

/** A file for a reader that may run in another thread: plain values only. `today` is an ISO date. */
export type Reading = {
  readonly bytes: Uint8Array;
  readonly today: string;
  readonly locale: string | undefined;
  readonly words: User["words"];
};

/** The result: sessions in slices, or the first refusals and their total. */
export type ReadFile =
  | { readonly kind: "read"; readonly slices: readonly string[]; readonly count: number; readonly person: ExportedPerson | undefined }
  | {
      readonly kind: "refused";
      readonly refusals: readonly ImportRefusal[];
      readonly count: number;
      /** Whether the file would be readable if its dates showed the order of day and month. */
      readonly isUnordered?: boolean;
    };

/** Reads a file; `onRows` gets the number of rows read so far. "too-heavy" if the file exceeds the time or memory limit. */
export type FileReader = (reading: Reading, onRows: (rows: number) => void) => Promise<ReadFile | "too-heavy">;

/** Reads files of sessions in the background. */
export interface Importer {
  /** Starts reading; returns the progress after a short wait, possibly the result. Undefined if this message was started before. */
  begin(file: SentFile, known: RequestContext, source: MessageId): Promise<ImportProgress | undefined>;
  /** The progress of this account's last file. */
  stateOf(account: AccountKey): ImportProgress | undefined;
}
