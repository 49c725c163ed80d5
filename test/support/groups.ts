/** Valid groups for tests. Each test states only the fields that matter to it. */

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

/** A group created in October 2026 in Berlin. */
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

/** The reference to a channel on the console. */
export function aPlace(address = "crew"): ChannelRef {
  return { platform: "console" as PlatformName, address: address as Address };
}

/** An open channel of `aGroup`. */
export function aChannel(over: Partial<Channel> = {}): Channel {
  return { ref: aPlace(), groupId: aGroup().id, status: "open", boundBy: undefined, ...over };
}

/** A member who joined `aGroup` when it was created, and shares the status of their weeks. */
export function aMember(name: string, over: Partial<Member> = {}): Member {
  const userId = name.toLowerCase() as UserId;
  return { groupId: aGroup().id, userId, name, share: "status", joinedAt: aGroup().createdAt, restsOn: undefined, ...over };
}

/** A roster entry of a member who is not resting. */
export function aSeat(name: string, over: Partial<Member> = {}, rests: Partial<NonNullable<RosterEntry["rests"]>> = {}): RosterEntry {
  const member = aMember(name, over);
  return { member, rests: member.share === "membership" ? undefined : { pauses: [], isStopped: false, ...rests } };
}

/** Logged strength minutes of a member on one day. */
export function aBout(name: string, day: string, strength: number): LoggedMinutes {
  return { userId: name.toLowerCase() as UserId, day: Temporal.PlainDate.from(day), strength };
}

/** A snapshot of a group with that roster. */
export function aCrew(
  roster: readonly RosterEntry[],
  loggedMinutes: readonly LoggedMinutes[] = [],
  over: Partial<GroupSnapshot> = {},
): GroupSnapshot {
  return { roster, loggedMinutes, pastWeeks: [], cheers: 0, ...over };
}
