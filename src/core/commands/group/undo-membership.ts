/** Taking back what somebody did about their own place in a group. What others see of them never grows by it. */

import { type Act, type Final, type MemberEdit, turnedAct } from "#core/model/last-action.ts";
import type { Change } from "#core/model/changes/index.ts";
import { after } from "#core/command.ts";
import { type Member, type Membership, shares } from "#core/model/group.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Block, buttons } from "#core/model/reply.ts";
import { type Decision, type Known, type Outcome, type Prepared, say } from "#core/model/context.ts";
import { sayFinal, sayOut, sayRestTurned, sayShareBack } from "#core/voice/undo.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** Whether `share` lets others see less than `than`. */
export function isNarrower(share: Member["share"], than: Member["share"]): boolean {
  return shares.indexOf(share) < shares.indexOf(than);
}

/** Takes `act` back, or does it again, where its group and their place in it are still as it left them. */
export function turnMember(act: Act, edit: MemberEdit, known: Known): Prepared {
  return after({ memberships: true }, ({ memberships }): Decision => {
    const here = memberships.find(({ group }) => group.id === edit.after.groupId);
    const shown = act.undone ? wider(edit) : undefined;
    if (shown) return say(...sayFinal(shown));
    if (!here || !isAsLeft(here.member, edit, act.undone)) return refuse("stale-undo", "", "/group");
    return turned(act, { edit, here, known });
  });
}

/** What doing it again would show the others, and is left to the person. */
function wider({ before, after: then }: MemberEdit): Final | undefined {
  if (!before) return { what: "group-left" };
  if (!isNarrower(before.share, then.share)) return undefined;
  return { what: "share-narrowed", instead: `/group share ${then.groupId} ${then.share}` };
}

function isAsLeft(now: Member, { before = now, after: then }: MemberEdit, undone: boolean): boolean {
  const left = undone ? before : then;
  return now.share === left.share && String(now.restsOn) === String(left.restsOn);
}

type Turning = { readonly edit: MemberEdit; readonly here: Membership; readonly known: Known };

function turned(act: Act, { edit, here: { group, member }, known: { now } }: Turning): Outcome {
  const { before, after: then } = edit;
  const isUndo = !act.undone;
  const outdated: Change = { kind: "board-invalidated", groupId: group.id, from: beginning, at: now };
  const done = (change: Change, block: Block, redo: boolean): Outcome => ({
    reply: { blocks: [block, buttons(...(redo ? [{ label: isUndo ? "Redo" : "Undo", says: `/undo ${act.id}` }] : []), board(group.id))] },
    changes: [change, outdated, turnedAct(act)],
  });
  if (!before) return done({ kind: "member-left", groupId: group.id, userId: member.userId }, sayOut(group), false);
  const { share, restsOn } = isUndo ? before : then;
  const back: Member = { ...member, share, restsOn };
  const isShare = before.share !== then.share;
  return done({ kind: "member-changed", member: back }, isShare ? sayShareBack(group, back) : sayRestTurned(group, isUndo), !isShare);
}

function board(id: string) {
  return { label: "Board", says: `/group board ${id}` };
}
