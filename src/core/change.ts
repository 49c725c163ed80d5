/** Everything that can be written. A store makes all the changes of a commit or none. */

import type { Act } from "./act.ts";
import type { QuestionId, SessionId, SourceId, UserId } from "./brand.ts";
import type { Question } from "./question.ts";
import type { Session } from "./session.ts";
import type { Account, User } from "./user.ts";

/** One fact to be written, in the past tense. */
export type Change =
  /** Touches nothing when `source` was seen before: put first, it guards a commit against redelivery. */
  | { readonly kind: "inbound-seen"; readonly source: SourceId; readonly at: Temporal.Instant }
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
  | { readonly kind: "question-answered"; readonly userId: UserId; readonly id: QuestionId };
