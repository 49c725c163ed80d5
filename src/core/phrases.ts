/** Phrases shared by the texts in `voice`: minutes, days, names and lists. */

import { activityOf, shortName } from "#core/evidence/activities.ts";
import type { Status } from "#core/groups/board.ts";
import { holds, weekAfter, type Weekday, weekdayOf, weekdaysFrom } from "#core/lib/time.ts";
import { isMixed, type Session, strengthMinutes } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { goodRange, targetRangeOf } from "#core/training/dose.ts";
import type { WeekSummary } from "#core/training/week-summary.ts";

const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Tuesday". */
export function weekdayName(weekday: Weekday): string {
  return weekdayNames[weekday - 1] ?? "";
}

/** "Tue". */
export function shortWeekday(weekday: Weekday): string {
  return weekdayName(weekday).slice(0, 3);
}

/** "Tue 24 Nov", with the year if it is not this year. */
export function dateName(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const year = day.year === today.year ? "" : ` ${day.year}`;
  return `${shortWeekday(weekdayOf(day))} ${day.day} ${monthNames[day.month - 1]}${year}`;
}

/** "today", "yesterday", or the date. */
export function dayName(day: Temporal.PlainDate, today: Temporal.PlainDate): string {
  if (day.equals(today)) return "today";
  return day.equals(today.subtract({ days: 1 })) ? "yesterday" : dateName(day, today);
}

/** "Tuesday, Friday and Sunday". */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** "Tuesday and Friday", in the user's week order. */
export function weekdayList(days: readonly Weekday[], firstDay: Weekday): string {
  return list(
    weekdaysFrom(firstDay)
      .filter((day) => days.includes(day))
      .map(weekdayName),
  );
}

/** "1 session", "2,500 sessions". */
export function countOf(count: number, thing: string): string {
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : "s"}`;
}

/** "Ann on Discord". */
export function accountName({ platform, name }: Pick<Account, "platform" | "name">): string {
  return name === "" ? sentence(platform) : `${name} on ${sentence(platform)}`;
}

/** "40–60". */
export function range({ min, max }: { readonly min: number; readonly max: number }): string {
  return `${min}–${max}`;
}

/** A week, its user, and the current day for the user. */
export type Spoken = { readonly summary: WeekSummary; readonly user: User; readonly today: Temporal.PlainDate };

/** "this week", "last week", or the date on which the week starts. */
export function weekName({ summary: { week }, today }: Spoken): string {
  if (holds(week, today)) return "this week";
  const isLast = holds(weekAfter(week, 1), today);
  return isLast ? "last week" : `in the week of ${dateName(week.from, today)}`;
}

/** "this week 20 of 40–60 min". Above the range: only the minutes, and for a good week the range of good weeks. */
export function weekStatus(spoken: Spoken): string {
  const { minutes, isGood } = spoken.summary.dose;
  const mark = targetRangeOf(spoken.user);
  const sum = `${weekName(spoken)} ${comparedWithRange(minutes, mark)}`;
  return minutes <= mark.max ? sum : `${sum} strength${isGood ? `; ${goodWeeks}` : ""}`;
}

/** "90 of 150–300 min". Above the range: only the minutes. */
export function comparedWithRange(minutes: number, mark: { readonly min: number; readonly max: number }): string {
  return minutes <= mark.max ? `${minutes} of ${range(mark)} min` : `${minutes} min`;
}

/** "good weeks go from 30 to 119". */
export const goodWeeks = `good weeks go from ${goodRange.min} to ${goodRange.max}`;

/** The name of a session's activity: "strength", "run", or the user's own word. */
export function sessionActivityName(session: Session): string {
  return session.word ?? shortName(activityOf(session.activity));
}

/** "20 min strength". For a mixed session also how many minutes count as strength. */
export function sessionName(session: Session): string {
  const part = isMixed(session) ? ` (${strengthMinutes(session)} strength)` : "";
  return `${session.minutes} min ${sessionActivityName(session)}${part}`;
}

/** "20 min strength and 30 min walking for today". Each day is named once. */
export function sessionList(sessions: readonly Session[], today: Temporal.PlainDate): string {
  const byDay = Map.groupBy(sessions, ({ day }) => dayName(day, today));
  return list([...byDay].map(([day, onDay]) => `${list(onDay.map(sessionName))} for ${day}`));
}

/** `words` with an upper-case first letter. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "08:00". */
export function timeName(time: Temporal.PlainTime): string {
  return time.toString({ smallestUnit: "minute" });
}

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"] as const;
const ordinals = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
  "eleventh",
  "twelfth",
] as const;

/** "eight"; digits from 13 on. */
export function numberWord(count: number): string {
  return numbers[count] ?? String(count);
}

/** "sixth"; "13th" from 13 on. */
export function ordinal(count: number): string {
  const ending = ["th", "st", "nd", "rd"][Math.floor(count / 10) % 10 === 1 ? 0 : count % 10] ?? "th";
  return ordinals[count - 1] ?? `${count}${ending}`;
}

/** "Mon 30 Nov 08:00", in the user's time zone. */
export function momentName(instant: Temporal.Instant, { timeZone }: User, today: Temporal.PlainDate): string {
  const local = instant.toZonedDateTimeISO(timeZone);
  return `${dateName(local.toPlainDate(), today)} ${timeName(local.toPlainTime())}`;
}

/** The words for each status; the same for one member and for several. */
export const statusWords: Readonly<Record<Status, string>> = {
  good: "in their zone",
  way: "on the way",
  past: "past the good range",
  resting: "resting",
};
