/** The grammar of `/log`: parses text into entries, a clarification, or a refusal that quotes the fault. */

import { activityOf, type Effort, efforts, findNear, maxNameWords } from "#core/evidence/activities.ts";
import { type NamedActivity, matchActivity, type Vocabulary } from "./activity-name.ts";
import { type ParsedDay, matchDay } from "./day.ts";
import { type ParsedDuration, matchDuration } from "./duration.ts";
import type { Activity, AmbiguousTerm } from "#core/evidence/evidence.ts";
import { isRefusal, type LogRefusalKind, type Refusal, refuse } from "#core/model/refusal.ts";
import { type Tokens, type Match, matchAll } from "#core/lib/match-tokens.ts";
import { clean, fold, foldWord, isIllFormed, maxTextLength, quotable } from "#core/lib/text.ts";

/** The range of minutes of one session, and the most that are logged without a clarification. */
export const sessionMinutes = { min: 1, max: 600, askAbove: 240 } as const;

/** The most characters of a note. */
export const maxNoteLength = 200;

/** A note in its stored form; undefined when it is too long or has control characters or lone surrogates. */
export function parseNote(said: string): string | undefined {
  if (said.length > maxTextLength) return undefined;
  const note = clean(said).trim();
  return isIllFormed(note) || Array.from(note).length > maxNoteLength ? undefined : note;
}

/** One session as the user wrote it. */
export type LogEntry = {
  readonly activity: Activity;
  /** The user's own word for the activity, when the catalogue lacks it. */
  readonly word?: string;
  readonly minutes: number;
  readonly day: Temporal.PlainDate;
  readonly effort?: Effort;
  readonly note?: string;
};

/** A question to ask before anything is logged. */
export type ClarificationRequest =
  | { readonly kind: "near"; readonly word: string; readonly options: readonly Activity[] }
  | { readonly kind: "ambiguous"; readonly word: string; readonly term: AmbiguousTerm; readonly options: readonly Activity[] }
  | { readonly kind: "unknown"; readonly word: string }
  | { readonly kind: "long"; readonly entries: readonly LogEntry[] };

/** The context of parsing. */
export type ParseContext = Vocabulary & {
  readonly today: Temporal.PlainDate;
  /** The user's language on the platform as BCP 47, if reported. */
  readonly locale?: string | undefined;
  /** The day of an entry without one; today when absent. */
  readonly usualDay?: Temporal.PlainDate;
};

/** The entries in their order in the text, or a clarification, or a refusal. */
export type ParsedLog =
  | { readonly kind: "entries"; readonly entries: readonly LogEntry[] }
  | { readonly kind: "clarification"; readonly clarification: ClarificationRequest }
  | Refusal;

type Draft = Omit<LogEntry, "activity"> & { readonly activity: Activity | ClarificationRequest };
type EntryText = { readonly words: readonly string[]; readonly note: string; readonly said: string };

/** Parses the arguments of `/log`. One fault refuses all entries. */
export function parseEntries(text: string, reader: ParseContext): ParsedLog {
  const drafts = splitEntries(text).map((part) => parseEntry(part, reader));
  const refusal = drafts.find(isRefusal);
  if (refusal) return refusal;
  const read = drafts.filter((draft): draft is Draft => !isRefusal(draft));
  if (read.length === 0) return refuse("empty", "", "/log 20 strength");
  const request = read.map(({ activity }) => activity).find((activity) => "kind" in activity);
  if (request) return { kind: "clarification", clarification: request };
  const entries = read.filter((draft): draft is LogEntry => !("kind" in draft.activity));
  const long = entries.filter(({ minutes }) => minutes > sessionMinutes.askAbove);
  const isConfirmed = reader.answered.some(({ kind }) => kind === "long");
  return long.length > 0 && !isConfirmed
    ? { kind: "clarification", clarification: { kind: "long", entries: long } }
    : { kind: "entries", entries };
}

/** Commas, semicolons, pluses and line breaks separate sessions, except in a note. A comma between digits does not. */
const separator = /(?<!\d),|,(?!\d)|[;+\n\r]/;

function splitEntries(text: string): readonly EntryText[] {
  const parts = [{ plain: "", note: "" }];
  for (const [index, piece] of clean(text)
    .split(/["“”„«»]/)
    .entries()) {
    const last = parts.at(-1);
    if (last && index % 2 === 1) last.note = `${last.note} ${piece.trim()}`.trim();
    if (index % 2 === 1) continue;
    const [first = "", ...others] = piece.split(separator);
    if (last) last.plain = `${last.plain} ${first}`.trim();
    parts.push(...others.map((plain) => ({ plain: plain.trim(), note: "" })));
  }
  return parts
    .filter(({ plain, note }) => plain !== "" || note !== "")
    .map(({ plain, note }) => ({
      words: fold(plain)
        .split(/\s+/)
        .filter((word) => word !== ""),
      note,
      said: quotable(plain),
    }));
}

function parseEntry(part: EntryText, reader: ParseContext): Draft | Refusal {
  const named = matchActivity(part.words, reader);
  const days = matchAll(named.left, (words) => matchDay(words, reader));
  const durations = matchAll(days.left, matchDuration);
  const efforts = matchAll(durations.left, matchEffort);
  const fillers = matchAll(efforts.left, matchFiller);
  const unknown = fillers.left.flat().join(" ");
  const isOneName = fillers.left.length === 1 && fillers.left.flat().length <= maxNameWords;
  const example = `/log 20 ${named.name && named.name.meaning.kind !== "not-training" ? named.name.said : "strength"}`;
  const no = (kind: LogRefusalKind, said = part.said): Refusal => refuse(kind, said, example);

  if (named.name?.meaning.kind === "not-training") return no("not-training", named.name.said);
  if (named.others > 0) return refuse("two-activities", part.said, "/log 20 strength, 30 walk");
  const on = (said: ParsedDay | undefined): string =>
    ((said?.kind === "two-readings" ? said.likely : undefined) ?? reader.today).toString();
  const day = oneDay(days.found, reader, (kind, said = part.said) => refuse(kind, said, `${example} ${on(days.found[0])}`));
  if (isRefusal(day)) return day;
  const minutes = oneDuration(durations.found, no);
  if (typeof minutes !== "number") return minutes;
  if (!named.name && unknown === "") return refuse("no-activity", part.said, `/log ${minutes} strength`);
  if (unknown !== "" && (named.name || !isOneName)) {
    return refuse("unknown-words", quotable(unknown), `/log ${minutes} ${named.name?.said ?? "strength"} "${quotable(unknown)}"`);
  }
  const note = parseNote(part.note);
  if (note === undefined) return no("long-note", quotable(part.note));
  const activity = named.name ? resolve(named.name.meaning, named.name.said) : guessActivity(unknown, reader);
  return {
    ...("kind" in activity ? { activity } : { activity: activity.activity, ...(activity.word ? { word: activity.word } : {}) }),
    minutes,
    day,
    ...(efforts.found[0] ? { effort: efforts.found[0] } : {}),
    ...(note === "" ? {} : { note }),
  };
}

function resolve(
  meaning: NamedActivity["meaning"],
  said: string,
): { readonly activity: Activity; readonly word?: string } | ClarificationRequest {
  if (meaning.kind === "ambiguous")
    return { kind: "ambiguous", word: foldWord(said), term: meaning.term, options: optionsOf(meaning.term) };
  if (meaning.kind === "own") return { activity: meaning.activity, word: meaning.word };
  if (meaning.kind === "activity") return { activity: meaning.activity };
  throw new Error(`Read "${said}": what is no training must be refused before`);
}

function optionsOf({ default: usual, others }: AmbiguousTerm): readonly Activity[] {
  return [...(usual ? [usual] : []), ...others].map(activityOf);
}

function guessActivity(unknown: string, reader: ParseContext): ClarificationRequest {
  const word = foldWord(unknown);
  const isOther = reader.answered.some((answer) => answer.kind === "other" && answer.word === word);
  const options = isOther ? [] : findNear(word);
  return options.length > 0 ? { kind: "near", word: quotable(unknown), options } : { kind: "unknown", word: quotable(unknown) };
}

type Refuse = (kind: LogRefusalKind, said?: string) => Refusal;

function oneDuration(found: readonly ParsedDuration[], no: Refuse): number | Refusal {
  const [first, second] = found;
  if (!first) return no("no-time");
  if (second) return refuse("two-times", no("two-times").said, "/log 20 strength, 30 walk");
  if (first.kind === "fraction") return no("fraction", quotable(first.said));
  const { min, max } = sessionMinutes;
  return first.minutes < min || first.minutes > max ? no("minutes-range", quotable(first.said)) : first.minutes;
}

function oneDay(found: readonly ParsedDay[], { today, usualDay }: ParseContext, no: Refuse): Temporal.PlainDate | Refusal {
  const [first, ...others] = found;
  if (!first) return usualDay ?? today;
  if (!others.every((other) => other.kind === "day" && first.kind === "day" && other.day.equals(first.day))) return no("two-days");
  if (first.kind !== "day") return no(first.kind, quotable(first.said));
  if (Temporal.PlainDate.compare(first.day, today) > 0) return no("future", first.day.toString());
  return Temporal.PlainDate.compare(first.day, today.subtract({ years: 1 })) < 0 ? no("too-old", first.day.toString()) : first.day;
}

const effortWords: Readonly<Record<Effort, readonly string[]>> = {
  easy: ["easy", "light", "gentle", "relaxed"],
  moderate: ["moderate", "medium", "steady"],
  hard: ["hard", "vigorous", "intense", "tough"],
};

function matchEffort([word = ""]: Tokens): Match<Effort> | undefined {
  const effort = efforts.find((candidate) => effortWords[candidate].includes(word));
  return effort && { count: 1, value: effort };
}

const fillers = new Set([
  "of",
  "for",
  "on",
  "at",
  "in",
  "a",
  "an",
  "the",
  "my",
  "some",
  "did",
  "i",
  "was",
  "with",
  "and",
  "-",
  "min",
  "minutes",
]);

function matchFiller([word = ""]: Tokens): Match<string> | undefined {
  return fillers.has(word) || foldWord(word) === "" ? { count: 1, value: word } : undefined;
}
