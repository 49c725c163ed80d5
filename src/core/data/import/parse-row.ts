/** Parses a table row, or a session of our own JSON, into an imported session. */

import { activityOf, efforts, findMeaning, findNear, intensityOf, isActivity, shortName } from "#core/evidence/activities.ts";
import { isSplit } from "#core/evidence/activity-schema.ts";
import { type ActivityId, type Minutes, type SessionId, sessionIdOf } from "#core/lib/ids.ts";
import { sessionSchema } from "#core/data/export-schema.ts";
import { matchDuration } from "#core/parsing/duration.ts";
import { parseNote, sessionMinutes } from "#core/parsing/log-entries.ts";
import type { Intensity } from "#core/evidence/evidence.ts";
import { couldMean } from "#core/parsing/own-words.ts";
import type { Split } from "#core/model/session.ts";
import { fold, foldWord, quotable } from "#core/lib/text.ts";
import type { User } from "#core/model/user.ts";
import type { Columns, Part } from "./columns.ts";
import { type Order, readDate } from "./dates.ts";
import { earliestDay, type ImportRefusal, type RowResult, type RowRefusalKind } from "#core/model/import.ts";

/** The settings for reading a row. */
export type RowReader = {
  readonly columns: Columns;
  readonly order: Order;
  readonly today: Temporal.PlainDate;
  readonly words: User["words"];
  /** Whether the refusal text is not shown. Then the slow search for similar activity names is skipped. */
  readonly isBrief?: boolean;
};

const intensities: readonly Intensity[] = ["light", "moderate", "vigorous"];

/** Parses the `cells` of line `row` into a session or a refusal. */
export function readRow(cells: readonly string[], row: number, { columns, order, today, words, isBrief = false }: RowReader): RowResult {
  const cell = (part: Part): string => unquoted(cells[columns[part] ?? -1] ?? "");
  const no = (kind: RowRefusalKind, said: string): ImportRefusal => ({ kind, said: quotable(said), row });
  const day = readDate(cell("date"), order);
  if (day === undefined || day === "two-ways") return no(day ?? "date", cell("date"));
  const misdated = checkDay(day, today);
  if (misdated) return no(misdated, cell("date"));
  const minutes = readMinutes(cell("minutes"));
  if (minutes === undefined) return no("minutes", cell("minutes"));
  const activity = readActivity(cell("activity"), words);
  if (activity === undefined) return no("activity", `${cell("activity")}${isBrief ? "" : nearTo(cell("activity"))}`);
  const known = activityOf(activity);
  const effort = fold(cell("intensity")).trim();
  const intensity =
    intensities.find((one) => one === effort) ??
    efforts.flatMap((one) => (one === effort ? [intensityOf(known, one)] : [])).at(0) ??
    (effort === "" ? known.intensity : undefined);
  if (!intensity) return no("intensity", cell("intensity"));
  const note = parseNote(cell("note"));
  if (note === undefined) return no("note", cell("note"));
  const shares = readShares(cell("strengthShare"), cell("aerobicShare"));
  if (shares === "bad") return no("shares", `${cell("strengthShare")} and ${cell("aerobicShare")}`);
  const word = readWord(cell("word"), activity);
  if (word === undefined) return no("word", cell("word"));
  const named = readNamed(cell("id"), cell("loggedAt"), today);
  if (!named) return no("logged-at", cell("loggedAt"));
  const said = { ...(note === "" ? {} : { note }), ...(word === "" ? {} : { word }) };
  return { activity, intensity, minutes, shares: shares ?? known.suggested_split, day, ...said, ...named };
}

/** Why `day` is not allowed for a session; undefined if it is. */
function checkDay(day: Temporal.PlainDate, today: Temporal.PlainDate): RowRefusalKind | undefined {
  if (Temporal.PlainDate.compare(day, today) > 0) return "future";
  return Temporal.PlainDate.compare(day, earliestDay) < 0 ? "too-old" : undefined;
}

/** Removes the quote that our own CSV puts before a formula. */
function unquoted(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/u, "").trim();
}

/** Parses `45`, `45 min`, `1h15` or `0:45:30` to whole minutes, rounded; undefined if unreadable or out of range. */
function readMinutes(said: string): Minutes | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.\d+)?$/.exec(said) ?? [];
  const clock = seconds === undefined ? undefined : Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  const decimal = /^\d{1,3}[.,]\d{1,6}$/.test(said) ? Number(said.replace(",", ".")) : undefined;
  const words = fold(said).trim().split(/\s+/);
  const read = clock === undefined && decimal === undefined ? matchDuration(words) : undefined;
  const spoken = read?.count === words.length && read.value.kind === "minutes" ? read.value.minutes : undefined;
  const whole = Math.round(clock ?? decimal ?? spoken ?? 0);
  return whole >= sessionMinutes.min && whole <= sessionMinutes.max ? (whole as Minutes) : undefined;
}

/** The activity that a cell names. Names of other programs, like "Weight Training" and "Run", are accepted. */
function readActivity(said: string, words: User["words"]): ActivityId | undefined {
  const word = foldWord(said.slice(0, longestCell));
  const own = Object.hasOwn(words, word) ? words[word] : undefined;
  if (own && isActivity(own)) return own;
  const meaning = findMeaning(word);
  if (meaning?.kind === "activity") return meaning.activity.id;
  const usual = meaning?.kind === "ambiguous" ? meaning.term.default : undefined;
  return usual ?? (isActivity(said) ? said : undefined);
}

/** Maximum letters of a cell that are matched against names. */
const longestCell = 200;

/** The activity with the most similar spelling, as a question; empty if there is none. */
function nearTo(said: string): string {
  const [near] = findNear(foldWord(said.slice(0, longestCell)));
  return near ? ` (${shortName(near)}?)` : "";
}

/** The shares of two cells; undefined if both are empty, "bad" if they are not a valid split. */
function readShares(strength: string, aerobic: string): Split | "bad" | undefined {
  if (strength === "" && aerobic === "") return undefined;
  const shares = { strength: shareOf(strength), aerobic: shareOf(aerobic) };
  return isSplit(shares) ? shares : "bad";
}

function shareOf(said: string): number {
  return /^[01](?:[.,]\d{1,18})?$/.test(said) ? Number(said.replace(",", ".")) : Number.NaN;
}

/** The user's own word for `activity`. Empty if the catalogue contains it; undefined if `/log` would reject it. */
function readWord(said: string, activity: ActivityId): string | undefined {
  if (said === "") return "";
  if (said.length > longestCell || fold(said) !== said || quotable(said) !== said) return undefined;
  const word = foldWord(said);
  if (findMeaning(word)?.kind === "activity") return "";
  return couldMean(said, activity) ? said : undefined;
}

/** The exported id and log time, used to find duplicates. Undefined if the time is invalid, too old or in the future. */
function readNamed(
  id: string,
  loggedAt: string,
  today: Temporal.PlainDate,
): { readonly id?: SessionId; readonly loggedAt?: Temporal.Instant } | undefined {
  if (loggedAt === "") return {};
  const at = instantOf(loggedAt);
  if (!at) return undefined;
  const day = at.toZonedDateTimeISO("UTC").toPlainDate();
  // Some time zones are a day ahead.
  const isBetween = checkDay(day, today.add({ days: 1 })) === undefined;
  return isBetween ? { loggedAt: at, ...(/^[\w.-]{1,80}$/.test(id) ? { id: sessionIdOf(id) } : {}) } : undefined;
}

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/** Parses session number `row`, from 1, of our own JSON. */
export function readSession(value: unknown, row: number, today: Temporal.PlainDate): RowResult {
  const read = sessionSchema.safeParse(value);
  const no = (kind: RowRefusalKind, said: string): ImportRefusal => ({ kind, said: quotable(said), row });
  if (!read.success) return no("form", read.error.issues[0]?.path.join(".") ?? "");
  const { id, activity, intensity, minutes, strengthShare, aerobicShare, note = "", word = "", loggedAt } = read.data;
  if (!isActivity(activity)) return no("activity", activity);
  const day = Temporal.PlainDate.from(read.data.day);
  const misdated = checkDay(day, today);
  if (misdated) return no(misdated, read.data.day);
  const kept = parseNote(note);
  if (kept === undefined) return no("note", note);
  const shares = { strength: strengthShare, aerobic: aerobicShare };
  if (!isSplit(shares)) return no("shares", `${strengthShare} and ${aerobicShare}`);
  const named = readNamed(id, loggedAt, today);
  if (!named) return no("logged-at", loggedAt);
  const own = readWord(word, activity);
  if (own === undefined) return no("word", word);
  const said = { ...(kept === "" ? {} : { note: kept }), ...(own === "" ? {} : { word: own }) };
  return { activity: activity, intensity, minutes: minutes as Minutes, shares, day, ...said, ...named };
}
