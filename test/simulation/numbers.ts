/** What the messages say of minutes, days and weeks, made anew from a person's own journal as it stood when they were sent. */

import { type Attempt, type Chronicle, type Kind, type Row, rowsByKey, type Story, tell } from "./chronicle.ts";
import { type Asked, askedAt, type Bout, boutsAt, dayOn, type Journal, pausesWeek } from "./journal.ts";
import { wantedInTheEvening, wantedInTheMorning } from "./nudges.ts";
import { beganBefore, isSilentAt } from "./silence.ts";
import { dateOf, weekdayOf, weekStart } from "./wall.ts";

/** Every message whose numbers are not those of the journal. */
export function checkNumbers({ stories }: Chronicle): readonly string[] {
  return stories.flatMap((story) => {
    const rows = rowsByKey(story);
    const said: Said[] = [];
    return story.attempts.flatMap((attempt) => {
      const row = rows.get(attempt.key);
      if (!row) return [];
      const lines = linesOf(
        story,
        row,
        attempt,
        said.findLast(({ key }) => key !== attempt.key),
      );
      if (attempt.result === "sent" && row.kind === "weekly") said.push(saidOf(story.journal, row, attempt.at));
      const missing = lines.filter((line) => !hasLine(attempt.words, line));
      const more = surplus(attempt.words, lines);
      const wrong = [...missing.map((line) => `must say "${line}"`), ...more.map((line) => `may not say "${line}"`)];
      return wrong.map((what) => tell("I7", story, attempt.at, `"${attempt.key}" ${what}`));
    });
  });
}

/** A line that starts so, up to the end of a word. */
function hasLine(words: string, line: string): boolean {
  return words.split("\n").some((one) => one.includes(line) && !/^\d/.test(one.slice(one.indexOf(line) + line.length)));
}

const optional = ["Good weeks in a row: ", "Weeks before: ", "Their average: ", "where I had said"] as const;

/** Lines that are said only where there is something to say, and there was nothing. */
function surplus(words: string, lines: readonly string[]): readonly string[] {
  return words.split("\n").filter((one) => optional.some((start) => one.includes(start)) && !lines.some((line) => one.includes(line)));
}

function linesOf(story: Story, row: Row, { at }: Attempt, before: Said | undefined): readonly string[] {
  const { journal } = story;
  if (row.kind !== "weekly") return nudgeLines(journal, row.kind, row.on, at);
  return isSilentAt(journal, row.on, { at, since: beganBefore(story, row) }) ? [] : weeklyLines(journal, row.on, at, before);
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function nudgeLines(journal: Journal, kind: Exclude<Kind, "weekly">, day: number, at: number): readonly string[] {
  const wanted = (kind === "rest" ? wantedInTheMorning : wantedInTheEvening)(journal, at, day);
  const weekday = weekdays[weekdayOf(day) - 1] ?? "";
  switch (wanted?.kind) {
    case "rest":
      return [`${wanted.minutes} min strength yesterday.`];
    case "full":
      return [`${wanted.minutes} min strength, and ${weekday} is on your plan.`];
    case "training":
      return [
        `${weekday} is one of your days. ${askedAt(journal, at).plan?.minutes ?? 0} min this evening would bring you to ${wanted.minutes}.`,
      ];
    case undefined:
      return ["nothing, for there was nothing to say"];
  }
}

/** What a week comes to, in whole minutes, halves up. */
type Sums = { readonly strength: number; readonly aerobic: number; readonly days: readonly (readonly [day: number, minutes: number])[] };

function sumsOf(loggedMinutes: readonly Bout[], from: number): Sums {
  const inWeek = loggedMinutes.filter(({ day }) => from <= day && day < from + 7);
  const byDay = [...Map.groupBy(inWeek, ({ day }) => day)].toSorted(([one], [other]) => one - other);
  const days = byDay.map(([day, some]) => [day, total(some.map(({ strength }) => strength))] as const);
  return {
    strength: Math.floor(total(days.map(([, minutes]) => minutes)) + 0.5),
    aerobic: Math.floor(total(inWeek.map(({ aerobic }) => aerobic)) + 0.5),
    days: days.filter(([, minutes]) => minutes > 0),
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function weeklyLines(journal: Journal, on: number, at: number, before: Said | undefined): readonly string[] {
  const [asked, today] = [askedAt(journal, at), dayOn(journal, at)];
  const loggedMinutes = boutsAt(journal, at).filter(({ day }) => day <= today);
  const { strength, aerobic, days } = sumsOf(loggedMinutes, on);
  const past = pastSums(loggedMinutes, on).map((sums) => sums.strength);
  const latest = past.slice(-8);
  const [previous, streak] = [latest.at(-1), streakOf(past, { strength, on }, asked)];
  const name = nameOf(on, today);
  const list = days.map(([day, minutes]) => `${(weekdays[weekdayOf(day) - 1] ?? "").slice(0, 3)} ${minutes}`);
  return [
    `${name} ${ofMark(strength, asked)}`,
    ...(previous === undefined || previous === strength ? [] : [`, after ${previous} the week before.`]),
    `Strength: ${ofMark(strength, asked)}`,
    `Strength days: ${list.length === 0 ? "none" : `${joined(list)} min`}`,
    `Cardio: ${aerobic <= 300 ? `${aerobic} of 150–300` : aerobic} min`,
    ...(streak > 0 ? [`Good weeks in a row: ${streak}`] : []),
    ...(latest.length > 0 ? [`Weeks before: ${latest.join(", ")} min`] : []),
    ...(latest.length === 8 ? [`Their average: ${Math.round(total(latest) / 8)} min`] : []),
    ...corrections(loggedMinutes, today, before),
  ];
}

/** Who moves west in the minute in which feedback is due may be back in the week that it is on. */
function nameOf(on: number, today: number): string {
  if (on <= today && today < on + 7) return "This week";
  return on + 7 <= today && today < on + 14 ? "Last week" : `In the week of ${dateName(on, today)}`;
}

function ofMark(minutes: number, { band }: Asked): string {
  const { min, max } = band ?? { min: 40, max: 60 };
  return minutes <= max ? `${minutes} of ${min}–${max} min` : `${minutes} min`;
}

/** The weeks before the one that starts on `on`, from that of the first bout on, the oldest first. */
function pastSums(loggedMinutes: readonly Bout[], on: number): readonly Sums[] {
  const first = Math.min(...loggedMinutes.map(({ day }) => day));
  const weeks: Sums[] = [];
  for (let from = weekStart(first, weekdayOf(on)); from < on; from += 7) weeks.push(sumsOf(loggedMinutes, from));
  return weeks;
}

/** Good weeks in a row: one that is not good waits for the next, two end it, and those of a pause wait as long as it lasts. */
function streakOf(past: readonly number[], week: { readonly strength: number; readonly on: number }, asked: Asked): number {
  let [streak, bad] = [0, 0];
  for (const [ago, minutes] of [...past, week.strength].toReversed().entries()) {
    const isGood = minutes >= 30 && minutes <= 119;
    if (!isGood && pausesWeek(asked, week.on - 7 * ago)) continue;
    bad = isGood ? 0 : bad + 1;
    if (bad > 1) break;
    if (isGood) streak += 1;
  }
  return streak;
}

/** What feedback said of its week. */
type Said = { readonly key: string; readonly on: number; readonly strength: number; readonly aerobic: number };

function saidOf(journal: Journal, { key, on }: Row, at: number): Said {
  const today = dayOn(journal, at);
  const { strength, aerobic } = sumsOf(
    boutsAt(journal, at).filter(({ day }) => day <= today),
    on,
  );
  return { key, on, strength, aerobic };
}

/** What the feedback before said, where it is not true any more. */
function corrections(loggedMinutes: readonly Bout[], today: number, before: Said | undefined): readonly string[] {
  if (!before) return [];
  const is = sumsOf(loggedMinutes, before.on);
  const parts = [
    ...(is.strength === before.strength ? [] : [`${is.strength} min strength, where I had said ${before.strength}`]),
    ...(is.aerobic === before.aerobic ? [] : [`${is.aerobic} min cardio, where I had said ${before.aerobic}`]),
  ];
  return parts.length === 0
    ? []
    : [`In the week of ${dateName(before.on, today)} it is now ${joined(parts)}: it was changed after I wrote.`];
}

function joined(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Mon 2 Nov", with the year where it is another than today's. */
function dateName(day: number, today: number): string {
  const date = dateOf(day);
  const year = date.year === dateOf(today).year ? "" : ` ${date.year}`;
  return `${(weekdays[weekdayOf(day) - 1] ?? "").slice(0, 3)} ${date.day} ${months[date.month - 1] ?? ""}${year}`;
}
