/** A warning sign is answered first; what else was said is done, or left, without a word but whether it is recorded. */

import { isRefusal } from "./refusal.ts";
import type { Sign } from "./signs.ts";
import type { Decision, Outcome } from "./situation.ts";
import { type Kept, sayWarning } from "./voice/warning.ts";

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
