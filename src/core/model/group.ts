/** Groups: their settings, channels and members, and what each member shares. */

import { type Address, addressOf, type GroupId, type PlatformName, platformNameOf, type UserId } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import type { TimeZone, Weekday } from "#core/lib/time.ts";
import type { User } from "./user.ts";

/** A channel of a platform, which other people can read. */
export type ChannelRef = { readonly platform: PlatformName; readonly address: Address };

/** A wall time once a week. */
export type WeeklyTime = { readonly weekday: Weekday; readonly time: Temporal.PlainTime };

/** A group and its settings. */
export type Group = {
  readonly id: GroupId;
  readonly name: string;
  readonly createdAt: Temporal.Instant;
  /** The time zone of its weeks, round-ups and check-ins. */
  readonly timeZone: TimeZone;
  /** The day on which its weeks start. */
  readonly firstDay: Weekday;
  /** When the round-up of the past week is due. */
  readonly roundUp: WeeklyTime;
  /** When the check-in is due; undefined when it is off. */
  readonly checkIn: WeeklyTime | undefined;
};

/** A channel that is bound to a group. A channel belongs to at most one group. */
export type Channel = {
  readonly ref: ChannelRef;
  readonly groupId: GroupId;
  /** A channel that rejects messages is suspended, until one of its managers uses the bot there and the bot may post again. */
  readonly status: "open" | "suspended";
  /** The user who bound it and is told when it is suspended; undefined once they are forgotten. */
  readonly boundBy: UserId | undefined;
};

/** Whether the bot may post in a channel. `unknown`: the platform could not be asked. */
export type PostPermission = "allowed" | "no-rights" | "not-invited" | "unknown";

/** What a member discloses: their name only, also the status of their week, or also its strength minutes. */
export type Share = (typeof shares)[number];

/** All levels, the least first. */
export const shares = ["membership", "status", "minutes"] as const;

/** A member of a group. */
export type Member = {
  readonly groupId: GroupId;
  readonly userId: UserId;
  /** The name that other members see. */
  readonly name: string;
  readonly share: Share;
  readonly joinedAt: Temporal.Instant;
  /** The first day of the week that they declared a rest week. */
  readonly restsOn: Temporal.PlainDate | undefined;
};

/** A code by which people and channels join until `until`. A group has at most one. */
export type JoinCode = { readonly code: string; readonly groupId: GroupId; readonly until: Temporal.Instant };

/** A reference to a group: by channel, id or join code. */
export type GroupRef = { readonly channel: ChannelRef } | { readonly id: GroupId } | { readonly code: string };

/** The stored record of a group. */
export type GroupRecord = {
  readonly group: Group;
  /** The version of the settings that were read. */
  readonly version: number;
  readonly channels: readonly Channel[];
  readonly code: JoinCode | undefined;
  readonly memberCount: number;
};

/** A user's membership in a group. */
export type Membership = { readonly group: Group; readonly member: Member };

/** The exact strength minutes of a member's session. The activity is never disclosed. */
export type LoggedMinutes = { readonly userId: UserId; readonly day: Temporal.PlainDate; readonly strength: number };

/** A member, with their pauses if they share at least the status of their week. */
export type RosterEntry = { readonly member: Member; readonly rests: Pick<User, "pauses" | "isStopped"> | undefined };

/** The outcome of a group's past week. */
export type PastWeek = { readonly groupId: GroupId; readonly weekStart: Temporal.PlainDate; readonly outcome: WeekOutcome };

/** `good`: at least half had a good week; `short`: fewer had; `quiet`: nobody was active. */
export type WeekOutcome = (typeof weekOutcomes)[number];

/** All outcomes. */
export const weekOutcomes = ["good", "short", "quiet"] as const;

/** The data of a group's board. It holds only what members share. */
export type GroupSnapshot = {
  readonly roster: readonly RosterEntry[];
  /** Of members who share at least the status of their week. */
  readonly loggedMinutes: readonly LoggedMinutes[];
  /** Recorded weeks, in any order. */
  readonly pastWeeks: readonly PastWeek[];
  /** Cheers in the requested week. */
  readonly cheers: number;
};

/** The most members of a group. */
export const maxMembers = 500;

/** The default time of round-ups. */
export const defaultRoundUp: WeeklyTime = { weekday: 1, time: Temporal.PlainTime.from("09:00") };

/** The default time of check-ins, once they are on. */
export const defaultCheckIn: WeeklyTime = { weekday: 4, time: Temporal.PlainTime.from("12:00") };

/** The longest name of a group, in grapheme clusters. */
export const maxGroupNameLength = 40;
/** The longest name of a member, in grapheme clusters. */
export const maxMemberNameLength = 32;

/** How long a join code is valid. */
export const joinCodeLifetime = { days: 7 } as const;

/** Letters and digits that are not mistaken for each other. */
const codeLetters = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 12;
/** Codes of an earlier version were shorter, and may still be open. */
const shortCodeLength = 8;

/** A join code of 12 letters and digits, from the last 60 bits of the fresh UUID `id`. */
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

/** Checks a reference and returns it. Throws when its platform or address is empty: the group would match any channel. */
export function checkChannelRef({ platform, address }: ChannelRef): ChannelRef {
  return { platform: platformNameOf(platform), address: addressOf(address) };
}

/** A typed join code in its stored form: no hyphens or spaces, look-alike letters replaced. Undefined when it is no code. */
export function parseJoinCode(typed: string): string | undefined {
  const plain = fold(typed).replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
  const isCode = plain.length === codeLength || plain.length === shortCodeLength;
  return isCode && Array.from(plain).every((letter) => codeLetters.includes(letter)) ? plain : undefined;
}

/** A join code as it is shown, in groups of four. */
export function formatJoinCode(code: string): string {
  return code.match(/.{4}/gu)?.join("-") ?? code;
}

/** Whether both refer to the same channel. */
export function isSameChannel(one: ChannelRef, other: ChannelRef): boolean {
  return one.platform === other.platform && one.address === other.address;
}
