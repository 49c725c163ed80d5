/** Who has grown silent, by their own journal: three weeks without a log, those of a pause aside. */

import { askedAt, type BoutChange, boutsAt, dayOn, type Journal, pausesWeek } from "./journal.ts";

/** The empty weeks after which the coach is quiet. */
const emptyWeeks = 3;

/** Before anybody's first day. */
const longAgo = -3650;

/** Whether nothing stood at `at` of the three weeks up to the end of the one that starts on `on`, nor of any day since. */
export function isSilentAt(journal: Journal, on: number, at: number): boolean {
  const asked = askedAt(journal, at);
  const days = boutsAt(journal, at).map(({ day }) => day);
  let week = on;
  let empty = 0;
  if (days.some((day) => day >= on + 7)) return false;
  while (empty < emptyWeeks && week > longAgo) {
    const from = week;
    if (days.some((day) => from <= day && day < from + 7)) return false;
    if (!pausesWeek(asked, week)) empty += 1;
    week -= 7;
  }
  return true;
}

/** How many days a log may lie back and still be a reason to write again. */
const recent = 21;

/** Every log that begins messages for somebody to whom none come: of a day of the last three weeks, by somebody who has not said stop. */
export function wakingLogs(journal: Journal): readonly BoutChange[] {
  return journal.bouts.filter(({ at, isIn, bout }) => isIn && !askedAt(journal, at).isStopped && bout.day > dayOn(journal, at) - recent);
}
