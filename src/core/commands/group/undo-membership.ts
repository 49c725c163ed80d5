/** Undo and redo of changes to a user's own membership. Neither ever shows more to the others. */

import { type LastAction, type Final, type MemberEdit, toggledAction } from "#core/model/last-action.ts";
import type { Change } from "#core/model/changes/index.ts";
import { withData } from "#core/command.ts";
import { type Member, type Membership, shares } from "#core/model/group.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Block, buttons } from "#core/model/reply.ts";
import { type Step, type RequestContext, type Result, say } from "#core/model/context.ts";
import { sayFinal, sayOut, sayToggledRest, sayShareBack } from "#core/voice/undo.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** Whether `share` lets others see less than `than`. */
export function isNarrower(share: Member["share"], than: Member["share"]): boolean {
  return shares.indexOf(share) < shares.indexOf(than);
}

/** Undoes or redoes `lastAction`. Refused if the group or the membership has changed since. */
export function toggleMembership(lastAction: LastAction, edit: MemberEdit, context: RequestContext): Step {
  return withData({ memberships: true }, ({ memberships }): Step => {
    const here = memberships.find(({ group }) => group.id === edit.after.groupId);
    const shown = lastAction.undone ? wider(edit) : undefined;
    if (shown) return say(...sayFinal(shown));
    if (!here || !isAsLeft(here.member, edit, lastAction.undone)) return refuse("stale-undo", "", "/group");
    return turned(lastAction, { edit, here, known: context });
  });
}

/** The refusal of a redo that would show more to the others: the user has to do that explicitly. */
function wider({ before, after: then }: MemberEdit): Final | undefined {
  if (!before) return { what: "group-left" };
  if (!isNarrower(before.share, then.share)) return undefined;
  return { what: "share-narrowed", instead: `/group share ${then.groupId} ${then.share}` };
}

function isAsLeft(now: Member, { before = now, after: then }: MemberEdit, undone: boolean): boolean {
  const left = undone ? before : then;
  return now.share === left.share && String(now.restsOn) === String(left.restsOn);
}

type Turning = { readonly edit: MemberEdit; readonly here: Membership; readonly known: RequestContext };

function turned(lastAction: LastAction, { edit, here: { group, member }, known: { now } }: Turning): Result {
  const { before, after: then } = edit;
  const isUndo = !lastAction.undone;
  const outdated: Change = { kind: "board-invalidated", groupId: group.id, from: beginning, at: now };
  const done = (change: Change, block: Block, redo: boolean): Result => ({
    reply: {
      blocks: [block, buttons(...(redo ? [{ label: isUndo ? "Redo" : "Undo", says: `/undo ${lastAction.id}` }] : []), board(group.id))],
    },
    changes: [change, outdated, toggledAction(lastAction)],
  });
  if (!before) return done({ kind: "member-left", groupId: group.id, userId: member.userId }, sayOut(group), false);
  const { share, restsOn } = isUndo ? before : then;
  const back: Member = { ...member, share, restsOn };
  const isShare = before.share !== then.share;
  return done({ kind: "member-changed", member: back }, isShare ? sayShareBack(group, back) : sayToggledRest(group, isUndo), !isShare);
}

function board(id: string) {
  return { label: "Board", says: `/group board ${id}` };
}
