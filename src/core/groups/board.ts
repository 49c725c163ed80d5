/** The group's board: each member's status for a week, sorted by name, and the group's outcome. Minutes never affect the order. */

import type { UserId } from "#core/lib/ids.ts";
import { doseOf, goodRange, wholeMinutes } from "#core/training/dose.ts";
import type { LoggedMinutes, GroupSnapshot, Group, PastWeek, RosterEntry, WeekOutcome } from "#core/model/group.ts";
import { touchesPause } from "#core/training/pauses.ts";
import { dayAt, dayNumber, type Days, type Week, weekAfter, weekOf } from "#core/lib/time.ts";
import { sum } from "#core/training/week-summary.ts";

/** The status of a member's week. */
export type Status = (typeof statuses)[number];

/** All statuses: a good week; something logged; above the good range; resting, declared or not. */
export const statuses = ["good", "way", "past", "resting"] as const;

/** One member on a board. */
export type Row = {
  readonly userId: UserId;
  readonly name: string;
  /** Undefined when the member shares only their membership. */
  readonly status: Status | undefined;
  /** Whole strength minutes of the week; undefined when the member does not share them. */
  readonly minutes: number | undefined;
};

/** A group's week as its members see it. */
export type Board = {
  readonly group: Group;
  readonly week: Week;
  /** Sorted by name. */
  readonly rows: readonly Row[];
  /** How many members who share their status logged anything in the week. */
  readonly logged: number;
  /** The outcome of the week, or the outcome so far. */
  readonly outcome: WeekOutcome;
  /** Whether any member logged anything in the last three weeks. */
  readonly isActive: boolean;
  /** Weeks in a row in which at least half of the active members had a good week. */
  readonly streak: number;
  readonly cheers: number;
};

/** Number of weeks that are recomputed from sessions. Their live messages can still change. */
export const liveWeeks = 4;

/** A member is active for this many weeks after a log: a product rule. */
const activeWeeks = 3;

/** The days whose sessions the board of `week` needs. */
export function daysForBoard(week: Week): Days {
  return { from: weekAfter(week, 2 - liveWeeks - activeWeeks).from, until: week.until };
}

/** The group's week at `now`, in its time zone. */
export function groupWeek({ firstDay, timeZone }: Group, now: Temporal.Instant): Week {
  return weekOf(dayAt(now, timeZone), firstDay);
}

/** The board of `week`. `today` is the group's local day. A week that is not over can extend the streak but never ends it. */
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

/** The outcomes of the four weeks up to `week`, for storage. Weeks before the group was created are left out. */
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

/** One member's status and minutes in a group's week, from their own sessions. */
export function statusIn(
  week: Week,
  entry: RosterEntry,
  loggedMinutes: readonly LoggedMinutes[],
): { readonly status: Status; readonly minutes: number } {
  const own = loggedMinutes.filter(({ userId, day }) => userId === entry.member.userId && weeksBack(day, week) === 0);
  return statusOf(entry, { count: own.length, strength: sum(own.map(({ strength }) => strength)) }, week);
}

/** One member's week: number of sessions, and exact strength minutes. */
type Sum = { readonly count: number; readonly strength: number };

/** All members' weeks. `back` counts weeks before `week`; 0 is `week` itself. */
type Tally = {
  weekOf(userId: UserId, back: number): Sum;
  /** Whether the member logged anything in the three weeks that end with that one. */
  isActive(userId: UserId, back: number): boolean;
  /** Whether the member joined before that week ended. */
  wasThere(entry: RosterEntry, back: number): boolean;
  readonly week: Week;
};

const nothing: Sum = { count: 0, strength: 0 };

function tallyOf({ timeZone }: Group, { loggedMinutes }: GroupSnapshot, week: Week): Tally {
  const sums = new Map<UserId, Map<number, Sum>>();
  // Sessions share date objects, so each is converted once.
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

/** How many weeks `day` lies before `week`: 0 inside it, negative after it. */
function weeksBack(day: Temporal.PlainDate, { from }: Week): number {
  return -Math.floor((dayNumber(day) - dayNumber(from)) / 7);
}

function rowOf(entry: RosterEntry, tally: Tally): Row {
  const { userId, name, share } = entry.member;
  if (share === "membership") return { userId, name, status: undefined, minutes: undefined };
  const { status, minutes } = statusOf(entry, tally.weekOf(userId, 0), tally.week);
  return { userId, name, status, minutes: share === "minutes" ? minutes : undefined };
}

/** A good week wins over a declared rest. Above the range the status is only "past". */
function statusOf(entry: RosterEntry, { count, strength }: Sum, week: Week): { readonly status: Status; readonly minutes: number } {
  const minutes = wholeMinutes(strength);
  if (doseOf(minutes).isGood) return { status: "good", minutes };
  if (minutes > goodRange.max) return { status: "past", minutes };
  return { status: count > 0 && !isResting(entry, week) ? "way" : "resting", minutes };
}

/** Whether the member declared rest: a pause, a rest week, or stopped messages. */
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

/** Counts back from the newest week. Quiet weeks neither count nor end the streak; a finished short week ends it. */
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

/** Sorts by name. For equal names the older user comes first, so that minutes never matter. */
function byName(one: Row, other: Row): number {
  return collator.compare(one.name, other.name) || (one.userId < other.userId ? -1 : 1);
}
