/** Consequences: the further changes that follow from the changes that a command decided. */

import type { Change } from "#core/model/changes/index.ts";
import { withLastAction } from "#core/model/changes/undoing.ts";
import type { RequestContext, Result } from "#core/model/context.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { User } from "#core/model/user.ts";
import { invalidatedBoards } from "#core/schedule/stale-boards.ts";
import { changesSchedule, isLinking, isReturning, reschedule, startPrompts, userAfter } from "#core/schedule/start-prompts.ts";

/** All that a message changes. */
export type Consequences = {
  /** What was decided and what follows from it, in the order of the commit. Empty when nothing changes. */
  readonly changes: readonly Change[];
  /** The user after them. */
  readonly user: User;
  /** The prompts that start and that the user does not know of. */
  readonly started: readonly Prompt[];
};

/** What moving prompts needs. */
export type Schedule = {
  /** The user's prompts; read only if `movesPrompts` says so. */
  readonly prompts: readonly Prompt[];
  /** Minutes, 0 to 60, over which messages due at the same wall time are distributed. */
  readonly jitter: number;
};

/** The changes of the commit of a message. A result that stands alone starts no prompts and leaves the state of the account as it is. */
export function consequencesOf(
  { changes: decided, isAlone }: Pick<Result, "changes" | "isAlone">,
  context: RequestContext,
  schedule: Schedule,
): Consequences {
  const changes = withLastAction(decided, context);
  const begun = isAlone ? [] : startPrompts(changes, context, schedule.jitter);
  return {
    changes: [
      // Uses the memberships from before the changes: a deleted user is in no group afterwards.
      ...invalidatedBoards(changes, context),
      ...changes,
      ...begun.map((prompt) => ({ kind: "prompt-set", prompt }) as const),
      ...movedPrompts(changes, context, schedule),
      ...(isAlone ? [] : reachChanges(context)),
      ...lastSeenChange(context),
      ...(isAlone ? [] : resetChanges(changes, context)),
    ],
    user: userAfter(changes, context),
    // Linked users know the schedule of their other account.
    started: changes.some(isLinking) ? [] : begun,
  };
}

/** Whether `changes` move the prompts of the user: they change a schedule setting, or end a pause or a stop. */
export function movesPrompts(changes: readonly Change[], context: RequestContext): boolean {
  return isReturning(changes, context) || changesSchedule(changes, context);
}

/** The user's prompts, moved to the settings after `changes`. After a pause or a stop silence counts from today. */
export function movedPrompts(changes: readonly Change[], context: RequestContext, { prompts, jitter }: Schedule): readonly Change[] {
  if (!movesPrompts(changes, context)) return [];
  const { now, today } = context;
  const since = isReturning(changes, context) ? today : undefined;
  return reschedule(userAfter(changes, context), prompts, { now, jitter, since });
}

/** Marks the account as reachable again, since it just wrote to us. The user is told once if one of their channels was suspended. */
function reachChanges({ account, reach, hasUnreportedSuspension, user }: RequestContext): readonly Change[] {
  return [
    ...(reach.isOpen ? [] : [{ kind: "account-reached", account, reach: { isOpen: true, isTold: true } } as const]),
    ...(hasUnreportedSuspension ? [{ kind: "suspensions-reported", userId: user.id } as const] : []),
  ];
}

/** Records the account seen last, for a user with several accounts. No change if it is the same as before. */
function lastSeenChange({ hasSwitchedAccount, account, now }: RequestContext): readonly Change[] {
  return hasSwitchedAccount ? [{ kind: "account-seen", account, at: now }] : [];
}

/** Saves the defaults that replaced unreadable settings, so that the user is told only once. No change if the user is saved anyway. */
function resetChanges(changes: readonly Change[], { hasLostSettings, user }: RequestContext): readonly Change[] {
  const isSaved = changes.some((change) => change.kind === "user-saved" && change.user.id === user.id);
  return hasLostSettings && !isSaved ? [{ kind: "user-saved", user }] : [];
}
