/** Edits of logged sessions: correct, remove, change how a session counts, and undo or redo the last action. */

import { withData } from "#core/command.ts";
import { toggleMembership } from "#core/commands/group/undo-membership.ts";
import { actionIdOf } from "#core/lib/ids.ts";
import { type Days, weekOf } from "#core/lib/time.ts";
import { type Step, type RequestContext, type Result, say as sayOnly } from "#core/model/context.ts";
import type { ImportRef } from "#core/model/import.ts";
import { type LastAction, editChanges, type SessionEdit, toggleUndo, toggledUser } from "#core/model/last-action.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Block, buttons } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import { settingsBetween } from "#core/model/settings-patch.ts";
import { dateName, type Spoken } from "#core/phrases.ts";
import { fullDay } from "#core/training/full-day.ts";
import { summarize } from "#core/training/week-summary.ts";
import { sayToggled } from "#core/voice/history.ts";
import { sayToggledImport } from "#core/voice/import.ts";
import { sayFinal } from "#core/voice/undo.ts";
import { daysAround, latestDay } from "./log-sessions.ts";

/** Applies one edit, replies with `say` on the changed week and sets an undoable last action. Refuses more than 24 hours a day. */
export function editSession(edit: SessionEdit, say: (spoken: Spoken) => Block, context: RequestContext): Step {
  return withData({ sessions: daysOf([edit], context) }, ({ sessions }) => {
    const left = applied(sessions, [edit], "after");
    const full = edit.after && fullDay([edit.after.day], left);
    if (full) return refuse("day-full", dateName(full, context.today), "20 strength");
    const lastAction: LastAction = { id: actionIdOf(context.id), userId: context.user.id, undone: false, sessions: [edit] };
    return {
      reply: { blocks: [say(weekAfterEdits([edit], left, context)), toggleButtons(lastAction, "Undo")] },
      changes: [...editChanges(edit, "after"), { kind: "last-action-set", lastAction }],
    };
  });
}

/** Undoes or redoes `lastAction`. Replies without a change if it cannot be undone. */
export function toggleLastAction(lastAction: LastAction, context: RequestContext): Step {
  if (lastAction.final) return sayOnly(...sayFinal(lastAction.final));
  if (lastAction.member) return toggleMembership(lastAction, lastAction.member, context);
  if (lastAction.batch) return toggleImport(lastAction, lastAction.batch, context);
  return isOvertaken(lastAction, context) ? refuse("stale-undo", "", "/settings") : toggleSessions(lastAction, context);
}

/** Whether every setting that the action changed has been changed again since. */
function isOvertaken(lastAction: LastAction, { user: now }: RequestContext): boolean {
  if (!lastAction.user || lastAction.sessions.length > 0) return false;
  return isChanged(lastAction.user) && toggledUser(lastAction, now) === now;
}

function isChanged({ before, after: then }: NonNullable<LastAction["user"]>): boolean {
  return settingsBetween(before, before, then) !== before;
}

function toggleSessions(lastAction: LastAction, context: RequestContext): Step {
  return withData({ sessions: daysOf(lastAction.sessions, context) }, ({ sessions }) => {
    const isUndo = !lastAction.undone;
    const before = lastAction.sessions.flatMap((edit) => edit.before ?? []);
    const done = lastAction.sessions.flatMap((edit) => edit.after ?? []);
    const [added, removed] = isUndo ? [before, done] : [done, before];
    const left = applied(sessions, lastAction.sessions, isUndo ? "before" : "after");
    const settings = lastAction.user !== undefined && lastAction.sessions.length === 0;
    const block = sayToggled({ isUndo, added, removed, settings }, weekAfterEdits(lastAction.sessions, left, context));
    return {
      reply: { blocks: [block, toggleButtons(lastAction, isUndo ? "Redo" : "Undo")] },
      changes: toggleUndo(lastAction, context.user),
    };
  });
}

/** Undoes or redoes an import. The reply gives a count: there may be too many sessions to list. */
function toggleImport(lastAction: LastAction, { count }: ImportRef, { user }: RequestContext): Result {
  const isUndo = !lastAction.undone;
  return {
    reply: { blocks: [sayToggledImport(count, isUndo), toggleButtons(lastAction, isUndo ? "Redo" : "Undo")] },
    changes: toggleUndo(lastAction, user),
  };
}

function toggleButtons(lastAction: LastAction, label: "Undo" | "Redo"): Block {
  return buttons({ label, says: `/undo ${lastAction.id}` }, { label: "This week", says: "/week" });
}

function sessionsOfEdits(edits: readonly SessionEdit[]): readonly Session[] {
  return edits.flatMap(({ before, after: then }) => [before, then].filter((session) => session !== undefined));
}

function daysOf(edits: readonly SessionEdit[], context: RequestContext): Days {
  const days = sessionsOfEdits(edits).map(({ day }) => day);
  return daysAround(days, context);
}

/** `sessions` with every edit set to its `side`. */
function applied(sessions: readonly Session[], edits: readonly SessionEdit[], side: "before" | "after"): readonly Session[] {
  const ids = new Set(sessionsOfEdits(edits).map(({ id }) => id));
  return [...sessions.filter(({ id }) => !ids.has(id)), ...edits.flatMap((edit) => edit[side] ?? [])];
}

/** The week of the latest edited day. */
function weekAfterEdits(edits: readonly SessionEdit[], left: readonly Session[], { user, today }: RequestContext): Spoken {
  return { summary: summarize(left, weekOf(latestDay(sessionsOfEdits(edits)) ?? today, user.firstDay)), user, today };
}
