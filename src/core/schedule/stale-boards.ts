/** What somebody did, and which messages in their groups' channels it may have made untrue. */

import type { Change } from "#core/model/changes/index.ts";
import type { Known } from "#core/model/context.ts";
import { beginning } from "./weekly-feedback.ts";
import { userAfter } from "./start-prompts.ts";

/** Invalidates the live messages in the channels of the user's groups; nothing for a user in no group. */
export function invalidatedBoards(changes: readonly Change[], known: Known): readonly Change[] {
  const from = known.isMember ? changedFrom(changes, known) : undefined;
  return from ? [{ kind: "boards-invalidated", userId: known.user.id, from, at: known.now }] : [];
}

/** The first day that reads differently now: a session of that day, or any day where what was removed tells none, or rest was said or ended. */
function changedFrom(changes: readonly Change[], known: Known): Temporal.PlainDate | undefined {
  const { user } = known;
  const after = userAfter(changes, known);
  const isRest = user.pauses !== after.pauses || user.isStopped !== after.isStopped;
  if (isRest || changes.some(({ kind }) => anyWeekKinds.includes(kind))) return beginning;
  const days = changes.flatMap((change) => (change.kind === "session-logged" ? [change.session.day] : []));
  return days.toSorted(Temporal.PlainDate.compare)[0];
}

/** After these any week may read differently. */
const anyWeekKinds: readonly Change["kind"][] = ["session-removed", "import-applied", "import-reverted", "user-forgotten"];
