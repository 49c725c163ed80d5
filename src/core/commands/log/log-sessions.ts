/** Turns log entries into sessions, and derives the facts for the reply. */

import type { LastAction } from "#core/model/last-action.ts";
import { adviseOn, type AdviceFacts } from "#core/training/advice.ts";
import { activityOf, efforts, intensityOf, typedName } from "#core/evidence/activities.ts";
import { actionIdOf, type Minutes, type SessionId, sessionIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { LogEntry } from "#core/parsing/log-entries.ts";
import { learn } from "#core/parsing/own-words.ts";
import { type Refusal, refuse } from "#core/model/refusal.ts";
import { buttons, type Choice } from "#core/model/reply.ts";
import { isMixed, type Session } from "#core/model/session.ts";
import type { RequestContext, Result, Loaded } from "#core/model/context.ts";
import { type Days, weekOf } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { sayLogged } from "#core/voice/log.ts";
import { dateName } from "#core/phrases.ts";
import { fullDay } from "#core/training/full-day.ts";
import { summarize } from "#core/training/week-summary.ts";

/** The days to load for a reply about `days`: their whole weeks, plus a day on either side for the spacing of strength. */
export function daysAround(days: readonly Temporal.PlainDate[], { user, today }: RequestContext): Days {
  const [first, last] = [edgeOf(days, -1) ?? today, edgeOf(days, 1) ?? today];
  const week = weekOf(first, user.firstDay);
  const until = first === last ? week.until : weekOf(last, user.firstDay).until;
  return { from: week.from.subtract({ days: 1 }), until: until.add({ days: 1 }) };
}

/** The first of `days` if `side` is -1, the last if it is 1. Undefined if there are none. */
function edgeOf(days: readonly Temporal.PlainDate[], side: -1 | 1): Temporal.PlainDate | undefined {
  return days.reduce<Temporal.PlainDate | undefined>(
    (edge, day) => (edge === undefined || Temporal.PlainDate.compare(day, edge) === side ? day : edge),
    undefined,
  );
}

/** The latest day of `sessions`; undefined if there are none. */
export function latestDay(sessions: readonly Session[]): Temporal.PlainDate | undefined {
  const days = sessions.map(({ day }) => day);
  return edgeOf(days, 1);
}

/** The session for `entry`. */
export function createSession(entry: LogEntry, id: SessionId, { user, now, originalOwnerId }: RequestContext): Session {
  return {
    id,
    userId: user.id,
    activity: entry.activity.id,
    intensity: intensityOf(entry.activity, entry.effort),
    minutes: entry.minutes as Minutes,
    shares: entry.activity.suggested_split,
    day: entry.day,
    loggedAt: now,
    ...(entry.note ? { note: entry.note } : {}),
    ...(entry.word ? { word: entry.word } : {}),
    ...(originalOwnerId ? { origin: originalOwnerId } : {}),
  };
}

/** "45 run hard": a session as a user would type it, without day and note. */
export function typedEntry({ activity, word, minutes, intensity }: Session): string {
  const known = activityOf(activity);
  const effort = known.intensity === intensity ? undefined : efforts.find((candidate) => intensityOf(known, candidate) === intensity);
  return `${minutes} ${word ?? typedName(known)}${effort ? ` ${effort}` : ""}`;
}

/** Records `entries`, and `words` that the user has just explained. Refuses more than 24 hours a day. */
export function logSessions(entries: readonly LogEntry[], data: Loaded<"sessions">, words: User["words"]): Result | Refusal {
  const logged = entries.map((entry, index) => createSession(entry, sessionIdOf(`${data.id}.${index}`), data));
  const all = [...data.sessions, ...logged];
  const days = logged.map(({ day }) => day);
  const full = fullDay(days, all);
  if (full) return refuse("day-full", dateName(full, data.today), "/log 20 strength");
  const isLearning = Object.keys(words).length > 0;
  const learned: User = isLearning ? { ...data.user, words: learn(data.user.words, words) } : data.user;
  const facts = factsOn(logged, all, { ...data, user: learned });
  const advice = adviseOn(facts);
  const showsCaveat = (advice.kind === "beyond" || advice.kind === "plateau") && advice.isFirst;
  const told: User = showsCaveat ? { ...learned, told: [...learned.told, facts.summary.dose.zone.id] } : learned;
  const lastAction: LastAction = {
    id: actionIdOf(data.id),
    userId: data.user.id,
    undone: false,
    sessions: logged.map((after) => ({ after })),
    ...(isLearning ? { user: { before: data.user, after: learned } } : {}),
  };
  const changes: readonly Change[] = [
    ...(told === data.user ? [] : [{ kind: "user-saved", user: told } as const]),
    ...logged.map((session) => ({ kind: "session-logged", session }) as const),
    { kind: "last-action-set", lastAction },
  ];
  return { reply: { blocks: [...sayLogged(advice, facts), buttons(...choicesAfter(lastAction, logged))] }, changes };
}

/** The facts about the week of the latest logged day. `all` are the sessions of the loaded days. */
function factsOn(logged: readonly Session[], all: readonly Session[], { user, today, isNew }: RequestContext): AdviceFacts {
  const summary = summarize(all, weekOf(latestDay(logged) ?? today, user.firstDay));
  const isSecondDay = logged.some((session) => session.shares.strength > 0 && hasNeighbour(session.day, all));
  return { user, today, summary, logged, isSecondDay, isFirstLog: isNew };
}

/** Whether there is a session with strength on the day before or after `day`. */
function hasNeighbour(day: Temporal.PlainDate, sessions: readonly Session[]): boolean {
  const [before, next] = [day.subtract({ days: 1 }), day.add({ days: 1 })];
  return sessions.some(({ day: other, shares }) => shares.strength > 0 && (other.equals(before) || other.equals(next)));
}

/** Buttons: undo and this week. A single mixed session also gets buttons for how it counts. */
function choicesAfter(lastAction: LastAction, logged: readonly Session[]): readonly Choice[] {
  const [only, another] = logged;
  const shares = only && !another && isMixed(only) ? [countAs(only, "strength"), countAs(only, "cardio")] : [];
  return [{ label: "Undo", says: `/undo ${lastAction.id}` }, { label: "This week", says: "/week" }, ...shares];
}

function countAs({ id }: Session, kind: "strength" | "cardio"): Choice {
  return { label: `All ${kind}`, says: `/count ${id} ${kind}` };
}
