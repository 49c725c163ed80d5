/** Codes that people type, to link an account or to let somebody into a group: how often a wrong one is taken. */

import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext, Loaded } from "#core/model/context.ts";

/**
 * How many minutes a code for linking is good, how many wrong codes of any kind one account may type, and from how many on of all accounts
 * together the operator is told. Wrong ones count for as many minutes after the latest.
 */
export const codeRules = { minutes: 10, tries: 5, alarm: 50 } as const;

/** How many wrong codes this account may still type. */
export function attemptsLeft({ wrongCodes, now }: Pick<Loaded, "wrongCodes" | "now">): number {
  const isCounted = wrongCodes !== undefined && Temporal.Instant.compare(now, wrongCodes.until) < 0;
  return Math.max(0, codeRules.tries - (isCounted ? wrongCodes.count : 0));
}

/** That a wrong one was typed. */
export function wrongCodeEntered({ account: { platform, id }, now }: Pick<RequestContext, "account" | "now">): Change {
  return { kind: "wrong-code-entered", account: { platform, id }, at: now, until: now.add({ minutes: codeRules.minutes }) };
}
