/** Consequences of any incoming message, whatever the command: changes to the user's records, and notes below the answer. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Account, User } from "#core/model/user.ts";
import { sayCutOff } from "#core/voice/group.ts";
import { sayFirstPrompt, sayClosed, sayWelcome } from "#core/voice/help.ts";
import { sayReset } from "#core/voice/settings.ts";

/** Marks the account as reachable again, since it just wrote to us. The user is told once if one of their channels was suspended. */
export function reachChanges(account: Account, { reach, hasUnreportedSuspension, user }: RequestContext): readonly Change[] {
  return [
    ...(reach.isOpen ? [] : [{ kind: "account-reached", account, reach: { isOpen: true, isTold: true } } as const]),
    ...(hasUnreportedSuspension ? [{ kind: "suspensions-reported", userId: user.id } as const] : []),
  ];
}

/** Saves the defaults that replaced unreadable settings, so that the user is told only once. No change if the user is saved anyway. */
export function resetChanges({ hasLostSettings, user }: RequestContext, changes: readonly Change[]): readonly Change[] {
  const isSaved = changes.some((change) => change.kind === "user-saved" && change.user.id === user.id);
  return hasLostSettings && !isSaved ? [{ kind: "user-saved", user }] : [];
}

/** Records the account seen last, for a user with several accounts. No change if it is the same as before. */
export function lastSeenChange({ hasSwitchedAccount, account, now }: RequestContext): readonly Change[] {
  return hasSwitchedAccount ? [{ kind: "account-seen", account, at: now }] : [];
}

/** Notes below an answer, each shown once: welcome, first prompt, a direct message or a channel post that did not arrive, lost settings. */
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
