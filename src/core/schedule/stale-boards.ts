/** What somebody did, and which messages in their groups' channels it may have made untrue. */

import type { Change } from "#core/model/changes/index.ts";
import type { Known } from "#core/model/context.ts";
import { beginning } from "./weekly-feedback.ts";
import { userAfter } from "./start-prompts.ts";

/** That what stands in the channels of their groups is to be looked at again; nothing for whoever is in none. */
export function outdatedBy(changes: readonly Change[], known: Known): readonly Change[] {
  const from = known.isMember ? changedFrom(changes, known) : undefined;
  return from ? [{ kind: "boards-outdated", userId: known.user.id, from, at: known.now }] : [];
}

/** The first day that reads differently now: a session of that day, or any day where what was removed tells none, or rest was said or ended. */
function changedFrom(changes: readonly Change[], known: Known): Temporal.PlainDate | undefined {
  const { user } = known;
  const after = userAfter(changes, known);
  const isRest = user.pauses !== after.pauses || user.isStopped !== after.isStopped;
  if (isRest || changes.some(({ kind }) => sweeping.includes(kind))) return beginning;
  const days = changes.flatMap((change) => (change.kind === "session-logged" ? [change.session.day] : []));
  return days.toSorted(Temporal.PlainDate.compare)[0];
}

/** After these any week may read differently. */
const sweeping: readonly Change["kind"][] = ["session-removed", "batch-shown", "batch-hidden", "user-forgotten"];
