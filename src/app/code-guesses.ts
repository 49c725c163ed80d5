/** Warns the operator about accounts that guess codes. */

import { codeRules } from "#core/accounts/code-attempts.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** Dependencies of the report. */
export type GuessDeps = { readonly store: Store; readonly clock: Clock; readonly log: Log };

/** Logs an account that has used up its attempts, and many wrong codes over all accounts together. */
export async function reportGuesses({ store, log, clock }: GuessDeps, changes: readonly Change[]): Promise<void> {
  const missed = changes.find((change) => change.kind === "wrong-code-entered");
  if (!missed) return;
  const wrongCodes = await store.findWrongCodes(missed.account);
  if (wrongCodes && wrongCodes.count >= codeRules.tries) log.warn("codes-guessed");
  const all = await store.countWrongCodes(clock.now());
  if (all >= codeRules.alarm && all % (codeRules.alarm / 2) === 0) log.warn("codes-guessed-by-many", { tries: all });
}
