/** Edits of sessions that stand already: correcting, removing, counting another way, and turning an act. */

import { after } from "#core/command.ts";
import { turnMember } from "#core/commands/group/undo-membership.ts";
import { actIdOf } from "#core/lib/ids.ts";
import { type Days, weekOf } from "#core/lib/time.ts";
import { type Decision, type Known, type Outcome, type Prepared, say as sayOnly } from "#core/model/context.ts";
import type { ImportRef } from "#core/model/import.ts";
import { type Act, editChanges, type SessionEdit, turnAct, turnedUser } from "#core/model/last-action.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Block, buttons } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import { settingsBetween } from "#core/model/settings-patch.ts";
import { dateName, type Spoken } from "#core/phrases.ts";
import { summarize } from "#core/training/week-summary.ts";
import { sayTurned } from "#core/voice/history.ts";
import { sayTurnedBatch } from "#core/voice/import.ts";
import { sayFinal } from "#core/voice/undo.ts";
import { daysAround, fullDay, latestDay } from "./log-sessions.ts";

/** Makes one edit, says `say` of the week that it leaves, and keeps it as an act that can be taken back. Refuses more than 24 hours a day. */
export function editSession(edit: SessionEdit, say: (spoken: Spoken) => Block, known: Known): Prepared {
  return after({ days: daysOf([edit], known) }, ({ sessions }) => {
    const left = applied(sessions, [edit], "after");
    const full = edit.after && fullDay([edit.after.day], left);
    if (full) return refuse("day-full", dateName(full, known.today), "20 strength");
    const act: Act = { id: actIdOf(known.id), userId: known.user.id, undone: false, sessions: [edit] };
    return {
      reply: { blocks: [say(spokenOf([edit], left, known)), turnButtons(act, "Undo")] },
      changes: [...editChanges(edit, "after"), { kind: "act-done", act }],
    };
  });
}

/** Takes `act` back, or does it again; where it cannot be taken back, says so, and changes nothing. */
export function turn(act: Act, known: Known): Decision {
  if (act.final) return sayOnly(...sayFinal(act.final));
  if (act.member) return turnMember(act, act.member, known);
  if (act.batch) return turnBatch(act, act.batch, known);
  return isOvertaken(act, known) ? refuse("stale-undo", "", "/settings") : turnSessions(act, known);
}

/** Whether something else changed since all that it set. */
function isOvertaken(act: Act, { user: now }: Known): boolean {
  if (!act.user || act.sessions.length > 0) return false;
  return isChanged(act.user) && turnedUser(act, now) === now;
}

function isChanged({ before, after: then }: NonNullable<Act["user"]>): boolean {
  return settingsBetween(before, before, then) !== before;
}

function turnSessions(act: Act, known: Known): Prepared {
  return after({ days: daysOf(act.sessions, known) }, ({ sessions }) => {
    const isUndo = !act.undone;
    const before = act.sessions.flatMap((edit) => edit.before ?? []);
    const done = act.sessions.flatMap((edit) => edit.after ?? []);
    const [added, removed] = isUndo ? [before, done] : [done, before];
    const left = applied(sessions, act.sessions, isUndo ? "before" : "after");
    const settings = act.user !== undefined && act.sessions.length === 0;
    const block = sayTurned({ isUndo, added, removed, settings }, spokenOf(act.sessions, left, known));
    return { reply: { blocks: [block, turnButtons(act, isUndo ? "Redo" : "Undo")] }, changes: turnAct(act, known.user) };
  });
}

/** Of an import: its sessions are too many to be named. */
function turnBatch(act: Act, { count }: ImportRef, { user }: Known): Outcome {
  const isUndo = !act.undone;
  return {
    reply: { blocks: [sayTurnedBatch(count, isUndo), turnButtons(act, isUndo ? "Redo" : "Undo")] },
    changes: turnAct(act, user),
  };
}

function turnButtons(act: Act, label: "Undo" | "Redo"): Block {
  return buttons({ label, says: `/undo ${act.id}` }, { label: "This week", says: "/week" });
}

function touched(edits: readonly SessionEdit[]): readonly Session[] {
  return edits.flatMap(({ before, after: then }) => [before, then].filter((session) => session !== undefined));
}

function daysOf(edits: readonly SessionEdit[], known: Known): Days {
  const days = touched(edits).map(({ day }) => day);
  return daysAround(days, known);
}

/** `sessions` with every edit brought to one of its sides. */
function applied(sessions: readonly Session[], edits: readonly SessionEdit[], side: "before" | "after"): readonly Session[] {
  const ids = new Set(touched(edits).map(({ id }) => id));
  return [...sessions.filter(({ id }) => !ids.has(id)), ...edits.flatMap((edit) => edit[side] ?? [])];
}

/** The week of the latest day that was touched. */
function spokenOf(edits: readonly SessionEdit[], left: readonly Session[], { user, today }: Known): Spoken {
  return { summary: summarize(left, weekOf(latestDay(touched(edits)) ?? today, user.firstDay)), user, today };
}
