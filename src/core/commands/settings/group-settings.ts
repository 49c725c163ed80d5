/** The settings of a group: how each is parsed and shown. */

import { findWeekday } from "#core/parsing/day.ts";
import { type Group, maxGroupNameLength, defaultCheckIn, type WeeklyTime } from "#core/model/group.ts";
import { isOff, parseTime } from "./parse-settings.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { parseTimeZone } from "#core/lib/time.ts";
import { timesWords } from "#core/voice/group-settings.ts";
import { weekdayName } from "#core/phrases.ts";

/** One setting of a group. */
export type GroupSetting = {
  readonly name: string;
  /** Other names that users try. */
  readonly aliases: readonly string[];
  /** A whole command that can be sent as it is. */
  readonly example: string;
  /** The current value, in words that `change` can parse. */
  show(group: Group): string;
  /** The group with `value` set; undefined if `value` is not understood. */
  change(value: string, group: Group): Group | undefined;
};

/** Every setting of a group, in display order. */
export const groupSettings: readonly GroupSetting[] = [
  {
    name: "round-up",
    aliases: ["roundup", "round up"],
    example: "/group settings round-up friday 17:00",
    show: (group) => timesWords(group).roundUp,
    change(value, group) {
      const roundUp = weeklyTime(value, group.roundUp);
      return roundUp && { ...group, roundUp };
    },
  },
  {
    name: "check-in",
    aliases: ["checkin", "check in"],
    example: "/group settings check-in thursday 12:00",
    show: (group) => timesWords(group).checkIn,
    change(value, group) {
      if (isOff(value)) return { ...group, checkIn: undefined };
      const usual = group.checkIn ?? defaultCheckIn;
      const checkIn = fold(value).trim() === "on" ? usual : weeklyTime(value, usual);
      return checkIn && { ...group, checkIn };
    },
  },
  {
    name: "time zone",
    aliases: ["zone", "tz"],
    example: "/group settings time zone Europe/Berlin",
    show: ({ timeZone }) => timeZone,
    change(value, group) {
      const timeZone = parseTimeZone(value);
      return timeZone && { ...group, timeZone };
    },
  },
  {
    name: "first day",
    aliases: ["week start", "week"],
    example: "/group settings first day sunday",
    show: ({ firstDay }) => weekdayName(firstDay),
    change(value, group) {
      const firstDay = findWeekday(fold(value).trim());
      return firstDay && { ...group, firstDay };
    },
  },
  {
    name: "name",
    aliases: [],
    example: "/group settings name Morning crew",
    show: ({ name }) => name,
    change(value, group) {
      const name = parseGroupName(value);
      return name === undefined ? undefined : { ...group, name };
    },
  },
];

/** A group name from `said`; undefined if it is too short or too long. */
export function parseGroupName(said: string): string | undefined {
  const name = quotable(said, maxGroupNameLength);
  return name.length < 2 || name.endsWith("…") ? undefined : name;
}

/** Parses "friday 17:00". A missing weekday or time is taken from `before`. */
function weeklyTime(value: string, before: WeeklyTime): WeeklyTime | undefined {
  const words = fold(value)
    .trim()
    .split(/\s+/)
    .filter((word) => word !== "at" && word !== "on" && word !== "");
  const weekday = words.map(findWeekday).find((found) => found !== undefined);
  const time = words.map(parseTime).find((found) => found !== undefined);
  const understood = [weekday, time].filter((found) => found !== undefined).length;
  if (words.length === 0 || words.length !== understood) return undefined;
  return { weekday: weekday ?? before.weekday, time: time ?? before.time };
}
