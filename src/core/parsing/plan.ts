/** Parser of weekly plans: `2x20 tue fri`. */

import type { Minutes } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import { type Weekday, weekdays } from "#core/lib/time.ts";
import type { Plan } from "#core/model/user.ts";
import { findWeekday } from "./day.ts";
import { sessionMinutes } from "./log-entries.ts";

/** Parses `2x20 tue fri`, with as many different days as the count, or `20 tue fri` without one. Undefined for anything else. */
export function parsePlan(said: string): Plan | undefined {
  const words = fold(said)
    .split(/[\s,;+&]+/)
    .filter((word) => word !== "" && !["and", "on", "min", "minutes"].includes(word));
  const named = words.map(findWeekday);
  const days = named.filter((day): day is Weekday => day !== undefined);
  const sums = words.filter((_, index) => named[index] === undefined).join("");
  const found = /^(?:([1-7])[x*×])?(\d{1,3})(?:m|min|mins|minutes|'|each)*$/.exec(sums);
  const minutes = Number(found?.[2]);
  const times = Number(found?.[1] ?? days.length);
  const isWhole = found !== null && minutes >= sessionMinutes.min && minutes <= sessionMinutes.max;
  if (!isWhole || days.length === 0 || new Set(days).size !== days.length || times !== days.length) return undefined;
  return { days: weekdays.filter((day) => days.includes(day)), minutes: minutes as Minutes };
}
