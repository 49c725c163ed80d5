/** Valid values for tests. Each test states only the fields that matter to it. */

import type { ActivityId, Minutes, PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { Session } from "#core/model/session.ts";
import type { TimeZone } from "#core/lib/time.ts";
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
