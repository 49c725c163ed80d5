/** The settings of a user: how each is parsed and shown. */

import { fold } from "#core/lib/text.ts";
import { parseTimeZone, weekdays } from "#core/lib/time.ts";
import { findWeekday } from "#core/parsing/day.ts";
import { type User, defaultFeedback } from "#core/model/user.ts";
import { weekdayName } from "#core/phrases.ts";
import { dayMinutes } from "#core/training/full-day.ts";
import { settingValues } from "#core/voice/settings.ts";

/** One setting. */
export type Setting = {
  readonly name: string;
  /** The field of the user that it sets. */
  readonly key: keyof User;
  /** Other names that users try. */
  readonly aliases: readonly string[];
  /** A short description, for help. */
  readonly about: string;
  /** A whole command that can be sent as it is. */
  readonly example: string;
  /** The current value, in words that `change` can parse. */
  show(user: User): string;
  /** Values suggested while `words` are typed. Defaults to the value in `example`. */
  suggest?(words: string): readonly string[];
  /** The user with `value` set; undefined if `value` is not understood. */
  change(value: string, user: User, today: Temporal.PlainDate): User | undefined;
};

/** The upper limit of a band: the minutes of a week. */
const weekMinutes = 7 * dayMinutes;

/** Suggested while nothing is typed. */
const usualTimeZones = [
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Chicago",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Africa/Lagos",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Pacific/Auckland",
  "UTC",
];

const timeZones = [...new Set([...usualTimeZones, ...Intl.supportedValuesOf("timeZone")])];

/** Every setting, in display order. */
export const settings: readonly Setting[] = [
  {
    name: "time zone",
    key: "timeZone",
    aliases: ["zone", "tz"],
    about: "the city or IANA name whose clock your days follow",
    example: "/settings time zone Europe/Berlin",
    show: settingValues.timeZone,
    suggest: (words) => (words.trim() === "" ? usualTimeZones : timeZones),
    change(value, user) {
      const timeZone = parseTimeZone(value);
      return timeZone && { ...user, timeZone };
    },
  },
  {
    name: "first day",
    key: "firstDay",
    aliases: ["week start", "first day of the week", "week"],
    about: "the day on which your weeks start",
    example: "/settings first day sunday",
    show: settingValues.firstDay,
    suggest: () => weekdays.map(weekdayName),
    change(value, user) {
      const firstDay = findWeekday(fold(value).trim());
      return firstDay && { ...user, firstDay };
    },
  },
  {
    name: "feedback",
    key: "feedback",
    aliases: ["weekly feedback", "weekly"],
    about: "the day and time at which I write about the week that ended, or off",
    example: "/settings feedback monday 08:00",
    show: settingValues.feedback,
    suggest: () => ["off", "Monday 08:00", "Friday 17:00", "Sunday 18:00", ...weekdays.map((weekday) => `${weekdayName(weekday)} 08:00`)],
    change(value, user) {
      if (isOff(value)) return { ...user, feedback: undefined };
      const words = fold(value)
        .trim()
        .split(/\s+/)
        .filter((word) => word !== "at" && word !== "on");
      const weekday = words.map(findWeekday).find((found) => found !== undefined);
      const time = words.map(parseTime).find((found) => found !== undefined);
      const understood = [weekday, time].filter((found) => found !== undefined).length;
      if (words.length === 0 || words.length !== understood) return undefined;
      const before = user.feedback ?? defaultFeedback;
      return { ...user, feedback: { weekday: weekday ?? before.weekday, time: time ?? before.time } };
    },
  },
  flag("nudges", { about: "a word on the day after strength, or when a week is full, on or off", on: "on" }, "restNudges"),
  flag("training nudges", { about: "a word on the evening of a planned day without a log, on or off", on: "on" }, "trainingNudges"),
  {
    name: "quiet hours",
    key: "quietHours",
    aliases: ["quiet"],
    about: "when nothing is sent, or off",
    example: "/settings quiet hours 22:00-07:00",
    show: settingValues.quietHours,
    change(value, user) {
      if (isOff(value)) return { ...user, quietHours: undefined };
      const [from, until, ...rest] = fold(value)
        .split(/\s*(?:-|\bto\b)\s*/)
        .map(parseTime);
      return from && until && rest.length === 0 && !from.equals(until) ? { ...user, quietHours: { from, until } } : undefined;
    },
  },
  {
    name: "band",
    key: "band",
    aliases: ["own band", "my band"],
    about: "strength minutes a week that you or your clinician chose instead of ours, or off",
    example: "/settings band 60-120",
    show: settingValues.band,
    change(value, user, today) {
      if (isOff(value)) return { ...user, band: undefined };
      const found = /^(\d{1,5})\s*(?:-|to)\s*(\d{1,5})(?:\s*min)?$/.exec(fold(value).trim());
      const [min, max] = [Number(found?.[1]), Number(found?.[2])];
      return found && min > 0 && min <= max && max <= weekMinutes ? { ...user, band: { min, max, setOn: today } } : undefined;
    },
  },
  flag("over 65", { about: "yes or no, and adds a word on balance", on: "yes" }, "over65"),
];

type Flag = "restNudges" | "trainingNudges" | "over65";

function flag(name: string, { about, on }: { readonly about: string; readonly on: string }, key: Flag): Setting {
  return {
    name,
    key,
    aliases: [],
    about,
    example: `/settings ${name} ${on}`,
    show: settingValues[key],
    suggest: () => (on === "on" ? ["on", "off"] : ["yes", "no"]),
    change(value, user) {
      if (isOff(value)) return { ...user, [key]: false };
      return ["on", "yes", on].includes(fold(value).trim()) ? { ...user, [key]: true } : undefined;
    },
  };
}

/** Whether `value` means off. */
export function isOff(value: string): boolean {
  return ["off", "no", "none"].includes(fold(value).trim());
}

/** Parses "8", "8:00", "08.30", "20h" or "8pm"; undefined for anything else. */
export function parseTime(clock: string): Temporal.PlainTime | undefined {
  const found = /^(\d{1,2})(?:[:.]([0-5]\d))?(h|am|pm)?$/.exec(clock.trim());
  const [hour, half] = [Number(found?.[1]), found?.[3]];
  const isHalf = half === "am" || half === "pm";
  if (!found || hour > 23 || (isHalf && (hour < 1 || hour > 12))) return undefined;
  return Temporal.PlainTime.from({ hour: isHalf ? (hour % 12) + (half === "pm" ? 12 : 0) : hour, minute: Number(found[2] ?? 0) });
}
