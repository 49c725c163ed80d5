/** What goes along with what somebody says, whatever it is: what is noted of them, and what is said below the answer. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Account, User } from "#core/model/user.ts";
import { sayCutOff } from "#core/voice/group.ts";
import { sayFirstPrompt, sayClosed, sayWelcome } from "#core/voice/help.ts";
import { sayReset } from "#core/voice/settings.ts";

/** Whoever says something is tried again, whatever became of the last message to them; of a channel of theirs that is closed they hear once. */
export function reachChanges(account: Account, { reach, hasUnreportedSuspension, user }: RequestContext): readonly Change[] {
  return [
    ...(reach.isOpen ? [] : [{ kind: "account-reached", account, reach: { isOpen: true, isTold: true } } as const]),
    ...(hasUnreportedSuspension ? [{ kind: "suspensions-reported", userId: user.id } as const] : []),
  ];
}

/** Settings that could not be read are kept as they are now, so that it is told once. */
export function resetChanges({ hasLostSettings, user }: RequestContext, changes: readonly Change[]): readonly Change[] {
  const isSaved = changes.some((change) => change.kind === "user-saved" && change.user.id === user.id);
  return hasLostSettings && !isSaved ? [{ kind: "user-saved", user }] : [];
}

/** Where they spoke last is noted for who has several accounts, when it is another than before. */
export function lastSeenChange({ hasSwitchedAccount, account, now }: RequestContext): readonly Change[] {
  return hasSwitchedAccount ? [{ kind: "account-seen", account, at: now }] : [];
}

/** What is said below an answer: who I am, when I write, and that my last message, or one to a group, did not arrive. Each once. */
export function footnotes(
  user: User,
  { isNew, reach, today, hasUnreportedSuspension, hasLostSettings }: RequestContext,
  begun: readonly Prompt[],
): Reply["blocks"] {
  const weekly = begun.find(({ kind }) => kind === "weekly");
  const first = weekly && user.feedback ? sayFirstPrompt(user, weekly.dueAt, today) : [];
  const closed = reach.isOpen || reach.isTold ? [] : [sayClosed()];
  return [
    ...(hasLostSettings ? [sayReset(user)] : []),
    ...(isNew ? [sayWelcome(user)] : []),
    ...first,
    ...closed,
    ...(hasUnreportedSuspension ? [sayCutOff()] : []),
  ];
}
