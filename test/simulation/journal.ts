/** What simulated people did and set, as they would tell it themselves: nothing of it is read from the coach. */

import { shownAt, wallAt, weekStart, weekdayOf } from "./wall.ts";

/** Local days from `from` until the day before `until`. */
export type DayRange = { readonly from: number; readonly until: number };

/** All that a person has set. Times are milliseconds after midnight, days are counted from 1970 on, weekdays from Monday, which is 1. */
export type Asked = {
  readonly zone: string;
  readonly firstDay: number;
  readonly feedback: { readonly weekday: number; readonly time: number } | undefined;
  readonly rest: boolean;
  readonly training: boolean;
  readonly quiet: { readonly from: number; readonly until: number } | undefined;
  readonly isStopped: boolean;
  readonly pauses: readonly DayRange[];
  readonly plan: { readonly days: readonly number[]; readonly minutes: number } | undefined;
  readonly moved: { readonly week: number; readonly days: readonly number[] } | undefined;
  readonly band: { readonly min: number; readonly max: number } | undefined;
};

/** What somebody trained: exact strength minutes, and aerobic ones of which a vigorous one counts twice. */
export type Bout = { readonly id: string; readonly day: number; readonly strength: number; readonly aerobic: number };

/** A bout that came in, or went out again. */
export type BoutChange = { readonly at: number; readonly isIn: boolean; readonly bout: Bout };

/** One person's year. Everything is in the order of time. */
export type Journal = {
  readonly name: string;
  readonly habit: string;
  readonly settings: readonly { readonly at: number; readonly asked: Asked }[];
  readonly bouts: readonly BoutChange[];
  /** When they said anything at all. */
  readonly acts: readonly number[];
  /** When messages did not reach them. */
  readonly closed: readonly { readonly from: number; readonly until: number }[];
};

/** What holds for everybody until they say otherwise. */
export const usual: Asked = {
  zone: "Europe/Berlin",
  firstDay: 1,
  feedback: { weekday: 1, time: clock(8) },
  rest: true,
  training: false,
  quiet: { from: clock(22), until: clock(7) },
  isStopped: false,
  pauses: [],
  plan: undefined,
  moved: undefined,
  band: undefined,
};

/** A time of day as milliseconds after midnight. */
export function clock(hours: number, minutes = 0): number {
  return (hours * 60 + minutes) * 60_000;
}

/** What the person had set at `at`. */
export function askedAt({ settings }: Pick<Journal, "settings">, at: number): Asked {
  return settings.findLast((entry) => entry.at <= at)?.asked ?? usual;
}

/** The person's local day at `at`. */
export function dayOn(journal: Pick<Journal, "settings">, at: number): number {
  return shownAt(at, askedAt(journal, at).zone).day;
}

/** The bouts that stood at `at`. */
export function boutsAt({ bouts: loggedMinutes }: Pick<Journal, "bouts">, at: number): readonly Bout[] {
  const standing = new Map<string, Bout>();
  for (const change of loggedMinutes) {
    if (change.at > at) break;
    if (change.isIn) standing.set(change.bout.id, change.bout);
    else standing.delete(change.bout.id);
  }
  return [...standing.values()];
}

/** The pause that holds `day`. */
export function pauseOn({ pauses }: Asked, day: number): DayRange | undefined {
  return pauses.find(({ from, until }) => from <= day && day < until);
}

/** Whether a pause holds any day of the week that starts on `from`. */
export function pausesWeek({ pauses }: Asked, from: number): boolean {
  return pauses.some((pause) => pause.from < from + 7 && from < pause.until);
}

/** Whether a clock of theirs shows one of their quiet hours. */
export function isQuiet({ quiet, zone }: Asked, at: number): boolean {
  if (!quiet) return false;
  const { time } = shownAt(at, zone);
  return quiet.from < quiet.until ? quiet.from <= time && time < quiet.until : quiet.from <= time || time < quiet.until;
}

/** `at`, or the end of the quiet hours that hold it: also the second one on a day on which their end is shown twice. */
export function openFrom(asked: Asked, at: number): number {
  if (!asked.quiet || !isQuiet(asked, at)) return at;
  const { until } = asked.quiet;
  return Math.min(nextTime(asked, until, at), nextTime(asked, until, at, "later"));
}

/** The next moment after `at` at which a clock of theirs shows `time`, of two on one day the first, or the later one. */
export function nextTime({ zone }: Asked, time: number, at: number, which: "compatible" | "later" = "compatible"): number {
  const { day } = shownAt(at, zone);
  const found = [day - 1, day, day + 1, day + 2].map((one) => wallAt(one, time, zone, which)).find((moment) => moment > at);
  if (found === undefined) throw new Error(`Find ${time} in ${zone} after ${at}: it must come within two days`);
  return found;
}

/** Whether `day` is a training day of theirs: one of their plan, unless that week's were moved. */
export function isPlanned({ plan, moved, firstDay }: Asked, day: number): boolean {
  if (!plan) return false;
  const days = moved?.week === weekStart(day, firstDay) ? moved.days : plan.days;
  return days.includes(weekdayOf(day));
}
