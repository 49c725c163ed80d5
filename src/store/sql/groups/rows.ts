/** Converts groups to rows and back. */

import { z } from "zod";
import {
  type LoggedMinutes,
  type Channel,
  type JoinCode,
  type Group,
  type PastWeek,
  type Member,
  shares,
  weekOutcomes,
  checkChannelRef,
} from "#core/model/group.ts";
import { type GroupPrompt, groupPromptKinds } from "#core/model/prompt.ts";
import { broken, maybe, parse, type Row, time, weekday } from "#src/store/sql/rows.ts";

const weekly = z.object({ weekday, time });
const timesSchema = z.object({ roundUp: weekly, checkIn: maybe(weekly) });

/** The row of `group`. */
export function groupRow({ createdAt, roundUp, checkIn, ...same }: Group): Omit<Row<"group">, "version"> {
  return { ...same, createdAt: createdAt.epochMilliseconds, times: JSON.stringify({ roundUp, checkIn: checkIn ?? null }) };
}

/** The group of a row. */
export function groupOf(row: Row<"group">): Group {
  const { createdAt, times, version: _, ...same } = row;
  const when = parse(timesSchema, times, `the times of group "${same.id}"`);
  return { ...same, ...when, createdAt: Temporal.Instant.fromEpochMilliseconds(createdAt) };
}

/** The row of `channel`. Its suspension, if any, has not been reported yet. */
export function channelRow({ ref: channel, groupId, status, boundBy }: Channel): Row<"channel"> {
  return { ...checkChannelRef(channel), groupId, status, boundBy: boundBy ?? null, isTold: false };
}

/** The channel of a row. */
export function channelOf({ platform, address, groupId, status, boundBy }: Row<"channel">): Channel {
  if (status !== "open" && status !== "suspended") throw broken(`the channel "${address}"`, `status: "${String(status)}" is not one`);
  return { ref: checkChannelRef({ platform, address }), groupId, status, boundBy: boundBy ?? undefined };
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
export function codeRow({ code, groupId, until }: JoinCode): Row<"code"> {
  return { code, groupId, until: until.epochMilliseconds };
}

/** The code of a row. */
export function codeOf({ code, groupId, until }: Row<"code">): JoinCode {
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

/** The row of a group's week. */
export function weekRow({ groupId, weekStart: on, outcome }: PastWeek): Row<"groupWeek"> {
  return { groupId, on: on.toString(), came: outcome };
}

/** The week of a row. */
export function pastWeekOf({ groupId, on, came: outcome }: Row<"groupWeek">): PastWeek {
  if (!weekOutcomes.includes(outcome)) throw broken(`the week ${on} of group "${groupId}"`, `came: "${outcome}" is not one`);
  return { groupId, weekStart: Temporal.PlainDate.from(on), outcome };
}

/** The columns of a session that its group needs. */
type LoggedMinutesRow = Pick<Row<"session">, "userId" | "day" | "minutes" | "strengthShare">;

/** The strength minutes of session rows. Many rows share few days, so each day is parsed once. */
export function loggedMinutesOf(rows: readonly LoggedMinutesRow[]): readonly LoggedMinutes[] {
  const days = new Map<string, Temporal.PlainDate>();
  return rows.map(({ userId, day, minutes, strengthShare }) => {
    const known = days.get(day) ?? Temporal.PlainDate.from(day);
    days.set(day, known);
    return { userId, day: known, strength: minutes * strengthShare };
  });
}
