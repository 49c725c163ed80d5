/** Export of a user's data: a CSV of the sessions and a JSON of everything. `docs/guide/export-format.md` describes both. */

import type { LastAction } from "#core/model/last-action.ts";
import { activityOf, shortName } from "#core/evidence/activities.ts";
import type { DetachedRecords, UserData, UserRecords, UserMembership } from "#core/model/user-data.ts";
import { csvOf } from "#core/lib/csv.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import type { Member } from "#core/model/group.ts";
import type { Block } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import type { User } from "#core/model/user.ts";

/** The marker that identifies our JSON files, and the version of the format. */
export const exportFormat = { format: "sweetspot-export", version: 1 } as const;

/** The columns of the CSV, in order. */
export const columns = [
  "date",
  "activity",
  "minutes",
  "intensity",
  "note",
  "strength share",
  "aerobic share",
  "own word",
  "logged at",
  "id",
] as const;

/** Sessions a slice; one slice takes a millisecond or two. */
const batchSize = 250;

/** Work in slices: the caller may do other work at each `yield`. */
export type Slices<Value> = Generator<undefined, Value>;

/** The CSV and JSON files of `userData`, named after the user's local day at `now`. */
export function* composeFiles(userData: UserData, now: Temporal.Instant): Slices<readonly Block[]> {
  const day = now.toZonedDateTimeISO(userData.user.timeZone).toPlainDate().toString();
  const csv = yield* composeCsv(userData.sessions);
  const json = yield* composeJson(userData, now);
  return [
    { kind: "file", name: `sweetspot-${day}.csv`, type: "text/csv", content: csv },
    { kind: "file", name: `sweetspot-${day}.json`, type: "application/json", content: json },
  ];
}

/** The sessions as CSV, in the given order. */
export function sessionsAsCsv(sessions: readonly Session[]): string {
  return runToEnd(composeCsv(sessions));
}

/** All of `userData` as JSON, one session a line. */
export function exportAsJson(userData: UserData, now: Temporal.Instant): string {
  return runToEnd(composeJson(userData, now));
}

function runToEnd<Value>(slices: Slices<Value>): Value {
  let next = slices.next();
  while (!next.done) next = slices.next();
  return next.value;
}

function* composeCsv(sessions: readonly Session[]): Slices<string> {
  const parts = [csvOf([columns])];
  for (let at = 0; at < sessions.length; at += batchSize) {
    parts.push(csvOf(sessions.slice(at, at + batchSize).map(cellsOf), "more"));
    yield;
  }
  return parts.join("");
}

function cellsOf({ day, activity, minutes, intensity, note, shares, word, loggedAt, id }: Session): readonly (string | number)[] {
  const said = [day.toString(), shortName(activityOf(activity)), minutes, intensity, note ?? "", shares.strength, shares.aerobic];
  return [...said, word ?? "", loggedAt.toString(), id];
}

function* composeJson(userData: UserData, now: Temporal.Instant): Slices<string> {
  const { user, sessions, accounts, act: lastAction, question: clarification, prompts, deliveries, code, unanswered, detached } = userData;
  const head = { ...exportFormat, madeAt: now, person: personOf(user), accounts: accounts.map(plainNull) };
  const rest = {
    lastAct: lastAction ? actOf(lastAction) : null,
    openQuestion: clarification ?? null,
    comingMessages: prompts.map(({ userId, kind, dueAt, localDate, since }) => ({ userId, kind, dueAt, on: localDate, since })),
    messages: deliveries.map(deliveryOf),
    linkCode: code ? plainNull(code) : null,
    unanswered,
    ...groupsOf(userData),
  };
  const shown = yield* composeSessions(sessions);
  const parts: string[] = [];
  for (const part of detached) parts.push(yield* composePart(part));
  return `${opened(head)},\n  "sessions": ${shown},\n${inside(rest)},\n  "keptAside": [${parts.join(", ")}]\n}\n`;
}

/** Detached records, in the same format as the whole export. */
function* composePart(part: DetachedRecords): Slices<string> {
  const rest = { messages: part.deliveries.map(deliveryOf), ...groupsOf(part) };
  const sessions = yield* composeSessions(part.sessions);
  return `${opened({ person: personOf(part.user) })},\n  "sessions": ${sessions},\n${inside(rest)}\n}`;
}

function* composeSessions(sessions: readonly Session[]): Slices<string> {
  const parts: string[] = [];
  for (let at = 0; at < sessions.length; at += batchSize) {
    const some = sessions.slice(at, at + batchSize);
    parts.push(some.map((session) => `    ${JSON.stringify(sessionOf(session))}`).join(",\n"));
    yield;
  }
  return parts.length === 0 ? "[]" : `[\n${parts.join(",\n")}\n  ]`;
}

/** The JSON of an object without its closing brace. */
function opened(value: object): string {
  return JSON.stringify(value, undefined, 2).slice(0, -2);
}

/** The JSON of a non-empty object's members, without braces. */
function inside(value: object): string {
  return opened(value).slice(2);
}

/** The user's own group data. Nothing about other members is included. */
function groupsOf({ memberships, cheers, channels }: UserRecords) {
  return {
    groups: memberships.map(membershipOf),
    cheers,
    channelsBound: channels.map(({ ref: place, groupId, status }) => ({ ...place, groupId, status })),
  };
}

function membershipOf({ group, member, originalOwnerId }: UserMembership) {
  const { name, share, joinedAt, restsOn } = member;
  return { id: group.id, group: group.name, name, share, joinedAt, restsOn: restsOn ?? null, origin: originalOwnerId ?? null };
}

function personOf(user: User) {
  return plainNull(user);
}

/** Replaces undefined by null. JSON drops undefined, and a setting that was turned off would be lost. */
function plainNull(value: object) {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, (part as unknown) ?? null] as const));
}

/** A session without its user id, which the export states once. */
function sessionOf({ shares, ...session }: Session) {
  return { ...session, userId: undefined, strengthShare: shares.strength, aerobicShare: shares.aerobic };
}

function actOf({ id, undone, sessions, user, batch, member, final }: LastAction) {
  return {
    id,
    undone,
    sessions: sessions.map(({ before, after }) => ({ before: before ? sessionOf(before) : null, after: after ? sessionOf(after) : null })),
    settings: user ? { before: personOf(user.before), after: personOf(user.after) } : null,
    batch: batch ?? null,
    group: member ? { before: member.before ? membershipFields(member.before) : null, after: membershipFields(member.after) } : null,
    final: final ?? null,
  };
}

function membershipFields({ groupId, name, share, joinedAt, restsOn }: Member) {
  return { id: groupId, name, share, joinedAt, restsOn: restsOn ?? null };
}

/** Keys that have another name in the export format. */
const messageKeys = new Map<string, string>(
  Object.entries({
    localDate: "on",
    statedNumbers: "told",
    reason: "why",
    target: "to",
    blocks: "says",
  } satisfies Partial<Record<keyof DirectMessage, string>>),
);

function deliveryOf(delivery: DirectMessage) {
  const named = Object.entries(plainNull(delivery)).map(([key, part]) => [messageKeys.get(key) ?? key, part] as const);
  return { ...Object.fromEntries(named), userId: undefined };
}
