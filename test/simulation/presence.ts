/** I4, the other way round: on a calm day on which there was something to say, something came of it. */

import { type Chronicle, type Kind, type Story, tell } from "./chronicle.ts";
import { askedAt, boutsAt, clock, isQuiet, pauseOn, type Journal } from "./journal.ts";
import { wantedInTheEvening, wantedInTheMorning } from "./nudges.ts";
import { dayText, hour, minute, shownAt, usualDay, wallAt } from "./wall.ts";
import { activatingLogs } from "./silence.ts";

/** Every nudge that was to be said and stands nowhere. */
export function checkPresence({ stories, until, jitter }: Chronicle): readonly string[] {
  return stories.flatMap((story) => {
    const logged = story.journal.bouts.map(({ bout }) => bout.day);
    const [first, last] = [Math.min(...logged), Math.min(Math.max(...logged) + 14, Math.floor(until / usualDay) - 3)];
    const days = logged.length === 0 ? [] : Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    return [...missing(story, "rest", days, jitter), ...missing(story, "training", days, jitter)];
  });
}

const times = { rest: clock(8, 30), training: clock(18) } as const;

function missing(story: Story, kind: Exclude<Kind, "weekly">, days: readonly number[], jitter: number): readonly string[] {
  const { journal } = story;
  const wanted = kind === "rest" ? wantedInTheMorning : wantedInTheEvening;
  const queued = new Set(story.rows.filter((row) => row.kind === kind).map(({ on }) => on));
  return days.flatMap((day) => {
    if (queued.has(day)) return [];
    const at = wallAt(day, times[kind], askedAt(journal, day * usualDay).zone);
    const asked = askedAt(journal, at);
    // A person who is about to change something, to pause or to lose half of the evening to quiet hours is not what is looked at here.
    const isCalm =
      !changes(journal, at - 40 * hour, at + 3 * hour) && !isQuiet(asked, at) && !isQuiet(asked, at + jitter) && !pauseOn(asked, day);
    if (!asked[kind] || !isCalm || shownAt(at, asked.zone).day !== day || !isSurelyActive(journal, at, day)) return [];
    // What was logged or taken back meanwhile may have made it untrue.
    if (!wanted(journal, at - minute, day) || !wanted(journal, at + jitter + 2 * minute, day)) return [];
    return [tell("I4", story, at, `there was a ${kind} nudge to say on ${dayText(day)}, and it stands nowhere`)];
  });
}

/** Whether they logged something lately that still stands, and did not say stop since. */
function isSurelyActive(journal: Journal, at: number, day: number): boolean {
  const from = at - 10 * usualDay;
  const lately = activatingLogs({ ...journal, bouts: journal.bouts.filter((one) => from < one.at && one.at < at - 12 * hour) });
  const standing = new Set(boutsAt(journal, at).map(({ id }) => id));
  const isBack = lately.some(({ bout }) => bout.day > day - 14 && standing.has(bout.id));
  return (
    isBack && !askedAt(journal, from).isStopped && !journal.settings.some((one) => from <= one.at && one.at <= at && one.asked.isStopped)
  );
}

function changes({ settings }: Journal, from: number, until: number): boolean {
  return settings.some(({ at }) => from <= at && at <= until);
}
