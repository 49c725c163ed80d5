/** How `/undo` treats each kind of change. The compiler requires a line here for a new kind. */

import { finalAction, type FinalKind } from "#core/model/last-action.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";

/**
 * How `/undo` treats a change that a user's message caused:
 *
 * - "aside": not an action of the user, or only a side effect; their last action stays the same
 * - "part": a last action in the same commit holds what `/undo` needs
 * - any other: `/undo` cannot undo it, says so, and does not undo anything earlier
 */
type Undoing = "aside" | "part" | FinalKind;

const undoing: Readonly<Record<Change["kind"], Undoing>> = {
  "inbound-seen": "aside",
  "answer-claimed": "aside",
  "answer-shown": "aside",
  "user-saved": "part",
  "user-unchanged": "aside",
  "account-linked": "aside",
  "session-logged": "part",
  "session-removed": "part",
  "last-action-set": "part",
  "clarification-asked": "asked-back",
  "clarification-answered": "asked-back",
  "prompt-set": "aside",
  "prompt-moved": "aside",
  "prompt-dropped": "aside",
  "delivery-queued": "exported",
  "delivery-sending": "aside",
  "delivery-postponed": "aside",
  "delivery-ended": "aside",
  "delivery-updated": "aside",
  "delivery-routed": "aside",
  "deliveries-expired": "aside",
  "account-time-zone-updated": "aside",
  "account-reached": "aside",
  "installation-saved": "aside",
  "installation-removed": "aside",
  noted: "aside",
  // The user who could undo it is deleted.
  "user-forgotten": "aside",
  "import-staged": "aside",
  "import-applied": "part",
  "import-reverted": "part",
  "imports-discarded": "import-dropped",
  "session-set-aside": "aside",
  "session-restored": "aside",
  "users-linked": "linked",
  "user-unlinked": "unlinked",
  "account-seen": "aside",
  "link-code-made": "link-code-made",
  // A typing mistake, not an action.
  "link-code-dropped": "aside",
  "link-code-used": "aside",
  "wrong-code-entered": "aside",
  "inbounds-purged": "aside",
  "answers-purged": "aside",
  "deliveries-purged": "aside",
  "link-codes-purged": "aside",
  "wrong-codes-purged": "aside",
  "detached-purged": "aside",
  "group-saved": "group-set",
  "group-unchanged": "aside",
  "group-removed": "group-ended",
  "channel-bound": "channel-bound",
  "channel-freed": "channel-freed",
  // Any message from a user in a suspended channel reopens it.
  "channel-reopened": "aside",
  "channel-suspended": "aside",
  "suspensions-reported": "aside",
  "member-joined": "part",
  "member-changed": "part",
  "member-left": "group-left",
  "code-made": "code-made",
  cheered: "cheered",
  "group-prompt-set": "aside",
  "group-prompt-moved": "aside",
  "group-prompt-dropped": "aside",
  "week-kept": "aside",
  "board-invalidated": "aside",
  "boards-invalidated": "aside",
};

/** Adds a last action to `changes` if the user acted and none is there. Otherwise `/undo` would undo something earlier. */
export function withLastAction(changes: readonly Change[], { user, id }: Pick<RequestContext, "user" | "id">): readonly Change[] {
  if (changes.some(({ kind }) => kind === "last-action-set")) return changes;
  const done = changes.map(({ kind }) => undoing[kind]).find((how) => how !== "aside");
  if (done === undefined) return changes;
  return [...changes, finalAction(user.id, id, { what: done === "part" ? "other" : done })];
}
