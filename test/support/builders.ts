/** Valid values for tests. Each test states only the fields that matter to it. */

import type { ActivityId, Minutes, PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import { dayAt, type TimeZone } from "#core/lib/time.ts";
import type { RequestContext } from "#core/model/context.ts";
import { type Account, createUser, type User } from "#core/model/user.ts";

/** A user in Auckland who joined in spring 2026 and kept every default. */
export function aUser(over: Partial<User> = {}): User {
  const joinedAt = Temporal.Instant.from("2026-11-02T08:00:00Z");
  return { ...createUser("user-1" as UserId, "Pacific/Auckland" as TimeZone, joinedAt), ...over };
}

/** A session of 20 minutes of strength on 23 November 2026. */
export function aSession(over: Partial<Session> = {}): Session {
  return {
    id: "session-1" as SessionId,
    userId: "user-1" as UserId,
    activity: "strength" as ActivityId,
    intensity: "moderate",
    minutes: 20 as Minutes,
    shares: { strength: 1, aerobic: 0 },
    day: Temporal.PlainDate.from("2026-11-23"),
    loggedAt: Temporal.Instant.from("2026-11-23T06:30:00Z"),
    ...over,
  };
}

/** An account on the console. */
export function anAccount(over: Partial<Account> = {}): Account {
  return { platform: "console" as PlatformName, id: "alex", name: "Alex", ...over };
}

/** The context of a message of `aUser`, who has prompts and is in no group, on Thursday 26 November 2026 in Auckland. */
export function aContext(over: Partial<RequestContext> = {}): RequestContext {
  const user = over.user ?? aUser();
  const now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  return {
    user,
    version: 3,
    isActive: true,
    reach: { isOpen: true, isTold: false },
    platformTimeZone: undefined,
    isMember: false,
    hasBoundChannel: false,
    originalOwnerId: undefined,
    hasSwitchedAccount: false,
    hasLostSettings: false,
    isNew: false,
    hasUnreportedSuspension: false,
    now,
    today: dayAt(now, user.timeZone),
    locale: undefined,
    id: "request-1",
    account: anAccount(),
    channel: undefined,
    isDirect: true,
    retentionDays: 30,
    ...over,
  };
}
