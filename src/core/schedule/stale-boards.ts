/** Stale boards: which live channel messages a user's changes may have outdated. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import { beginning } from "./weekly-feedback.ts";
import { userAfter } from "./start-prompts.ts";

/** Invalidates the live messages in the channels of the user's groups. Empty for a user in no group. */
export function invalidatedBoards(changes: readonly Change[], context: RequestContext): readonly Change[] {
  const from = context.isMember ? changedFrom(changes, context) : undefined;
  return from ? [{ kind: "boards-invalidated", userId: context.user.id, from, at: context.now }] : [];
}

/** The first affected day: the earliest logged day, or `beginning` when any week may be affected. Undefined when none is. */
function changedFrom(changes: readonly Change[], context: RequestContext): Temporal.PlainDate | undefined {
  const { user } = context;
  const after = userAfter(changes, context);
  const isRest = user.pauses !== after.pauses || user.isStopped !== after.isStopped;
  if (isRest || changes.some(({ kind }) => anyWeekKinds.includes(kind))) return beginning;
  const days = changes.flatMap((change) => (change.kind === "session-logged" ? [change.session.day] : []));
  return days.toSorted(Temporal.PlainDate.compare)[0];
}

/** Change kinds that can affect any week. */
const anyWeekKinds: readonly Change["kind"][] = ["session-removed", "import-applied", "import-reverted", "user-forgotten"];
