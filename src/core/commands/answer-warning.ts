/** A warning sign is answered first; what else was said is done, or left, without a word but whether it is recorded. */

import { isRefusal } from "#core/model/refusal.ts";
import type { Sign } from "#core/safety/warning-patterns.ts";
import type { Decision, Outcome } from "#core/model/context.ts";
import { type Kept, sayWarning } from "#core/voice/warning.ts";

/**
 * `decision` with the fixed words for `signs` in place of all that it would have said.
 *
 * What was logged is kept: it was trained, and whoever looks for the note later, a doctor perhaps, finds it. Nothing is asked back.
 */
export function heed(signs: readonly Sign[], decision: Decision, isLog: boolean): Decision {
  if ("needs" in decision) return { needs: decision.needs, decide: (situation) => heed(signs, decision.decide(situation), isLog) };
  const changes = isRefusal(decision) ? [] : decision.changes.filter(({ kind }) => kind !== "question-asked");
  const kept = keptOf(changes, isLog);
  return { reply: { blocks: sayWarning(signs, kept) }, changes, isAlone: true };
}

function keptOf(changes: Outcome["changes"], isLog: boolean): Kept {
  if (changes.some(({ kind }) => kind === "session-logged")) return "recorded";
  if (changes.some((change) => change.kind === "act-done" && !change.act.final)) return "changed";
  if (changes.length > 0) return "done";
  return isLog ? "not-recorded" : "nothing";
}
