/** Between groups and their rows. */

import { z } from "zod";
import {
  type Bout,
  type Channel,
  type Code,
  type Group,
  type KeptWeek,
  type Member,
  shares,
  weeksCame,
  wholePlace,
} from "#core/model/group.ts";
import { type GroupPrompt, groupPromptKinds } from "#core/model/prompt.ts";
import { broken, maybe, parse, type Row, time, weekday } from "#src/store/sql/rows.ts";

const weekly = z.object({ weekday, time });
const timesShape = z.object({ roundUp: weekly, checkIn: maybe(weekly) });

/** The row of `group`. */
export function groupRow({ createdAt, roundUp, checkIn, ...same }: Group): Omit<Row<"group">, "version"> {
  return { ...same, createdAt: createdAt.epochMilliseconds, times: JSON.stringify({ roundUp, checkIn: checkIn ?? null }) };
}

/** The group of a row. */
export function groupOf(row: Row<"group">): Group {
  const { createdAt, times, version: _, ...same } = row;
  const when = parse(timesShape, times, `the times of group "${same.id}"`);
  return { ...same, ...when, createdAt: Temporal.Instant.fromEpochMilliseconds(createdAt) };
}

/** The row of `channel`, of which nobody was told anything yet. */
export function channelRow({ place, groupId, status, boundBy }: Channel): Row<"channel"> {
  return { ...wholePlace(place), groupId, status, boundBy: boundBy ?? null, isTold: false };
}

/** The channel of a row. */
export function channelOf({ platform, address, groupId, status, boundBy }: Row<"channel">): Channel {
  if (status !== "open" && status !== "suspended") throw broken(`the channel "${address}"`, `status: "${String(status)}" is not one`);
  return { place: wholePlace({ platform, address }), groupId, status, boundBy: boundBy ?? undefined };
}

/** The row of `member`. */
export function memberRow({ joinedAt, restsOn, ...same }: Member): Omit<Row<"member">, "origin"> {
  return { ...same, joinedAt: joinedAt.epochMilliseconds, restsOn: restsOn?.toString() ?? null };
}

/** The member of a row. */
export function memberOf(row: Row<"member">): Member {
  const { origin: _, joinedAt, restsOn, ...same } = row;
  if (!shares.includes(same.share)) throw broken(`the member "${same.userId}"`, `share: "${same.share}" is not one`);
  return {
    ...same,
    joinedAt: Temporal.Instant.fromEpochMilliseconds(joinedAt),
    restsOn: restsOn === null ? undefined : Temporal.PlainDate.from(restsOn),
  };
}

/** The row of `code`. */
export function codeRow({ code, groupId, until }: Code): Row<"code"> {
  return { code, groupId, until: until.epochMilliseconds };
}

/** The code of a row. */
export function codeOf({ code, groupId, until }: Row<"code">): Code {
  return { code, groupId, until: Temporal.Instant.fromEpochMilliseconds(until) };
}

/** The row of `prompt`. */
export function groupPromptRow({ groupId, kind, dueAt, weekStart: on }: GroupPrompt): Row<"groupPrompt"> {
  return { groupId, kind, dueAt: dueAt.epochMilliseconds, on: on.toString() };
}

/** The prompt of a row. */
export function groupPromptOf({ groupId, kind, dueAt, on }: Row<"groupPrompt">): GroupPrompt {
  if (!groupPromptKinds.includes(kind)) throw broken(`the prompt of group "${groupId}"`, `kind: "${kind}" is not one`);
  return { groupId, kind, dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt), weekStart: Temporal.PlainDate.from(on) };
}

/** The row of a week that is kept. */
export function weekRow({ groupId, on, came }: KeptWeek): Row<"groupWeek"> {
  return { groupId, on: on.toString(), came };
}

/** The week of a row. */
export function weekOfRow({ groupId, on, came }: Row<"groupWeek">): KeptWeek {
  if (!weeksCame.includes(came)) throw broken(`the week ${on} of group "${groupId}"`, `came: "${came}" is not one`);
  return { groupId, on: Temporal.PlainDate.from(on), came };
}

/** What is read of a session for its group: what is not needed is not read. */
type BoutRow = Pick<Row<"session">, "userId" | "day" | "minutes" | "strengthShare">;

/** The bouts of rows of sessions. Many are of few days, so that each day is made once. */
export function boutsOf(rows: readonly BoutRow[]): readonly Bout[] {
  const days = new Map<string, Temporal.PlainDate>();
  return rows.map(({ userId, day, minutes, strengthShare }) => {
    const known = days.get(day) ?? Temporal.PlainDate.from(day);
    days.set(day, known);
    return { userId, day: known, strength: minutes * strengthShare };
  });
}
