/** Limits on wrong codes: link codes and group join codes. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext, Loaded } from "#core/model/context.ts";

/**
 * `minutes`: how long a link code is valid, and how long wrong codes count after the latest one. `tries`: wrong codes of any kind that
 * one account may type. `alarm`: wrong codes of all accounts together from which the operator is warned.
 */
export const codeRules = { minutes: 10, tries: 5, alarm: 50 } as const;

/** How many more wrong codes this account may type, 0 to `codeRules.tries`. */
export function attemptsLeft({ wrongCodes, now }: Loaded<"wrongCodes">): number {
  const isCounted = wrongCodes !== undefined && Temporal.Instant.compare(now, wrongCodes.until) < 0;
  return Math.max(0, codeRules.tries - (isCounted ? wrongCodes.count : 0));
}

/** The change that counts a wrong code. */
export function wrongCodeEntered({ account: { platform, id }, now }: Pick<RequestContext, "account" | "now">): Change {
  return { kind: "wrong-code-entered", account: { platform, id }, at: now, until: now.add({ minutes: codeRules.minutes }) };
}
