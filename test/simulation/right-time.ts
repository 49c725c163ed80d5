/** I6: each message comes at the wall time that its person asked for, or at one of the times that are documented instead. */

import { type Attempt, attemptsByKey, type Chronicle, type Row, rowsByKey, type Story, tell, went } from "./chronicle.ts";
import { type Asked, askedAt, clock, dayOn, type Journal, nextTime, openFrom } from "./journal.ts";
import { dayText, minute, nextWeekday, second, shownAt, usualDay, wallAt } from "./wall.ts";

/**
 * How a message came by its time.
 *
 * Plainly; at the end of quiet hours; a wall time that the clocks skip or show twice; after the person changed their settings; a day later,
 * since another message went out that day; late, since the platform would not take it.
 */
export type Timing = "plain" | "quiet" | "skipped" | "twice" | "changed" | "one-a-day" | "late";

/** What was found out about the times of all messages. */
export type Times = { readonly findings: readonly string[]; readonly counts: ReadonlyMap<Timing, number> };

/** What broke the rule of the right time, and how many messages came by their time in which way. */
export function checkTimes({ stories, jitter }: Chronicle): Times {
  const counts = new Map<Timing, number>();
  const findings = stories.flatMap((story) => {
    const rows = rowsByKey(story);
    return [...attemptsByKey(story)].flatMap(([key, tries]) => {
      const row = rows.get(key);
      const [first] = tries;
      if (!row || !first) return [];
      const timing = timingOf(story, row, first, jitter);
      const outcome = tries.findIndex(({ isShown }) => isShown);
      const label = outcome > 0 ? "late" : timing;
      if (outcome >= 0 && label) counts.set(label, (counts.get(label) ?? 0) + 1);
      const wrong = timing ? [] : [tell("I6", story, first.at, `${row.kind} of ${dayText(row.on)} came at no time that was asked for`)];
      return [...wrong, ...retriesOf(story, tries)];
    });
  });
  return { findings, counts };
}

const nudgeTimes = { rest: clock(8, 30), training: clock(18) } as const;

/** How the first try came by its time; undefined where no rule explains it. */
export function timingOf(story: Story, row: Row, { at }: Pick<Attempt, "at">, jitter: number): Timing | undefined {
  const asked = askedAt(story.journal, at);
  if (row.kind !== "weekly") {
    const isToday = shownAt(at, asked.zone).day === row.on;
    return isToday ? atWall(asked, { day: row.on, time: nudgeTimes[row.kind] }, at, jitter) : undefined;
  }
  if (!asked.feedback) return undefined;
  const { weekday, time } = asked.feedback;
  const wall = { day: nextWeekday(row.on + 7, weekday), time };
  const plain = atWall(asked, wall, at, jitter);
  if (plain) return plain;
  const base = wallAt(wall.day, time, asked.zone);
  // Of a change after which the asked time had passed, the next such time of day counts.
  const changes = story.journal.settings.map((one) => one.at).filter((one) => one <= at && one > at - 3 * usualDay);
  const soon = changes.filter((one) => openFrom(asked, base) <= one).map((one) => nextTime(asked, time, one));
  if (soon.some((moment) => isSoonAfter(openFrom(asked, moment), at, jitter)) || wasDueBefore(story, row, at, jitter)) return "changed";
  // A week whose time had passed takes its day from the one after it, if that is owed by then as well.
  const others = story.attempts.filter((one) => one.key.startsWith("weekly") && one.at >= base && one.at < at).map((one) => one.at);
  return [base, ...soon, ...others].some((moment) => isDayLater(story, { row, moment, time }, at, jitter)) ? "one-a-day" : undefined;
}

/** What was due in the very minute in which something was changed stays due, unless it would come in quiet hours. */
function wasDueBefore(story: Story, row: Row, at: number, jitter: number): boolean {
  const { journal } = story;
  const changes = journal.settings.map((one) => one.at).filter((one) => one <= at && one > at - usualDay);
  return changes.some((change) => {
    const tick = Math.ceil(change / minute) * minute;
    if (nextOpen(journal, tick) !== at) return false;
    const before = { ...story, journal: { ...journal, settings: journal.settings.filter((one) => one.at < change) } };
    // Another first day of the week cuts other weeks, and it is told of one of those.
    return [0, 1, 2, 3, 4, 5, 6].some((days) => timingOf(before, { ...row, on: row.on + days }, { at: tick }, jitter) !== undefined);
  });
}

type Wall = { readonly day: number; readonly time: number };

function atWall(asked: Asked, { day, time }: Wall, at: number, jitter: number): Timing | undefined {
  const base = wallAt(day, time, asked.zone);
  const open = openFrom(asked, base);
  if (!isSoonAfter(open, at, jitter)) return undefined;
  if (open !== base) return "quiet";
  if (shownAt(base, asked.zone).time !== time) return "skipped";
  return wallAt(day, time, asked.zone, "later") === base ? "plain" : "twice";
}

/** Within the spread, and by the next whole minute; where nobody is spread, in that very minute, since wall times are whole ones. */
function isSoonAfter(from: number, at: number, jitter: number): boolean {
  return from <= at && at <= from + jitter + (jitter === 0 ? 0 : minute);
}

/** Whether the day of `moment` had another message already, so that the next such time of day counts, and so on. */
function isDayLater(
  { journal, attempts }: Story,
  { row, moment, time }: { readonly row: Row; readonly moment: number; readonly time: number },
  at: number,
  jitter: number,
): boolean {
  const asked = askedAt(journal, at);
  const days = new Set(attempts.filter((one) => one.key !== row.key && one.at <= at && went(one)).map((one) => dayOn(journal, one.at)));
  let waited = openFrom(asked, moment);
  while (waited <= at && days.has(shownAt(waited, asked.zone).day)) {
    waited = openFrom(asked, nextTime(asked, time, waited));
    if (isSoonAfter(waited, at, jitter)) return true;
  }
  return false;
}

/** How long the longest wait after a failure is, and how long after no answer at all. */
const longestWait = 84 * minute;
const lease = 90 * second;

/** Each try but the first follows one that failed, as soon as the platform said, or as is decent. */
function retriesOf(story: Story, tries: readonly Attempt[]): readonly string[] {
  return tries.slice(1).flatMap((attempt, index) => {
    const before = tries[index];
    if (!before || isInTime(story, before, attempt.at)) return [];
    return [
      tell(
        "I6",
        story,
        attempt.at,
        `"${attempt.key}" was tried again after "${before.result}" ${(attempt.at - before.at) / minute} min before`,
      ),
    ];
  });
}

function isInTime({ journal }: Story, { at, result, after }: Attempt, again: number): boolean {
  if (result !== "later" && result !== "unknown") return false;
  const asked = askedAt(journal, again);
  const first = at + (result === "unknown" ? lease : (after ?? 4 * second));
  const last = at + (result === "unknown" ? lease : (after ?? longestWait)) + minute;
  if (again < first) return false;
  const open = Math.max(last, ...[first, last].map((moment) => nextOpen(journal, moment) + minute));
  // Feedback that finds its day taken waits for the asked time of the next.
  const isAsked = asked.feedback !== undefined && isSoonAfter(nextTime(asked, asked.feedback.time, again - 2 * minute), again, minute);
  return again <= open || isAsked;
}

/** When quiet hours that hold `at` end, and those that the person sets until then, and so on. */
function nextOpen(journal: Journal, at: number): number {
  const open = openFrom(askedAt(journal, at), at);
  return open === at ? at : nextOpen(journal, open);
}
