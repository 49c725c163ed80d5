/** Clarifications: what the bot asks before it logs something. */

import type { ActivityId, ClarificationId, UserId } from "#core/lib/ids.ts";

/** The meaning of one button of a clarification. */
export type ClarificationAnswer =
  /** `word` means `activity` in this message only. */
  | { readonly kind: "means"; readonly word: string; readonly activity: ActivityId }
  /** `word` means `activity` in this message and later ones. */
  | { readonly kind: "remember"; readonly word: string; readonly activity: ActivityId }
  /** `word` is none of the offered activities: ask what kind of activity it is. */
  | { readonly kind: "other"; readonly word: string }
  /** Confirms a long session. */
  | { readonly kind: "long" }
  /** Record nothing. */
  | { readonly kind: "drop" };

/** An open clarification. Each user has at most one; the next replaces it. */
export type Clarification = {
  readonly id: ClarificationId;
  readonly userId: UserId;
  /** The arguments of `/log`. */
  readonly text: string;
  /** The local day of the message, to which "yesterday" refers. */
  readonly saidOn: Temporal.PlainDate;
  /** Earlier answers, when one message needs several. */
  readonly answered: readonly ClarificationAnswer[];
  /** The answers on offer, in the order of their buttons. */
  readonly answers: readonly ClarificationAnswer[];
};
