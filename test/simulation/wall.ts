/** Wall times, straight from Temporal and from nothing of ours: what is checked may not be what checks. */

/** Milliseconds. */
export const second = 1000;
/** Milliseconds. */
export const minute = 60 * second;
/** Milliseconds. */
export const hour = 60 * minute;
/** Milliseconds. A local day may have more or fewer. */
export const usualDay = 24 * hour;

/** What a clock shows: a local day, counted from 1 January 1970 on, and milliseconds after its midnight. */
export type Shown = { readonly day: number; readonly time: number };

/** What a clock in `zone` shows at `at`. */
export function shownAt(at: number, zone: string): Shown {
  const local = at + offsetAt(at, zone);
  const day = Math.floor(local / usualDay);
  return { day, time: local - day * usualDay };
}

const offsets = new Map<string, Map<number, number>>();

/** Clocks are changed at whole quarters of an hour, so that one look at Temporal does for all of a quarter. */
function offsetAt(at: number, zone: string): number {
  const quarter = Math.floor(at / (15 * minute));
  const ofZone = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, ofZone);
  const known = ofZone.get(quarter);
  if (known !== undefined) return known;
  const offset = instantOf(quarter * 15 * minute).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
  ofZone.set(quarter, offset);
  return offset;
}

const asked = new Map<string, number>();

/**
 * When a clock in `zone` shows `time` on `day`, and as much later as it skips where it never does.
 *
 * Where it shows it twice, the first time; the second time where `disambiguation` is "later".
 */
export function wallAt(day: number, time: number, zone: string, disambiguation: "compatible" | "later" = "compatible"): number {
  const key = `${zone} ${day} ${time} ${disambiguation}`;
  const known = asked.get(key);
  if (known !== undefined) return known;
  const plainTime = Temporal.PlainTime.from("00:00").add({ milliseconds: time });
  const at = dateOf(day).toPlainDateTime(plainTime).toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
  asked.set(key, at);
  return at;
}

const starts = new Map<string, number>();

/** The first moment of `day` in `zone`, which is not midnight where midnight is skipped. */
export function dayStart(day: number, zone: string): number {
  const key = `${zone} ${day}`;
  const at = starts.get(key) ?? dateOf(day).toZonedDateTime(zone).epochMilliseconds;
  starts.set(key, at);
  return at;
}

/** 1 is Monday, 7 is Sunday; 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The first day of the week that holds `day`. */
export function weekStart(day: number, firstDay: number): number {
  return day - ((weekdayOf(day) - firstDay + 7) % 7);
}

/** The first day from `day` on that is such a weekday. */
export function nextWeekday(day: number, weekday: number): number {
  return day + ((weekday - weekdayOf(day) + 7) % 7);
}

/** As Temporal has it. */
export function instantOf(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(at));
}

/** As Temporal has it. */
export function dateOf(day: number): Temporal.PlainDate {
  return instantOf(day * usualDay)
    .toZonedDateTimeISO("UTC")
    .toPlainDate();
}

/** "2026-11-02". */
export function dayText(day: number): string {
  return dateOf(day).toString();
}

/** The day that is written so. */
export function dayFrom(text: string): number {
  return Temporal.PlainDate.from(text).toZonedDateTime("UTC").epochMilliseconds / usualDay;
}

/** "08:30". */
export function timeText(time: number): string {
  return Temporal.PlainTime.from("00:00").add({ milliseconds: time }).toString({ smallestUnit: "minute" });
}
