/** Everything that is kept of a person, as files: CSV of their sessions, and JSON of all of it. `docs/export.md` describes both. */

import type { Act } from "./act.ts";
import { activityOf, shortName } from "./activity.ts";
import type { Belongings, Heap, OwnMembership } from "./belongings.ts";
import { csvOf } from "./csv.ts";
import type { Delivery } from "./delivery.ts";
import type { Member } from "./group.ts";
import type { Block } from "./reply.ts";
import type { Session } from "./session.ts";
import type { User } from "./user.ts";

/** By which a JSON file is known as one of ours, and the version of its form. */
export const archiveForm = { format: "sweetspot-export", version: 1 } as const;

/** The columns of the CSV, in their order. */
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

/** The files of `belongings`, as they are on the day `now`. */
export function filesOf(belongings: Belongings, now: Temporal.Instant): readonly Block[] {
  const day = now.toZonedDateTimeISO(belongings.user.timeZone).toPlainDate().toString();
  return [
    { kind: "file", name: `sweetspot-${day}.csv`, type: "text/csv", content: sessionsAsCsv(belongings.sessions) },
    { kind: "file", name: `sweetspot-${day}.json`, type: "application/json", content: archiveAsJson(belongings, now) },
  ];
}

/** Sessions as CSV, the earliest first. */
export function sessionsAsCsv(sessions: readonly Session[]): string {
  const rows = sessions.map(({ day, activity, minutes, intensity, note, shares, word, loggedAt, id }) => [
    day.toString(),
    shortName(activityOf(activity)),
    minutes,
    intensity,
    note ?? "",
    shares.strength,
    shares.aerobic,
    word ?? "",
    loggedAt.toString(),
    id,
  ]);
  return csvOf([columns, ...rows]);
}

/** All of it as JSON, a session a line. */
export function archiveAsJson(belongings: Belongings, now: Temporal.Instant): string {
  const { user, sessions, accounts, act, question, prompts, deliveries, code, aside } = belongings;
  const head = { ...archiveForm, madeAt: now, person: personOf(user), accounts: accounts.map(plainNull) };
  const rest = {
    lastAct: act ? actOf(act) : null,
    openQuestion: question ?? null,
    comingMessages: prompts,
    messages: deliveries.map(deliveryOf),
    linkCode: code ? plainNull(code) : null,
    ...groupsOf(belongings),
    keptAside: aside.map((part) => ({
      person: personOf(part.user),
      sessions: part.sessions.map(sessionOf),
      messages: part.deliveries.map(deliveryOf),
      ...groupsOf(part),
    })),
  };
  const lines = sessions.map((session) => `    ${JSON.stringify(sessionOf(session))}`).join(",\n");
  const [opening, closing] = [JSON.stringify(head, undefined, 2), JSON.stringify(rest, undefined, 2)];
  return `${opening.slice(0, -2)},\n  "sessions": [${lines === "" ? "" : `\n${lines}\n  `}],${closing.slice(1)}\n`;
}

/** What is theirs of groups, and nothing of anybody else in them. */
function groupsOf({ memberships, cheers, channels }: Heap) {
  return {
    groups: memberships.map(membershipOf),
    cheers,
    channelsBound: channels.map(({ place, groupId, status }) => ({ ...place, groupId, status })),
  };
}

function membershipOf({ group, member, origin }: OwnMembership) {
  const { name, share, joinedAt, restsOn } = member;
  return { id: group.id, group: group.name, name, share, joinedAt, restsOn: restsOn ?? null, origin: origin ?? null };
}

function personOf(user: User) {
  return plainNull(user);
}

/** What is undefined would be lost in JSON, and with it that somebody turned it off. */
function plainNull(value: object) {
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, (part as unknown) ?? null] as const));
}

/** Whose it is, is said once. */
function sessionOf({ shares, ...session }: Session) {
  return { ...session, userId: undefined, strengthShare: shares.strength, aerobicShare: shares.aerobic };
}

function actOf({ id, undone, sessions, user, batch, member, final }: Act) {
  return {
    id,
    undone,
    sessions: sessions.map(({ before, after }) => ({ before: before ? sessionOf(before) : null, after: after ? sessionOf(after) : null })),
    settings: user ? { before: personOf(user.before), after: personOf(user.after) } : null,
    batch: batch ?? null,
    group: member ? { before: member.before ? placeIn(member.before) : null, after: placeIn(member.after) } : null,
    final: final ?? null,
  };
}

function placeIn({ groupId, name, share, joinedAt, restsOn }: Member) {
  return { id: groupId, name, share, joinedAt, restsOn: restsOn ?? null };
}

function deliveryOf(delivery: Delivery) {
  return { ...plainNull(delivery), userId: undefined };
}
