/** A row of a table, or a session of our own JSON, as a session that comes in. */

import { activityOf, efforts, findMeaning, findNear, intensityOf, isActivity, shortName } from "../activity.ts";
import type { ActivityId, Minutes, SessionId } from "../brand.ts";
import { sessionForm } from "../archive-shape.ts";
import { readDuration } from "../duration.ts";
import { longestNote, sessionMinutes } from "../entry.ts";
import type { Intensity } from "../evidence.ts";
import { clean, fold, foldWord, isIllFormed, quotable } from "../text.ts";
import type { User } from "../user.ts";
import type { Columns, Part } from "./columns.ts";
import { type Order, readDate } from "./dates.ts";
import type { ImportRefusal, ReadRow, RowRefusalKind } from "./incoming.ts";

/** What a row is read with. */
export type RowReader = {
  readonly columns: Columns;
  readonly order: Order;
  readonly today: Temporal.PlainDate;
  readonly words: User["words"];
};

const intensities: readonly Intensity[] = ["light", "moderate", "vigorous"];

/** Reads the `cells` of the row at line `row`. */
export function readRow(cells: readonly string[], row: number, { columns, order, today, words }: RowReader): ReadRow {
  const cell = (part: Part): string => unquoted(cells[columns[part] ?? -1] ?? "");
  const no = (kind: RowRefusalKind, said: string): ImportRefusal => ({ kind, said: quotable(said), row });
  const day = readDate(cell("date"), order);
  if (day === undefined || day === "two-ways") return no(day ?? "date", cell("date"));
  if (Temporal.PlainDate.compare(day, today) > 0) return no("future", cell("date"));
  const minutes = readMinutes(cell("minutes"));
  if (minutes === undefined) return no("minutes", cell("minutes"));
  const activity = readActivity(cell("activity"), words);
  if (typeof activity !== "string") return no("activity", `${cell("activity")}${activity.near ? ` (${activity.near}?)` : ""}`);
  const known = activityOf(activity);
  const effort = fold(cell("intensity")).trim();
  const intensity =
    intensities.find((one) => one === effort) ??
    efforts.flatMap((one) => (one === effort ? [intensityOf(known, one)] : [])).at(0) ??
    (effort === "" ? known.intensity : undefined);
  if (!intensity) return no("intensity", cell("intensity"));
  const note = clean(cell("note")).trim();
  if (isIllFormed(note) || Array.from(note).length > longestNote) return no("note", note);
  const shares = { strength: shareOf(cell("strengthShare")), aerobic: shareOf(cell("aerobicShare")) };
  const hasShares = shares.strength !== undefined && shares.aerobic !== undefined;
  const word = cell("word");
  return {
    activity,
    intensity,
    minutes,
    shares: hasShares ? { strength: shares.strength ?? 0, aerobic: shares.aerobic ?? 0 } : known.suggested_split,
    day,
    ...(note === "" ? {} : { note }),
    ...(word === "" ? {} : { word: quotable(word) }),
    ...named(cell("id"), cell("loggedAt")),
  };
}

/** What stands before a formula in our own CSV is no part of the cell. */
function unquoted(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/u, "").trim();
}

/** `45`, `45 min`, `1h15`, `0:45:30`: whole minutes, rounded. */
function readMinutes(said: string): Minutes | undefined {
  const [, hours, minutes, seconds] = /^(\d{1,2}):([0-5]\d):([0-5]\d)(?:\.\d+)?$/.exec(said) ?? [];
  const clock = seconds === undefined ? undefined : Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  const decimal = /^\d{1,3}[.,]\d{1,6}$/.test(said) ? Number(said.replace(",", ".")) : undefined;
  const words = fold(said).trim().split(/\s+/);
  const read = clock === undefined && decimal === undefined ? readDuration(words) : undefined;
  const spoken = read?.count === words.length && read.value.kind === "minutes" ? read.value.minutes : undefined;
  const whole = Math.round(clock ?? decimal ?? spoken ?? 0);
  return whole >= sessionMinutes.min && whole <= sessionMinutes.max ? (whole as Minutes) : undefined;
}

/** The activity that a cell names; what is near to it where it names none. "Weight Training" and "Run" are as good as ours. */
function readActivity(said: string, words: User["words"]): ActivityId | { readonly near: string | undefined } {
  const word = foldWord(said);
  const own = Object.hasOwn(words, word) ? words[word] : undefined;
  if (own && isActivity(own)) return own;
  const meaning = findMeaning(word);
  if (meaning?.kind === "activity") return meaning.activity.id;
  const usual = meaning?.kind === "ambiguous" ? meaning.term.default : undefined;
  if (usual) return usual;
  if (isActivity(said)) return said as ActivityId;
  const [near] = findNear(word);
  return { near: near && shortName(near) };
}

function shareOf(said: string): number | undefined {
  const share = said === "" ? Number.NaN : Number(said.replace(",", "."));
  return share >= 0 && share <= 1 ? share : undefined;
}

/** An id that was ours, and when it was logged, so that it is known again. */
function named(id: string, loggedAt: string): { readonly id?: SessionId; readonly loggedAt?: Temporal.Instant } {
  const at = instantOf(loggedAt);
  const isId = /^[\w.-]{1,80}$/.test(id);
  return at ? { loggedAt: at, ...(isId ? { id: id as SessionId } : {}) } : {};
}

function instantOf(text: string): Temporal.Instant | undefined {
  try {
    return text === "" ? undefined : Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}

/** Reads the session at place `row`, from 1, of our own JSON. */
export function readSession(value: unknown, row: number, today: Temporal.PlainDate): ReadRow {
  const read = sessionForm.safeParse(value);
  const no = (kind: RowRefusalKind, said: string): ImportRefusal => ({ kind, said: quotable(said), row });
  if (!read.success) return no("form", `${read.error.issues[0]?.path.join(".") ?? ""}: ${read.error.issues[0]?.message ?? ""}`);
  const { id, activity, intensity, minutes, strengthShare, aerobicShare, note, word, loggedAt } = read.data;
  if (!isActivity(activity)) return no("activity", activity);
  const day = Temporal.PlainDate.from(read.data.day);
  if (Temporal.PlainDate.compare(day, today) > 0) return no("future", read.data.day);
  if (note !== undefined && (isIllFormed(note) || Array.from(note).length > longestNote)) return no("note", note);
  return {
    activity: activity as ActivityId,
    intensity,
    minutes: minutes as Minutes,
    shares: { strength: strengthShare, aerobic: aerobicShare },
    day,
    ...(note === undefined ? {} : { note: clean(note) }),
    ...(word === undefined ? {} : { word: quotable(word) }),
    ...named(id, loggedAt),
  };
}
