/** Groups for tests: each is valid, and spells only what matters to the case. */

import type { Address, GroupId, PlatformName, UserId } from "#core/lib/ids.ts";
import {
  type LoggedMinutes,
  type Channel,
  type GroupSnapshot,
  type Group,
  type Member,
  type ChannelRef,
  type RosterEntry,
  defaultRoundUp,
} from "#core/model/group.ts";
import type { TimeZone } from "#core/lib/time.ts";

/** A group that began in October 2026 in Berlin. */
export function aGroup(over: Partial<Group> = {}): Group {
  return {
    id: "group-1" as GroupId,
    name: "Morning crew",
    createdAt: Temporal.Instant.from("2026-10-01T08:00:00Z"),
    timeZone: "Europe/Berlin" as TimeZone,
    firstDay: 1,
    roundUp: defaultRoundUp,
    checkIn: undefined,
    ...over,
  };
}

/** The channel called `address` on the console. */
export function aPlace(address = "crew"): ChannelRef {
  return { platform: "console" as PlatformName, address: address as Address };
}

/** A channel of that group. */
export function aChannel(over: Partial<Channel> = {}): Channel {
  return { ref: aPlace(), groupId: aGroup().id, status: "open", boundBy: undefined, ...over };
}

/** Somebody who joined it when it began and shares how their weeks stand. */
export function aMember(name: string, over: Partial<Member> = {}): Member {
  const userId = name.toLowerCase() as UserId;
  return { groupId: aGroup().id, userId, name, share: "status", joinedAt: aGroup().createdAt, restsOn: undefined, ...over };
}

/** A member on a board, who rests in no way. */
export function aSeat(name: string, over: Partial<Member> = {}, rests: Partial<NonNullable<RosterEntry["rests"]>> = {}): RosterEntry {
  const member = aMember(name, over);
  return { member, rests: member.share === "membership" ? undefined : { pauses: [], isStopped: false, ...rests } };
}

/** So many exact strength minutes of that member on that day. */
export function aBout(name: string, day: string, strength: number): LoggedMinutes {
  return { userId: name.toLowerCase() as UserId, day: Temporal.PlainDate.from(day), strength };
}

/** A crew of those. */
export function aCrew(
  roster: readonly RosterEntry[],
  loggedMinutes: readonly LoggedMinutes[] = [],
  over: Partial<GroupSnapshot> = {},
): GroupSnapshot {
  return { roster, loggedMinutes, pastWeeks: [], cheers: 0, ...over };
}
