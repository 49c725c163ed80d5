/** Converts model values to rows and back. Stored JSON is parsed here. A broken row throws. */

import { type LastAction, finalKinds, type MemberEdit, type SessionEdit } from "#core/model/last-action.ts";
import type { ActivityId, GroupId, Minutes, PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { Intensity, ZoneId } from "#core/evidence/evidence.ts";
import { type Member, shares } from "#core/model/group.ts";
import type { ClarificationAnswer, Clarification } from "#core/model/clarification.ts";
import type { Session } from "#core/model/session.ts";
import { type TimeZone, type Weekday, weekdays } from "#core/lib/time.ts";
import { createUser, type User } from "#core/model/user.ts";
import type { Tables } from "#drizzle/schema.ts";
import { z } from "zod";
import { checkSession, checkSize, maxAct, maxSettings } from "#src/store/sql/users/limits.ts";

/** A row of a table, as stored. */
export type Row<Name extends keyof Tables> = Readonly<Tables[Name]["$inferSelect"]>;

const intensities: readonly Intensity[] = ["light", "moderate", "vigorous"];

const name = <Name extends string>() => z.custom<Name>((value) => typeof value === "string" && value !== "");
const minutes = z.custom<Minutes>((value) => Number.isInteger(value));
/** The schema of a weekday. */
export const weekday = z.custom<Weekday>((value) => weekdays.some((known) => known === value));
const day = iso((text) => Temporal.PlainDate.from(text));
/** The schema of a wall time in ISO text. */
export const time = iso((text) => Temporal.PlainTime.from(text));
const instant = iso((text) => Temporal.Instant.from(text));
/** An optional value. JSON drops `undefined`, so it is stored as `null`. */
export const maybe = <Shape extends z.ZodType>(shape: Shape) => shape.nullable().transform((value) => value ?? undefined);

/** The schema of ISO text that `read` parses. */
function iso<Value>(read: (text: string) => Value) {
  return z.string().transform((text, context) => {
    try {
      return read(text);
    } catch {
      context.addIssue("it is not ISO 8601");
      return z.NEVER;
    }
  });
}

const preferencesSchema = z.object({
  feedback: maybe(z.object({ weekday, time })).exactOptional(),
  restNudges: z.boolean().exactOptional(),
  trainingNudges: z.boolean().exactOptional(),
  quietHours: maybe(z.object({ from: time, until: time })).exactOptional(),
  isStopped: z.boolean().exactOptional(),
  pauses: z.array(z.object({ from: day, until: day })).exactOptional(),
  over65: z.boolean().exactOptional(),
  band: maybe(z.object({ min: z.number(), max: z.number(), setOn: day })).exactOptional(),
  plan: maybe(z.object({ days: z.array(weekday), minutes })).exactOptional(),
  moved: maybe(z.object({ week: day, days: z.array(weekday) })).exactOptional(),
  words: z.record(z.string(), name<ActivityId>()).exactOptional(),
  told: z.array(name<ZoneId>()).exactOptional(),
  messagesOn: maybe(name<PlatformName>()).exactOptional(),
});

const userSchema = z
  .object({ id: name<UserId>(), joinedAt: z.int(), timeZone: name<TimeZone>(), firstDay: weekday, preferences: z.string() })
  .transform(userOf);

const sessionSchema: z.ZodType<Session> = z.object({
  id: name<SessionId>(),
  userId: name<UserId>(),
  activity: name<ActivityId>(),
  intensity: z.enum(["light", "moderate", "vigorous"]),
  minutes,
  shares: z.object({ strength: z.number(), aerobic: z.number() }),
  day,
  loggedAt: instant,
  note: z.string().exactOptional(),
  word: z.string().exactOptional(),
  origin: name<UserId>().exactOptional(),
  batch: name<UserId>().exactOptional(),
});

const editsSchema: z.ZodType<readonly SessionEdit[]> = z.array(
  z.object({ before: sessionSchema.exactOptional(), after: sessionSchema.exactOptional() }),
);

const memberSchema: z.ZodType<Member> = z.object({
  groupId: name<GroupId>(),
  userId: name<UserId>(),
  name: z.string(),
  share: z.enum(shares),
  joinedAt: instant,
  restsOn: maybe(day),
});

const otherSchema: z.ZodType<Pick<LastAction, "member" | "final">> = z.object({
  member: z.object({ before: memberSchema.exactOptional(), after: memberSchema }).exactOptional(),
  final: z.object({ what: z.enum(finalKinds), instead: z.string().exactOptional() }).exactOptional(),
});

const answerSchema: z.ZodType<ClarificationAnswer> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("means"), word: z.string(), activity: name<ActivityId>() }),
  z.object({ kind: z.literal("remember"), word: z.string(), activity: name<ActivityId>() }),
  z.object({ kind: z.literal("other"), word: z.string() }),
  z.object({ kind: z.literal("long") }),
  z.object({ kind: z.literal("drop") }),
]);

const askedSchema = z.object({ text: z.string(), saidOn: day, answered: z.array(answerSchema), answers: z.array(answerSchema) });

/** The row of a user who writes to us. Such a user is never detached and has no `partOf`. */
export type PersonRow = Omit<Row<"user">, "partOf" | "pending" | "version">;

/**
 * The row of `user`. Throws when the settings are larger than `maxSettings`. Defaults are left out: rows stay small, and a better default
 * reaches everybody.
 */
export function userRow(user: User): PersonRow {
  const { id, joinedAt, timeZone, firstDay, ...settings } = user;
  const usual = new Map(Object.entries(createUser(id, timeZone, joinedAt)).map(([key, value]) => [key, toJson(value)]));
  const changed = Object.entries(settings).filter(([key, value]) => toJson(value) !== usual.get(key));
  const preferences = JSON.stringify(Object.fromEntries(changed.map(([key, value]) => [key, value ?? null])));
  checkSize(preferences, maxSettings, "somebody's settings");
  return { id, joinedAt: joinedAt.epochMilliseconds, timeZone, firstDay, preferences };
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** The user of a row. */
export function userOf({ id, joinedAt, timeZone, firstDay, preferences }: PersonRow): User {
  const fresh = { ...createUser(id, timeZone, Temporal.Instant.fromEpochMilliseconds(joinedAt)), firstDay };
  return preferences === "{}" ? fresh : { ...fresh, ...parse(preferencesSchema, preferences, `the preferences of user "${id}"`) };
}

/** The row of `session`. */
export function sessionRow({ shares, day: on, loggedAt, note, word, origin, batch, ...same }: Session): Row<"session"> {
  return checkSession({
    ...same,
    strengthShare: shares.strength,
    aerobicShare: shares.aerobic,
    day: on.toString(),
    loggedAt: loggedAt.epochMilliseconds,
    note: note ?? null,
    word: word ?? null,
    origin: origin ?? null,
    batch: batch ?? null,
  });
}

/** The session of a row. It is parsed without zod, since every message reads a week of sessions. */
export function sessionOf(row: Row<"session">, day = Temporal.PlainDate.from(row.day)): Session {
  if (!intensities.includes(row.intensity)) throw broken(`session "${row.id}"`, `intensity: "${row.intensity}" is not one`);
  return {
    id: row.id,
    userId: row.userId,
    activity: row.activity,
    intensity: row.intensity,
    minutes: row.minutes,
    shares: { strength: row.strengthShare, aerobic: row.aerobicShare },
    day,
    loggedAt: Temporal.Instant.fromEpochMilliseconds(row.loggedAt),
    ...(row.note !== null && { note: row.note }),
    ...(row.word !== null && { word: row.word }),
    ...(row.origin !== null && { origin: row.origin }),
    ...(row.batch !== null && { batch: row.batch }),
  };
}

/** The sessions of `rows`, which are ordered by day. Sessions of one day share one date object. */
export function sessionsOf(rows: readonly Row<"session">[]): Session[] {
  let last: Session | undefined;
  let text: string | undefined;
  return rows.map((row) => {
    last = sessionOf(row, row.day === text ? last?.day : undefined);
    text = row.day;
    return last;
  });
}

/** The row of `act`. */
export function actRow({ userId, id, undone, sessions, user, batch, member, final }: LastAction): Row<"act"> {
  const settings = user ? JSON.stringify({ before: userRow(user.before), after: userRow(user.after) }) : null;
  return {
    userId,
    id,
    undone,
    sessions: checkSize(JSON.stringify(sessions), maxAct, "somebody's last act"),
    user: settings,
    batch: batch?.id ?? null,
    batchCount: batch?.count ?? null,
    other: member || final ? JSON.stringify({ ...(member ? { member: memberJson(member) } : {}), ...(final ? { final } : {}) }) : null,
  };
}

function memberJson({ before, after }: MemberEdit) {
  const placeOf = (member: Member) => ({ ...member, restsOn: member.restsOn ?? null });
  return { ...(before ? { before: placeOf(before) } : {}), after: placeOf(after) };
}

/** The act of a row. */
export function actOf({ userId, id, undone, sessions, user, batch, batchCount, other }: Row<"act">): LastAction {
  const where = `the act of user "${userId}"`;
  const ofBatch = batch === null ? {} : { batch: { id: batch, count: batchCount ?? 0 } };
  const rest = other === null ? {} : parse(otherSchema, other, where);
  const act = { id, userId, undone, sessions: parse(editsSchema, sessions, where), ...ofBatch, ...rest };
  return user === null ? act : { ...act, user: parse(z.object({ before: userSchema, after: userSchema }), user, where) };
}

/** The row of `question`. */
export function questionRow({ id, userId, ...asked }: Clarification): Row<"question"> {
  return { id, userId, asked: JSON.stringify(asked) };
}

/** The question of a row. */
export function questionOf({ id, userId, asked }: Row<"question">): Clarification {
  return { id, userId, ...parse(askedSchema, asked, `the question to user "${userId}"`) };
}

/** An optional instant as it is stored, in milliseconds. */
export function millisOf(instant: Temporal.Instant | undefined): number | null {
  return instant?.epochMilliseconds ?? null;
}

/** The optional instant of stored milliseconds. */
export function instantOf(millis: number | null): Temporal.Instant | undefined {
  return millis === null ? undefined : Temporal.Instant.fromEpochMilliseconds(millis);
}

/** Parses stored JSON. The error does not quote `text`: errors are logged, and the text is private. */
export function parse<Shape extends z.ZodType>(shape: Shape, text: string, where: string): z.infer<Shape> {
  const parsed = shape.safeParse(jsonOf(text, where));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw broken(where, `${issue?.path.join(".")}: ${issue?.message}`);
}

function jsonOf(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(where, "it is not JSON");
  }
}

/** The error of a row that this version did not write. */
export function broken(where: string, why: string): Error {
  return new Error(`Read ${where}: ${why}. The row was not written by this version: restore a copy, or correct the row`);
}
