/** Time zones, local days, weeks and wall times. All ranges are half-open: `from` is included, `until` is not. */

import type { Brand } from "./ids.ts";

/** An IANA time zone of a region, spelled as in the database. */
export type TimeZone = Brand<string, "TimeZone">;

/** A day of the week in ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Instants from `from` until just before `until`. */
export type Span = { readonly from: Temporal.Instant; readonly until: Temporal.Instant };

/** Local days from `from` until the day before `until`. */
export type Days = { readonly from: Temporal.PlainDate; readonly until: Temporal.PlainDate };

/** Seven local days that start on the user's first day of the week. A week is identified by its first day, never by a number. */
export type Week = Brand<Days, "Week">;

/** A recurring wall time: daily, or on one day of the week. */
export type WallTime = { readonly weekday?: Weekday; readonly time: Temporal.PlainTime };

/** All weekdays, Monday first. */
export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

const areas = [
  "Europe",
  "America",
  "Asia",
  "Africa",
  "Australia",
  "Pacific",
  "Atlantic",
  "Indian",
  "America/Argentina",
  "Antarctica",
  "Arctic",
];

/** Longer than any name in the database, in characters. */
const maxZoneName = 50;

/**
 * Parses a time zone: an IANA name in any case, or the city alone (`auckland`, `new york`).
 *
 * Undefined for anything else, also for offsets and abbreviations (`+02:00`, `EST`), which ignore clock changes.
 */
export function parseTimeZone(text: string): TimeZone | undefined {
  const name = text.trim().replaceAll(/\s+/g, "_");
  if (name.length > maxZoneName) return undefined;
  if (/^(etc\/)?utc$/i.test(name)) return "UTC" as TimeZone;
  if (!/^[a-z][a-z_/-]*$/i.test(name) || /^etc\//i.test(name)) return undefined;
  if (name.includes("/")) return existingZone(name);
  return areas.map((area) => existingZone(`${area}/${name}`)).find((found) => found !== undefined);
}

function existingZone(name: string): TimeZone | undefined {
  try {
    return new Temporal.ZonedDateTime(0n, name).timeZoneId as TimeZone;
  } catch {
    return undefined;
  }
}

/** The local day of `instant`. */
export function dayAt(instant: Temporal.Instant, timeZone: TimeZone): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** The day of the week of `day`. */
export function weekdayOf(day: Temporal.PlainDate): Weekday {
  return day.dayOfWeek as Weekday;
}

/** The week of `day`, when weeks start on `firstDay`. */
export function weekOf(day: Temporal.PlainDate, firstDay: Weekday): Week {
  const from = day.subtract({ days: (day.dayOfWeek - firstDay + 7) % 7 });
  return { from, until: from.add({ days: 7 }) } as Week;
}

/** The week `count` weeks after `week`; before it when negative. */
export function weekAfter(week: Week, count: number): Week {
  const shift = { days: 7 * count };
  return { from: week.from.add(shift), until: week.until.add(shift) } as Week;
}

/** All days of `days`, in order. */
export function daysOf(days: Days): readonly Temporal.PlainDate[] {
  const { days: count } = days.from.until(days.until, { largestUnit: "days" });
  return Array.from({ length: count }, (_, index) => days.from.add({ days: index }));
}

/** Whether `days` includes `day`. */
export function holds(days: Days, day: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(days.from, day) <= 0 && Temporal.PlainDate.compare(day, days.until) < 0;
}

/** All weekdays, starting with `first`. */
export function weekdaysFrom(first: Weekday): readonly Weekday[] {
  return [...weekdays.slice(first - 1), ...weekdays.slice(0, first - 1)];
}

/** The index of `day` in `week`: 0 to 6; -1 for a day before the week, 7 for a day after it. */
export function indexInWeek(week: Week, day: Temporal.PlainDate): number {
  return Math.max(-1, Math.min(7, dayNumber(day) - dayNumber(week.from)));
}

/**
 * Days from 1 January 1970 to `day`; negative before it.
 *
 * Computed in integers on the proleptic Gregorian calendar. A streak sorts years of sessions into weeks, and Temporal's own difference of
 * two days is 40 times slower.
 */
export function dayNumber({ year, month, day }: Temporal.PlainDate): number {
  // Years start in March here, so that a leap day is the last day of its year.
  const march = month > 2 ? year : year - 1;
  const era = Math.floor(march / 400);
  const yearOfEra = march - 400 * era;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 146_097 * era + 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The instants of `days` in `timeZone`. A day whose midnight is skipped starts at its first existing time. */
export function spanOf(days: Days, timeZone: TimeZone): Span {
  return { from: days.from.toZonedDateTime(timeZone).toInstant(), until: days.until.toZonedDateTime(timeZone).toInstant() };
}

/**
 * The next instant after `after` at which the local time in `timeZone` is `wall`.
 *
 * A skipped time moves later by the length of the gap (02:30 becomes 03:30). A repeated time gives its first instant. A local day that does
 * not exist gives the same time on the next day.
 */
export function nextLocal(wall: WallTime, timeZone: TimeZone, after: Temporal.Instant): Temporal.Instant {
  // Start on the day before: when midnight is skipped, a time late on that day may fall after `after`.
  let day = dayAt(after, timeZone).subtract({ days: 1 });
  for (;;) {
    const isAsked = wall.weekday === undefined || wall.weekday === day.dayOfWeek;
    const found = isAsked ? day.toZonedDateTime({ timeZone, plainTime: wall.time }).toInstant() : undefined;
    if (found && Temporal.Instant.compare(found, after) > 0) return found;
    day = day.add({ days: 1 });
  }
}

/** The instant at which the local `day` ends. */
export function dayEnd(day: Temporal.PlainDate, timeZone: TimeZone): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
}
