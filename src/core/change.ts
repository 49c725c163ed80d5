/** Everything that can be written. A store makes all the changes of a commit or none. */

import type { Act } from "./act.ts";
import type { DeliveryKey, PlatformName, QuestionId, SessionId, SourceId, UserId } from "./brand.ts";
import type { Delivery, DeliveryEnd, Told, Why } from "./delivery.ts";
import type { Installation } from "./installation.ts";
import type { OwnChange } from "./own-change.ts";
import type { Prompt, PromptKind } from "./prompt.ts";
import type { Question } from "./question.ts";
import type { Session } from "./session.ts";
import type { Account, AccountKey, Reach, User } from "./user.ts";

/** One fact to be written, in the past tense. */
export type Change =
  /**
   * Put first, it guards a commit. Touches nothing when `source` was seen before, nor when `from` is not true any more: whoever was forgotten,
   * or linked, while their command was under way is not written to as who they were.
   */
  | { readonly kind: "inbound-seen"; readonly source: SourceId; readonly at: Temporal.Instant; readonly from?: Speaker }
  /** New, or with new settings. */
  | { readonly kind: "user-saved"; readonly user: User }
  /** `account` belongs to `userId` from now on; touches nothing when it belongs to somebody already. */
  | { readonly kind: "account-linked"; readonly account: Account; readonly userId: UserId }
  /** Touches nothing when it stands already. What is corrected is removed and logged anew. */
  | { readonly kind: "session-logged"; readonly session: Session }
  | { readonly kind: "session-removed"; readonly userId: UserId; readonly id: SessionId }
  /** Replaces the person's last act. */
  | { readonly kind: "act-done"; readonly act: Act }
  /** Replaces the person's open question. */
  | { readonly kind: "question-asked"; readonly question: Question }
  /** Touches nothing when that question is no longer open. */
  | { readonly kind: "question-answered"; readonly userId: UserId; readonly id: QuestionId }
  /** Replaces the person's prompt of that kind. */
  | { readonly kind: "prompt-set"; readonly prompt: Prompt }
  /** Touches nothing when the prompt is not as it was: put first, it guards what came of looking at it. */
  | { readonly kind: "prompt-moved"; readonly was: Prompt; readonly to: Prompt }
  | { readonly kind: "prompt-dropped"; readonly userId: UserId; readonly prompt: PromptKind }
  /** Touches nothing when its key stands already: nothing is said twice. */
  | { readonly kind: "delivery-queued"; readonly delivery: Delivery }
  /** Touches nothing when somebody else has claimed it since, or when another was sent to this person on that day of theirs. */
  | DeliverySending
  /** It goes back to wait. Touches nothing when somebody else has claimed it since. */
  | DeliveryPostponed
  /** It has come to its end. Touches nothing when somebody else has claimed it since. */
  | DeliverySettled
  /** What the platform says now of where the person is. Touches nothing when the account is not `of` that person any more. */
  | { readonly kind: "account-placed"; readonly account: Account; readonly of?: UserId }
  /** Whether direct messages reach this account. */
  | { readonly kind: "account-reached"; readonly account: Account; readonly reach: Reach }
  /** The coach was let in, or speaks with something else there from now on. */
  | { readonly kind: "installation-saved"; readonly installation: Installation }
  /** It was shown out. Touches nothing when it was not in. */
  | { readonly kind: "installation-removed"; readonly platform: PlatformName; readonly home: string }
  /** Replaces what was noted under that name. */
  | { readonly kind: "noted"; readonly name: string; readonly value: string }
  | OwnChange;

/** Whose an account was when something was decided; undefined where it was nobody's. */
export type Speaker = { readonly account: AccountKey; readonly userId: UserId | undefined };

/** From here on it may have arrived. */
export type DeliverySending = {
  readonly kind: "delivery-sending";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly userId: UserId;
  /** The person's own local day on which it goes out; undefined for what does not count for its day. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly triedAt: Temporal.Instant;
  readonly told: Told | undefined;
};

/** It waits. Where an earlier try may have arrived, this stays known; else it is as if it had never been tried. */
export type DeliveryPostponed = {
  readonly kind: "delivery-postponed";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly nextAt: Temporal.Instant;
  readonly attempts: number;
  readonly mayHaveArrived: boolean;
};

/** How it ended. */
export type DeliverySettled = {
  readonly kind: "delivery-settled";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly end: DeliveryEnd;
  readonly why: Why | undefined;
  readonly at: Temporal.Instant;
};
