/** The writers of all kinds of change. The statements are prepared once and are the same on every database. */

import type { Change, ChangeOf } from "#core/model/changes/index.ts";
import type { Tables } from "#drizzle/schema.ts";
import { dataWriters } from "#src/store/sql/data/writes.ts";
import { groupWriters } from "#src/store/sql/groups/writes.ts";
import { installationWriters } from "#src/store/sql/installations/installations.ts";
import { linkWriters } from "#src/store/sql/linking/writes.ts";
import { promptWriters } from "#src/store/sql/outbox/prompt-writes.ts";
import { answerWriters } from "#src/store/sql/outbox/unanswered-rows.ts";
import { outboxWriters } from "#src/store/sql/outbox/writes.ts";
import { sessionWriters } from "#src/store/sql/sessions/writes.ts";
import { userWriters } from "#src/store/sql/users/writes.ts";
import type { Db, Values, Write, Writers } from "./statement.ts";

const writers: Writers = {
  ...userWriters,
  ...sessionWriters,
  ...promptWriters,
  ...outboxWriters,
  ...answerWriters,
  ...groupWriters,
  ...linkWriters,
  ...dataWriters,
  ...installationWriters,
};

/** A change, bound to the values of its statements. */
export type BoundWrite = { readonly kind: Change["kind"]; readonly values: Values };

/** `change` as the values of its statements. */
export function bindWrite(change: Change): BoundWrite {
  return { kind: change.kind, values: valuesOf(change.kind, change) };
}

function valuesOf<Kind extends Change["kind"]>(kind: Kind, change: ChangeOf<Kind>): Values {
  return writers[kind].values(change);
}

/** The statements by kind of change, prepared over `db`. Building one takes several times as long as running it. */
export function prepareWrites(db: Db, tables: Tables): ReadonlyMap<string, readonly Write[]> {
  return new Map(Object.entries(writers).map(([kind, writer]) => [kind, writer.prepare(db, tables)]));
}
