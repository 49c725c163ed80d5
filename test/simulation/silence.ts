/** Who has grown silent, by their own journal: three weeks without a log, those of a pause aside. */

import type { Row, Story } from "./chronicle.ts";
import { askedAt, type BoutChange, boutsAt, dayOn, type Journal, pauseOn, pausesWeek, usual } from "./journal.ts";
import { minute } from "./wall.ts";

/** The empty weeks after which the coach is quiet. */
const emptyWeeks = 3;

/**
 * Whether nothing stood at `at` of the three weeks up to the end of the one that starts on `on`, nor of any day since. They are counted from
 * `since`, on which messages began, or from when they were back after a pause or stop.
 */
export function isSilentAt(journal: Journal, on: number, { at, since }: { readonly at: number; readonly since: number }): boolean {
  const asked = askedAt(journal, at);
  const days = boutsAt(journal, at).map(({ day }) => day);
  const from = on - 7 * (emptyWeeks - 1);
  const weeks = Array.from({ length: emptyWeeks }, (_, back) => on - 7 * back);
  const began = Math.max(since, ...returns(journal, at));
  return began < from && !days.some((day) => day >= from) && !weeks.some((week) => pausesWeek(asked, week));
}

/** The days on which they ended a pause, or the silence after stop, themselves. */
function returns(journal: Journal, at: number): readonly number[] {
  return journal.settings.flatMap((entry, index) => {
    if (entry.at > at) return [];
    const before = journal.settings[index - 1]?.asked ?? usual;
    const day = dayOn(journal, entry.at);
    const isBack = before.isStopped || (pauseOn(before, day) !== undefined && pauseOn(entry.asked, day) === undefined);
    return isBack && !entry.asked.isStopped ? [day] : [];
  });
}

/** How many days a log may lie back and still be a reason to write again. */
const recent = 21;

/** Every log that begins messages for somebody to whom none come: of a day of the last three weeks, by somebody who has not said stop. */
export function activatingLogs(journal: Journal): readonly BoutChange[] {
  return journal.bouts.filter(({ at, isIn, bout }) => isIn && !askedAt(journal, at).isStopped && bout.day > dayOn(journal, at) - recent);
}

/** Whether the feedback of `row` was the last for now: after stop, or after three empty weeks. */
export function sleepsAfter(story: Story, row: Row): boolean {
  return isLastFor(story, row, beganBefore(story, row));
}

function isLastFor({ journal }: Story, row: Row, since: number): boolean {
  const looked = Math.ceil(row.dueAt / minute) * minute;
  return [looked, row.endedAt ?? looked].some((at) => askedAt(journal, at).isStopped || isSilentAt(journal, row.on, { at, since }));
}

/** The day on which those messages began that `row` is one of: that of the first log that wakes after the last word before it. */
export function beganBefore(story: Story, row: Row): number {
  const { journal } = story;
  const logs = activatingLogs(journal);
  const dayAfter = (at: number): number | undefined => {
    const log = logs.find((one) => one.at >= at);
    return log && dayOn(journal, log.at);
  };
  const earlier = story.rows.filter(({ kind, dueAt }) => kind === "weekly" && dueAt < row.dueAt).toSorted((a, b) => a.dueAt - b.dueAt);
  return earlier.reduce((since, one) => (isLastFor(story, one, since) ? (dayAfter(one.dueAt) ?? since) : since), dayAfter(0) ?? 0);
}
