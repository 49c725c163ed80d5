/** Parser of days, relative to the user's local day. */

import type { Match } from "#core/lib/match-tokens.ts";
import { type Weekday, weekdayOf } from "#core/lib/time.ts";

/** A parsed day, or the reason why there is none. */
export type ParsedDay =
  | { readonly kind: "day"; readonly day: Temporal.PlainDate }
  | { readonly kind: "no-such-day"; readonly said: string }
  /** The date is ambiguous; `likely` is the more likely reading. */
  | { readonly kind: "two-readings"; readonly said: string; readonly likely?: Temporal.PlainDate };

const weekdayNames: ReadonlyMap<string, Weekday> = new Map(
  [
    ["mon", "monday"],
    ["tue", "tues", "tuesday"],
    ["wed", "weds", "wednesday"],
    ["thu", "thur", "thurs", "thursday"],
    ["fri", "friday"],
    ["sat", "saturday"],
    ["sun", "sunday"],
  ].flatMap((names, index) => [...names, `${names.at(-1)}s`].map((name) => [name, (index + 1) as Weekday] as const)),
);

const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const partsOfDay: readonly string[] = ["morning", "afternoon", "evening", "night", "lunchtime"];

/** The weekday of a full or abbreviated lower-case name; undefined for anything else. */
export function findWeekday(word: string): Weekday | undefined {
  return weekdayNames.get(word);
}

function findMonth(word: string | undefined): number | undefined {
  if (word === undefined || word.length < 3) return undefined;
  const index = monthNames.findIndex((name) => name === word || name.slice(0, 3) === word || (word === "sept" && name === "september"));
  return index < 0 ? undefined : index + 1;
}

/** The user's local day, and their language on the platform as BCP 47, if reported. */
export type DayContext = { readonly today: Temporal.PlainDate; readonly locale?: string | undefined };

/** Matches a day at the start of the folded `words`; undefined when there is none. */
export function matchDay(words: readonly string[], here: DayContext): Match<ParsedDay> | undefined {
  const trimmed = words.map((word) => word.replace(/[.,:]$/, ""));
  return relativeDay(trimmed, here.today) ?? namedDay(trimmed, here.today) ?? writtenDate(words, trimmed, here);
}

function relativeDay(words: readonly string[], today: Temporal.PlainDate): Match<ParsedDay> | undefined {
  const [first = "", second = "", third = ""] = words;
  const back = (days: number, count: number): Match<ParsedDay> => ({
    count: partsOfDay.includes(words[count] ?? "") ? count + 1 : count,
    value: { kind: "day", day: today.subtract({ days }) },
  });
  if (first === "this" && partsOfDay.includes(second)) return back(0, 2);
  if (first === "last" && second === "night") return back(1, 2);
  if (first === "day" && second === "before" && third === "yesterday") return back(2, 3);
  if (first === "today" || first === "tonight") return back(0, 1);
  if (first === "yesterday" || first === "yest") return back(1, 1);
  if (first === "tomorrow") return back(-1, 1);
  const amount = first === "a" || first === "one" ? 1 : Number(/^\d{1,3}$/.exec(first)?.[0]);
  if (third !== "ago" || Number.isNaN(amount)) return undefined;
  if (/^days?$/.test(second)) return back(amount, 3);
  return /^weeks?$/.test(second) ? back(7 * amount, 3) : undefined;
}

function namedDay(words: readonly string[], today: Temporal.PlainDate): Match<ParsedDay> | undefined {
  const [first = "", second = ""] = words;
  const hasPrefix = ["last", "this", "next", "on"].includes(first);
  const weekday = findWeekday(hasPrefix ? second : first);
  if (weekday === undefined) return undefined;
  const ago = (weekdayOf(today) - weekday + 7) % 7;
  const ahead = weekdayOf(today) < weekday ? ago - 7 : ago;
  const days = hasPrefix ? ({ last: ago || 7, this: ahead, next: ago - 7 }[first] ?? ago) : ago;
  const count = hasPrefix ? 2 : 1;
  return { count: partsOfDay.includes(words[count] ?? "") ? count + 1 : count, value: { kind: "day", day: today.subtract({ days }) } };
}

function writtenDate(words: readonly string[], trimmed: readonly string[], here: DayContext): Match<ParsedDay> | undefined {
  const { today } = here;
  const [first = ""] = trimmed;
  const said = words[0] ?? "";
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(first);
  if (iso) return { count: 1, value: dateOf({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, said) };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(said) ?? /^(\d{1,2})[.-](\d{1,2})[.-](\d{4})$/.exec(first);
  if (dotted) return { count: 1, value: dateNear(Number(dotted[1]), Number(dotted[2]), { year: dotted[3], said, today }) };
  const slashed = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(first);
  if (slashed) return { count: 1, value: slashedDate(Number(slashed[1]), Number(slashed[2]), { year: slashed[3], said, ...here }) };
  return withMonth(trimmed, today);
}

/** `20 nov`, `20th of november 2026`, `nov 20`, `20nov`. */
function withMonth(words: readonly string[], today: Temporal.PlainDate): Match<ParsedDay> | undefined {
  const [first = "", second = ""] = words;
  const joined = /^(\d{1,2})([a-z]{3,9})$/.exec(first);
  if (joined && findMonth(joined[2])) return dated({ words, count: 1, today }, joined[1], joined[2]);
  const [, , third = "", fourth = ""] = words;
  const isEither = [first, third].every((word) => /^\d{1,2}$/.test(word) && Number(word) <= 31) && !/^(m|min|h|hour)/.test(fourth);
  if (findMonth(second) && isEither) return { count: 3, value: { kind: "two-readings", said: `${first} ${second} ${third}` } };
  if (findMonth(first)) return dated({ words, count: 2, today }, second, first);
  return second === "of" ? dated({ words, count: 3, today }, first, words[2]) : dated({ words, count: 2, today }, first, second);
}

type Dated = { readonly words: readonly string[]; readonly count: number; readonly today: Temporal.PlainDate };

/** The date of the first `count` words, and of the year after them, if any. */
function dated({ words, count, today }: Dated, day: string | undefined, month: string | undefined): Match<ParsedDay> | undefined {
  const number = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(day ?? "")?.[1];
  const found = findMonth(month);
  if (number === undefined || found === undefined || Number(number) > 31) return undefined;
  const year = /^\d{4}$/.exec(words[count] ?? "")?.[0];
  const value = dateNear(Number(number), found, { year, said: words.slice(0, count).join(" "), today });
  return { count: year === undefined ? count : count + 1, value };
}

type Near = { readonly year: string | undefined; readonly said: string; readonly today: Temporal.PlainDate };

/**
 * Parses `5/6` and `5/6/2026`. Half of the world writes the day first. When both readings are dates, neither is assumed. The locale only
 * decides which one is offered, because most users keep their platform's default language.
 */
function slashedDate(first: number, second: number, { locale, ...near }: Near & DayContext): ParsedDay {
  const isMonth = (number: number): boolean => number >= 1 && number <= 12;
  if (!isMonth(first) || !isMonth(second) || first === second)
    return first > 12 ? dateNear(first, second, near) : dateNear(second, first, near);
  const readings = [dateNear(first, second, near), dateNear(second, first, near)];
  const days = (isMonthFirst(locale) ? readings.toReversed() : readings).flatMap((reading) => (reading.kind === "day" ? reading.day : []));
  const likely = days.find((day) => Temporal.PlainDate.compare(day, near.today) <= 0) ?? days[0];
  return { kind: "two-readings", said: near.said, ...(likely ? { likely } : {}) };
}

/** Checks the platform's locale, because Intl throws on an invalid one. */
function isLocale(locale: string | undefined): locale is string {
  return locale !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale);
}

/** Whether dates in `locale` put the month before the day. */
function isMonthFirst(locale: string | undefined): boolean {
  const [known] = isLocale(locale) ? Intl.DateTimeFormat.supportedLocalesOf(locale) : [];
  if (!known) return false;
  const parts = new Intl.DateTimeFormat(known, { month: "numeric", day: "numeric" }).formatToParts(0);
  return parts.find(({ type }) => type === "month" || type === "day")?.type === "month";
}

/** A date without a year that is further ahead than this is read as last year's. */
const soon = { months: 1 };

/** A date without a year is in the past, unless it is soon: in January "31 dec" is past; on 23 November "25 nov" is ahead. */
function dateNear(day: number, month: number, { year, said, today }: Near): ParsedDay {
  if (year !== undefined) return dateOf({ year: Number(year), month, day }, said);
  const latest = today.add(soon);
  const years = [latest.year, latest.year - 1];
  const found = years.map((candidate) => dateOf({ year: candidate, month, day }, said)).filter((date) => date.kind === "day");
  return found.find((date) => Temporal.PlainDate.compare(date.day, latest) <= 0) ?? { kind: "no-such-day", said };
}

function dateOf(fields: { readonly year: number; readonly month: number; readonly day: number }, said: string): ParsedDay {
  try {
    return { kind: "day", day: Temporal.PlainDate.from(fields, { overflow: "reject" }) };
  } catch {
    return { kind: "no-such-day", said };
  }
}
