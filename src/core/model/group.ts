/** Groups: people who keep each other honest, where they meet, and what each lets the others see. */

import { type Address, addressOf, type GroupId, type PlatformName, platformNameOf, type UserId } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import type { TimeZone, Weekday } from "#core/lib/time.ts";
import type { User } from "./user.ts";

/** A place on a platform where others read along. */
export type ChannelRef = { readonly platform: PlatformName; readonly address: Address };

/** A wall time that comes once a week. */
export type WeeklyTime = { readonly weekday: Weekday; readonly time: Temporal.PlainTime };

/** People who keep each other honest, with all that was set for them together. */
export type Group = {
  readonly id: GroupId;
  readonly name: string;
  readonly createdAt: Temporal.Instant;
  /** Whose clock its round-ups follow. */
  readonly timeZone: TimeZone;
  /** The day on which its weeks start. */
  readonly firstDay: Weekday;
  /** When the round-up of the week that ended comes. */
  readonly roundUp: WeeklyTime;
  /** When the check-in comes; undefined where nobody wants one. */
  readonly checkIn: WeeklyTime | undefined;
};

/** A place that is a group's. No place is of two groups. */
export type Channel = {
  readonly ref: ChannelRef;
  readonly groupId: GroupId;
  /** Suspended once it takes no messages any more, until somebody who may manage it speaks to the coach there, and it may post there again. */
  readonly status: "open" | "suspended";
  /** Who bound it, and is told when it is suspended; undefined once they are gone. */
  readonly boundBy: UserId | undefined;
};

/**
 * Whether the coach may post in a place, as its platform says: it may; a right is missing; nobody invited it; or the platform could not be asked.
 */
export type PostPermission = "allowed" | "no-rights" | "not-invited" | "unknown";

/** What a member lets the others see: that they are there; how their week stands; its strength minutes, too. */
export type Share = (typeof shares)[number];

/** All of them, the least first. */
export const shares = ["membership", "status", "minutes"] as const;

/** Somebody in a group. */
export type Member = {
  readonly groupId: GroupId;
  readonly userId: UserId;
  /** What the others see them called. */
  readonly name: string;
  readonly share: Share;
  readonly joinedAt: Temporal.Instant;
  /** The first day of the week that they said is one of rest. */
  readonly restsOn: Temporal.PlainDate | undefined;
};

/** What lets people and channels in, until then. A group has one at most. */
export type JoinCode = { readonly code: string; readonly groupId: GroupId; readonly until: Temporal.Instant };

/** By what a group is found. */
export type GroupRef = { readonly channel: ChannelRef } | { readonly id: GroupId } | { readonly code: string };

/** A group, and what belongs to it. */
export type GroupRecord = {
  readonly group: Group;
  /** Of its settings, as they were read. */
  readonly version: number;
  readonly channels: readonly Channel[];
  readonly code: JoinCode | undefined;
  /** How many members it has. */
  readonly memberCount: number;
};

/** A group that somebody is in. */
export type Membership = { readonly group: Group; readonly member: Member };

/** What is known of one training of a member: never which kind it was. Strength minutes are exact. */
export type LoggedMinutes = { readonly userId: UserId; readonly day: Temporal.PlainDate; readonly strength: number };

/** A member, with their pauses where they share how their week stands. */
export type RosterEntry = { readonly member: Member; readonly rests: Pick<User, "pauses" | "isStopped"> | undefined };

/** What a past week of a group came to. */
export type PastWeek = { readonly groupId: GroupId; readonly weekStart: Temporal.PlainDate; readonly outcome: WeekOutcome };

/** At least half had a good week; fewer had; or nobody was active. */
export type WeekOutcome = (typeof weekOutcomes)[number];

/** All of them. */
export const weekOutcomes = ["good", "short", "quiet"] as const;

/** All of a group that a board is made of. Nothing in it is of somebody who does not share it. */
export type GroupSnapshot = {
  readonly roster: readonly RosterEntry[];
  /** Of those who share at least how their week stands. */
  readonly loggedMinutes: readonly LoggedMinutes[];
  /** Weeks as they were kept, in any order. */
  readonly pastWeeks: readonly PastWeek[];
  /** How many cheered in the week that is asked for. */
  readonly cheers: number;
};

/** The most members that a group takes. */
export const maxMembers = 500;

/** When round-ups come, unless a group wants them at another time. */
export const defaultRoundUp: WeeklyTime = { weekday: 1, time: Temporal.PlainTime.from("09:00") };

/** When check-ins come, where a group wants them and says no time. */
export const defaultCheckIn: WeeklyTime = { weekday: 4, time: Temporal.PlainTime.from("12:00") };

/** The longest name of a group, and of a member as the others see it, in characters as people count them. */
export const maxGroupNameLength = 40;
/** The longest name under which the others see somebody. */
export const maxMemberNameLength = 32;

/** How long a code lets people in. */
export const joinCodeLifetime = { days: 7 } as const;

/** Letters and digits that are not taken for each other. */
const codeLetters = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 12;
/** Those that a version before this one made were shorter, and may still be open. */
const shortCodeLength = 8;

/** A code of twelve letters and digits from the random end of a fresh id: 60 bits of a UUID. */
export function createJoinCode(id: string): string {
  const digits = id.replaceAll(/[^0-9a-f]/g, "").slice(-15);
  let rest = BigInt(`0x0${digits}`);
  let code = "";
  while (code.length < codeLength) {
    code += codeLetters[Number(rest % 32n)] ?? "";
    rest /= 32n;
  }
  return code;
}

/** The same place. Throws where its platform or its address is empty: a group there would be everybody's. */
export function checkChannelRef({ platform, address }: ChannelRef): ChannelRef {
  return { platform: platformNameOf(platform), address: addressOf(address) };
}

/** A code as it is kept, however it was typed: without hyphens and spaces, and with the letters that look like others. Undefined for what is none. */
export function parseJoinCode(typed: string): string | undefined {
  const plain = fold(typed).replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  const isCode = plain.length === codeLength || plain.length === shortCodeLength;
  return isCode && Array.from(plain).every((letter) => codeLetters.includes(letter)) ? plain : undefined;
}

/** A code as people read it, in groups of four. */
export function formatJoinCode(code: string): string {
  return code.match(/.{4}/gu)?.join("-") ?? code;
}

/** Whether both are one place. */
export function isSameChannel(one: ChannelRef, other: ChannelRef): boolean {
  return one.platform === other.platform && one.address === other.address;
}
