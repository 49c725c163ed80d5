/** Somebody who is elsewhere than before, as their platform tells. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Account } from "#core/model/user.ts";

/** Whether the platform says something new of where somebody is. */
export function hasMoved({ timeZone }: Account, { isNew, platformTimeZone }: RequestContext): boolean {
  return !isNew && timeZone !== undefined && timeZone !== platformTimeZone;
}

/** What comes of it. Whoever is told of for the first time stays where they are: they may have set that themselves. */
export function moveTo(account: Account, { user, platformTimeZone }: RequestContext): readonly Change[] {
  const { timeZone = user.timeZone } = account;
  const isFollowed = platformTimeZone !== undefined && timeZone !== user.timeZone;
  return [
    { kind: "account-time-zone-updated", account, of: user.id },
    ...(isFollowed ? [{ kind: "user-saved", user: { ...user, timeZone } } as const] : []),
  ];
}
