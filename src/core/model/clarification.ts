/** Clarifications: what the bot asks before it logs something. */

import type { ActivityId, ClarificationId, UserId } from "#core/lib/ids.ts";

/** What one button of a clarification makes of what was said. */
export type ClarificationAnswer =
  /** `word` means `activity`, this time. */
  | { readonly kind: "means"; readonly word: string; readonly activity: ActivityId }
  /** `word` means `activity`, now and from now on. */
  | { readonly kind: "remember"; readonly word: string; readonly activity: ActivityId }
  /** `word` is none of those that were offered: ask what kind of activity it is. */
  | { readonly kind: "other"; readonly word: string }
  /** Yes, that many minutes. */
  | { readonly kind: "long" }
  /** Record nothing. */
  | { readonly kind: "drop" };

/** An open clarification. Each user has at most one; the next replaces it. */
export type Clarification = {
  readonly id: ClarificationId;
  readonly userId: UserId;
  /** What they said after `/log`. */
  readonly text: string;
  /** The local day on which they said it, so that "yesterday" stays that day. */
  readonly saidOn: Temporal.PlainDate;
  /** What they answered before, when one message needs several answers. */
  readonly answered: readonly ClarificationAnswer[];
  /** The answers that can be given now, in the order of their buttons. */
  readonly answers: readonly ClarificationAnswer[];
};
