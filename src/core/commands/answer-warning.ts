/** Replaces the reply to a message that contains a warning sign with the fixed warning text. The changes are still made. */

import { mapResult } from "#core/command.ts";
import { isRefusal } from "#core/model/refusal.ts";
import type { Warning } from "#core/safety/warning-patterns.ts";
import type { Step, Result } from "#core/model/context.ts";
import { type WarningEffect, sayWarning } from "#core/voice/warning.ts";

/**
 * Returns `step` with the fixed text for `warnings` as its reply.
 *
 * A logged session is kept: the training happened, and its note may help later, for example a doctor. No question is asked back.
 */
export function answerWarning(warnings: readonly Warning[], step: Step, isLog: boolean): Step {
  return mapResult(step, (end) => {
    const changes = isRefusal(end) ? [] : end.changes.filter(({ kind }) => kind !== "clarification-asked");
    return { reply: { blocks: sayWarning(warnings, keptOf(changes, isLog)) }, changes, isAlone: true };
  });
}

function keptOf(changes: Result["changes"], isLog: boolean): WarningEffect {
  if (changes.some(({ kind }) => kind === "session-logged")) return "recorded";
  if (changes.some((change) => change.kind === "last-action-set" && !change.lastAction.final)) return "changed";
  if (changes.length > 0) return "done";
  return isLog ? "not-recorded" : "nothing";
}
