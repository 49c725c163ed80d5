/** I3: each period is spoken of once, and none is left out. */

import { attemptsByKey, type Chronicle, type Row, rowsByKey, type Story, tell } from "./chronicle.ts";
import { askedAt, dayOn } from "./journal.ts";
import { sleepsAfter, activatingLogs } from "./silence.ts";
import { dayText, minute, nextWeekday, usualDay, wallAt, weekStart } from "./wall.ts";

/** What broke the rule that each of a person's periods is spoken of once. */
export function checkOnce({ stories, until }: Chronicle): readonly string[] {
  return stories.flatMap((story) => [...keysTwice(story), ...periodsTwice(story), ...weeksLeftOut(story, until)]);
}

function keysTwice(story: Story): readonly string[] {
  return [...attemptsByKey(story)].flatMap(([key, attempts]) => {
    const [, again] = attempts.filter(({ isShown }) => isShown);
    const [, taken] = attempts.filter(({ result }) => result === "sent");
    const found = again ?? taken;
    return found ? [tell("I3", story, found.at, `"${key}" came a second time`)] : [];
  });
}

/** Under whatever key. Two on one local day are one too many, too, but that is for another rule. */
function periodsTwice(story: Story): readonly string[] {
  const rows = rowsByKey(story);
  const shown = story.attempts.filter(({ isShown }) => isShown);
  const periods = Map.groupBy(shown, ({ key }) => {
    const row = rows.get(key);
    return row ? `${row.kind} of ${dayText(row.on)}` : key;
  });
  const twice = [...periods].flatMap(([period, [, again]]) => (again ? [tell("I3", story, again.at, `a second ${period}`)] : []));
  const doubled = [...Map.groupBy(story.rows, ({ kind, on }) => `${kind} of ${dayText(on)}`)].flatMap(([period, [, again]]) =>
    again ? [tell("I3", story, again.dueAt, `a second row for ${period}`)] : [],
  );
  return [...twice, ...doubled];
}

/** From the first log on every day lies in a week that has a row, while the person is active and wants feedback. */
function weeksLeftOut(story: Story, until: number): readonly string[] {
  const weekly = story.rows.filter(({ kind }) => kind === "weekly").toSorted((one, other) => one.on - other.on);
  const between = weekly.flatMap((row, index) => {
    const next = weekly[index + 1];
    return next ? [...gapAfter(story, row, next), ...overlap(story, row, next)] : [];
  });
  return [...firstMissing(story, weekly[0], until), ...between, ...lastMissing(story, weekly.at(-1), until)];
}

function firstMissing(story: Story, row: Row | undefined, until: number): readonly string[] {
  const { journal } = story;
  const [log] = activatingLogs(journal);
  if (!log) return [];
  const today = dayOn(journal, log.at);
  const isOff = wasOff(story, log.at, row?.dueAt ?? until) || askedAt(journal, row?.dueAt ?? until).isStopped;
  if (isOff || (row ? row.on <= today : dueOf(story, today, until) > until - 2 * usualDay)) return [];
  return [tell("I3", story, log.at, `the first log, and no feedback on the week of ${dayText(today)}`)];
}

function gapAfter(story: Story, row: Row, next: Row): readonly string[] {
  if (next.on <= row.on + 7 || wasOff(story, row.dueAt, next.dueAt)) return [];
  const log = sleepsAfter(story, row) ? activatingLogs(story.journal).find(({ at }) => at >= row.dueAt) : undefined;
  if (log && next.on <= dayOn(story.journal, log.at)) return [];
  return [tell("I3", story, next.dueAt, `the days from ${dayText(row.on + 7)} until ${dayText(next.on)} were left out`)];
}

/** Days are spoken of again only where another first day of the week cuts the weeks anew, or where the person was away between. */
function overlap(story: Story, row: Row, next: Row): readonly string[] {
  if (next.on >= row.on + 7 || sleepsAfter(story, row)) return [];
  const end = (next.endedAt ?? next.dueAt) + minute;
  const { settings } = story.journal;
  const firstDays = settings.filter(({ at }) => row.dueAt <= at && at <= end).map(({ asked }) => asked.firstDay);
  if (new Set([askedAt(story.journal, row.dueAt).firstDay, ...firstDays]).size > 1) return [];
  return [tell("I3", story, next.dueAt, `the days from ${dayText(next.on)} until ${dayText(row.on + 7)} were told twice`)];
}

function lastMissing(story: Story, row: Row | undefined, until: number): readonly string[] {
  if (!row || sleepsAfter(story, row) || wasOff(story, row.dueAt, until)) return [];
  const due = dueOf(story, row.on + 7, until);
  const changed = story.journal.settings.at(-1)?.at ?? 0;
  if (Math.max(due, changed) > until - 9 * usualDay) return [];
  return [tell("I3", story, due, `no feedback on the week of ${dayText(row.on + 7)}, nor on any after it`)];
}

/** When feedback on the week of `day` is asked for by what is set at `at`. */
function dueOf({ journal }: Story, day: number, at: number): number {
  const { firstDay, feedback, zone } = askedAt(journal, at);
  if (!feedback) return Number.POSITIVE_INFINITY;
  const ended = weekStart(day, firstDay) + 7;
  return wallAt(nextWeekday(ended, feedback.weekday), feedback.time, zone);
}

function wasOff({ journal }: Story, from: number, until: number): boolean {
  const before = askedAt(journal, from);
  return [before, ...journal.settings.filter(({ at }) => from <= at && at <= until).map(({ asked }) => asked)].some(
    ({ feedback }) => !feedback,
  );
}
