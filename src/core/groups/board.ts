/** What members see of each other: states of a week in the order of names, and what the group came to. More minutes move nobody up. */

import type { UserId } from "#core/lib/ids.ts";
import { doseOf, goodRange, wholeMinutes } from "#core/training/dose.ts";
import type { LoggedMinutes, GroupSnapshot, Group, PastWeek, RosterEntry, WeekOutcome } from "#core/model/group.ts";
import { touchesPause } from "#core/training/pauses.ts";
import { dayAt, dayNumber, type Days, type Week, weekAfter, weekOf } from "#core/lib/time.ts";
import { sum } from "#core/training/week-summary.ts";

/** How a member's week stands. */
export type Status = (typeof statuses)[number];

/** All of them: a good week; something was logged; more than a good week holds; rest, said or not. */
export const statuses = ["good", "way", "past", "resting"] as const;

/** One member on a board. */
export type Row = {
  readonly userId: UserId;
  readonly name: string;
  /** Undefined where they share no more than that they are there. */
  readonly status: Status | undefined;
  /** Whole strength minutes of the week; undefined where they do not share them. */
  readonly minutes: number | undefined;
};

/** A group's week as its members see it. */
export type Board = {
  readonly group: Group;
  readonly week: Week;
  /** In the order of their names. */
  readonly rows: readonly Row[];
  /** How many of those who share it logged anything in the week. */
  readonly logged: number;
  /** What the week came to, or comes to so far. */
  readonly outcome: WeekOutcome;
  /** Whether anybody logged anything in the last three weeks. */
  readonly isActive: boolean;
  /** Weeks in a row in which at least half of the active members had a good week. */
  readonly streak: number;
  readonly cheers: number;
};

/** How many weeks are made anew from sessions; what stands of them can still change. */
export const liveWeeks = 4;

/** The weeks in which a log makes somebody active: a product rule. */
const activeWeeks = 3;

/** The days that must be looked up for the board of `week`. */
export function daysForBoard(week: Week): Days {
  return { from: weekAfter(week, 2 - liveWeeks - activeWeeks).from, until: week.until };
}

/** The group's week on `today` of the group. */
export function groupWeek({ firstDay, timeZone }: Group, now: Temporal.Instant): Week {
  return weekOf(dayAt(now, timeZone), firstDay);
}

/** The board of `week`. `today` is the group's own day: a week that is not over counts for the streak and never against it. */
export function boardOf(group: Group, snapshot: GroupSnapshot, week: Week, today: Temporal.PlainDate): Board {
  const tally = tallyOf(group, snapshot, week);
  const rows = snapshot.roster.map((entry) => rowOf(entry, tally)).toSorted(byName);
  const isOver = Temporal.PlainDate.compare(week.until, today) <= 0;
  return {
    group,
    week,
    rows,
    logged: snapshot.roster.filter(({ member: { userId } }) => tally.weekOf(userId, 0).count > 0).length,
    outcome: outcomeOf(snapshot, tally, 0),
    isActive: snapshot.roster.some(({ member: { userId } }) => tally.isActive(userId, 0)),
    streak: streakOf(snapshot, tally, { group, week, isOver }),
    cheers: snapshot.cheers,
  };
}

/** What the four weeks up to `week` came to, so that they can be kept. Weeks before the group are left out. */
export function weeksToKeep(group: Group, snapshot: GroupSnapshot, week: Week): readonly PastWeek[] {
  const tally = tallyOf(group, snapshot, week);
  const first = groupWeek(group, group.createdAt);
  return Array.from({ length: liveWeeks }, (_, back) => ({
    weekStart: weekAfter(week, -back).from,
    outcome: outcomeOf(snapshot, tally, back),
  }))
    .filter(({ weekStart }) => Temporal.PlainDate.compare(first.from, weekStart) <= 0)
    .map((kept) => ({ groupId: group.id, ...kept }));
}

/** The status and minutes that one person's sessions give them in a group's week. */
export function statusIn(
  week: Week,
  entry: RosterEntry,
  loggedMinutes: readonly LoggedMinutes[],
): { readonly status: Status; readonly minutes: number } {
  const own = loggedMinutes.filter(({ userId, day }) => userId === entry.member.userId && weeksBack(day, week) === 0);
  return statusOf(entry, { count: own.length, strength: sum(own.map(({ strength }) => strength)) }, week);
}

/** One person's week: how often they logged, and exact strength minutes. */
type Sum = { readonly count: number; readonly strength: number };

/** Everybody's weeks, by how many weeks they lie before the one that is spoken of. */
type Tally = {
  weekOf(userId: UserId, back: number): Sum;
  /** Whether they logged anything in the three weeks up to the end of that one. */
  isActive(userId: UserId, back: number): boolean;
  /** Whether they were a member before that week ended. */
  wasThere(entry: RosterEntry, back: number): boolean;
  readonly week: Week;
};

const nothing: Sum = { count: 0, strength: 0 };

function tallyOf({ timeZone }: Group, { loggedMinutes }: GroupSnapshot, week: Week): Tally {
  const sums = new Map<UserId, Map<number, Sum>>();
  // Of each day that is in hand more than once it is reckoned once.
  const backs = new Map<Temporal.PlainDate, number>();
  for (const { userId, day, strength } of loggedMinutes) {
    const weeks = sums.get(userId) ?? new Map<number, Sum>();
    const back = backs.get(day) ?? weeksBack(day, week);
    const before = weeks.get(back) ?? nothing;
    weeks.set(back, { count: before.count + 1, strength: before.strength + strength });
    backs.set(day, back);
    sums.set(userId, weeks);
  }
  const ends = offsets(liveWeeks).map((back) => weekAfter(week, -back).until.toZonedDateTime(timeZone).epochMilliseconds);
  const activeIn = offsets(activeWeeks);
  const weekSum = (userId: UserId, back: number): Sum => sums.get(userId)?.get(back) ?? nothing;
  return {
    week,
    weekOf: weekSum,
    isActive: (userId, back) => activeIn.some((more) => weekSum(userId, back + more).count > 0),
    wasThere: ({ member }, back) => member.joinedAt.epochMilliseconds < (ends[back] ?? 0),
  };
}

/** 0, 1, 2 and so on. */
function offsets(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** How many weeks `day` lies before `week`: 0 in it, less after it. */
function weeksBack(day: Temporal.PlainDate, { from }: Week): number {
  return -Math.floor((dayNumber(day) - dayNumber(from)) / 7);
}

function rowOf(entry: RosterEntry, tally: Tally): Row {
  const { userId, name, share } = entry.member;
  if (share === "membership") return { userId, name, status: undefined, minutes: undefined };
  const { status, minutes } = statusOf(entry, tally.weekOf(userId, 0), tally.week);
  return { userId, name, status, minutes: share === "minutes" ? minutes : undefined };
}

/** A good week is one, whatever was said before it; past it no more is said than that. */
function statusOf(entry: RosterEntry, { count, strength }: Sum, week: Week): { readonly status: Status; readonly minutes: number } {
  const minutes = wholeMinutes(strength);
  if (doseOf(minutes).isGood) return { status: "good", minutes };
  if (minutes > goodRange.max) return { status: "past", minutes };
  return { status: count > 0 && !isResting(entry, week) ? "way" : "resting", minutes };
}

/** Whether they said that they rest: by a pause, by a week of rest, or by ending all messages. */
function isResting({ member: { restsOn }, rests }: RosterEntry, week: Week): boolean {
  return restsOn?.equals(week.from) === true || (rests !== undefined && (rests.isStopped || touchesPause(rests, week)));
}

function outcomeOf({ roster }: GroupSnapshot, tally: Tally, back: number): WeekOutcome {
  const week = weekAfter(tally.week, -back);
  const states = roster
    .filter((entry) => entry.member.share !== "membership" && tally.wasThere(entry, back) && tally.isActive(entry.member.userId, back))
    .map((entry) => ({ entry, status: statusOf(entry, tally.weekOf(entry.member.userId, back), week).status }));
  const good = states.filter(({ status }) => status === "good").length;
  const counted = states.filter(({ entry, status }) => status === "good" || !isResting(entry, week)).length;
  if (counted === 0) return "quiet";
  return 2 * good >= counted ? "good" : "short";
}

/** From the newest week back: quiet weeks wait, and the first that was short ends it. */
function streakOf(
  snapshot: GroupSnapshot,
  tally: Tally,
  { group, week, isOver }: { readonly group: Group; readonly week: Week; readonly isOver: boolean },
): number {
  const kept = new Map(snapshot.pastWeeks.map(({ weekStart, outcome }) => [dayNumber(weekStart), outcome]));
  const first = dayNumber(groupWeek(group, group.createdAt).from);
  let streak = 0;
  for (let back = 0; ; back += 1) {
    const weekStart = dayNumber(week.from) - 7 * back;
    const outcome = back < liveWeeks ? outcomeOf(snapshot, tally, back) : kept.get(weekStart);
    const isOpen = back === 0 && !isOver;
    if (outcome === "good") streak += 1;
    if (weekStart <= first || outcome === undefined || (outcome === "short" && !isOpen)) return streak;
  }
}

const collator = new Intl.Collator("en", { numeric: true });

/** Of two of one name the older account comes first: no minute of anybody's plays a part. */
function byName(one: Row, other: Row): number {
  return collator.compare(one.name, other.name) || (one.userId < other.userId ? -1 : 1);
}
