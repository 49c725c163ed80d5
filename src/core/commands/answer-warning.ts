/** Replaces the reply to a message with a warning sign by the fixed warning text; its changes are still made. */

import { isRefusal } from "#core/model/refusal.ts";
import type { Warning } from "#core/safety/warning-patterns.ts";
import type { Step, Result } from "#core/model/context.ts";
import { type WarningEffect, sayWarning } from "#core/voice/warning.ts";

/**
 * `step` with the fixed words for `warnings` in place of its reply.
 *
 * What was logged is kept: it was trained, and whoever looks for the note later, a doctor perhaps, finds it. Nothing is asked back.
 */
export function answerWarning(warnings: readonly Warning[], step: Step, isLog: boolean): Step {
  if ("needs" in step) return { needs: step.needs, decide: (data) => answerWarning(warnings, step.decide(data), isLog) };
  const changes = isRefusal(step) ? [] : step.changes.filter(({ kind }) => kind !== "clarification-asked");
  const kept = keptOf(changes, isLog);
  return { reply: { blocks: sayWarning(warnings, kept) }, changes, isAlone: true };
}

function keptOf(changes: Result["changes"], isLog: boolean): WarningEffect {
  if (changes.some(({ kind }) => kind === "session-logged")) return "recorded";
  if (changes.some((change) => change.kind === "last-action-set" && !change.lastAction.final)) return "changed";
  if (changes.length > 0) return "done";
  return isLog ? "not-recorded" : "nothing";
}
