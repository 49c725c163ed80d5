/** Time-zone changes that a platform reports for an account. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Account } from "#core/model/user.ts";

/** Whether the platform reports another time zone than the one stored for the account. */
export function hasMoved({ timeZone }: Account, { isNew, platformTimeZone }: RequestContext): boolean {
  return !isNew && timeZone !== undefined && timeZone !== platformTimeZone;
}

/**
 * Stores the reported zone, if the settings are as they were read. A first report does not change the user's zone: they may have set it
 * themselves.
 */
export function moveTo(account: Account, { user, version, platformTimeZone }: RequestContext): readonly Change[] {
  const { timeZone = user.timeZone } = account;
  const isFollowed = platformTimeZone !== undefined && timeZone !== user.timeZone;
  return [
    { kind: "user-unchanged", userId: user.id, version },
    { kind: "account-time-zone-updated", account, of: user.id },
    ...(isFollowed ? [{ kind: "user-saved", user: { ...user, timeZone } } as const] : []),
  ];
}
