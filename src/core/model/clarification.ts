/** What the coach asks back before it records something. */

import type { ActivityId, QuestionId, UserId } from "#core/lib/ids.ts";

/** How one button of a question reads what was said. */
export type Answer =
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

/** A question that stands open. Each person has at most one; the next replaces it. */
export type Question = {
  readonly id: QuestionId;
  readonly userId: UserId;
  /** What they said after `/log`. */
  readonly text: string;
  /** The local day on which they said it, so that "yesterday" stays that day. */
  readonly saidOn: Temporal.PlainDate;
  /** What they answered before, when one message needs several answers. */
  readonly answered: readonly Answer[];
  /** The answers that can be given now, in the order of their buttons. */
  readonly answers: readonly Answer[];
};
