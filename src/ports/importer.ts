/** The port of importing: reading a file, and what a read file holds. */

import type { ExportedPerson } from "#core/data/export-schema.ts";
import type { MessageId } from "#core/lib/ids.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { ImportProgress, ImportRefusal } from "#core/model/import.ts";
import type { AccountKey, User } from "#core/model/user.ts";
import type { SentFile } from "./adapter.ts";

/** A file as it is handed to whoever reads it, maybe in another thread: plain values alone. `today` is an ISO date. */
export type Reading = {
  readonly bytes: Uint8Array;
  readonly today: string;
  readonly locale: string | undefined;
  readonly words: User["words"];
};

/** What comes of it: sessions in slices, or the first refusals and how many there are. */
export type ReadFile =
  | { readonly kind: "read"; readonly slices: readonly string[]; readonly count: number; readonly person: ExportedPerson | undefined }
  | {
      readonly kind: "refused";
      readonly refusals: readonly ImportRefusal[];
      readonly count: number;
      /** Whether the order of day and month in its dates would have helped. */
      readonly isUnordered?: boolean;
    };

/** Reads a file; `onRows` hears how many rows were read. "too-heavy" for one that takes more time or memory than there is. */
export type FileReader = (reading: Reading, onRows: (rows: number) => void) => Promise<ReadFile | "too-heavy">;

/** Reads files of sessions, beside everything else that is going on. */
export interface Importer {
  /** Begins to read; gives how far it is after a moment, which may be its end. Undefined where the same was begun before. */
  begin(file: SentFile, known: RequestContext, source: MessageId): Promise<ImportProgress | undefined>;
  /** How far the last file is that came from this account. */
  stateOf(account: AccountKey): ImportProgress | undefined;
}
