/** All kinds of change. A store makes all changes of a commit or none. */

import type { ClarificationId, MessageId, PlatformName, SessionId, UserId } from "#core/lib/ids.ts";
import type { Clarification } from "#core/model/clarification.ts";
import type { LastAction } from "#core/model/last-action.ts";
import type { OutboxMessage } from "#core/model/outbox-message.ts";
import type { Prompt, PromptKind } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account, AccountKey, Reach, User } from "#core/model/user.ts";
import type { GroupChange } from "./groups.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliveryRouted, DeliverySending, DeliveryUpdated } from "./outbox.ts";
import type { UserDataChange } from "./user-data.ts";

/** One write that the core decided, named in the past tense. */
export type Change =
  /**
   * Guards a commit when it comes first. Touches nothing when `source` or `also` was processed before, or when the account of `from` has
   * another owner now: the sender was forgotten or linked while the command ran.
   */
  | {
      readonly kind: "inbound-seen";
      readonly source: MessageId;
      readonly also?: MessageId;
      readonly at: Temporal.Instant;
      readonly from?: Speaker;
      /** The reply, if it could be shown after a restart. */
      readonly answer?: UnansweredReply;
    }
  /** Claims an unanswered reply until `until`. Touches nothing when it was shown, or is not due at `at`. */
  | { readonly kind: "answer-claimed"; readonly source: MessageId; readonly at: Temporal.Instant; readonly until: Temporal.Instant }
  /** Deletes an unanswered reply: it was shown, or given up. */
  | { readonly kind: "answer-shown"; readonly source: MessageId }
  /** A new user, or new settings. */
  | { readonly kind: "user-saved"; readonly user: User }
  /** Nothing of the commit is kept when the user's settings have another version. */
  | { readonly kind: "user-unchanged"; readonly userId: UserId; readonly version: number }
  /** The account belongs to `userId`. Touches nothing when it has an owner already. */
  | { readonly kind: "account-linked"; readonly account: Account; readonly userId: UserId }
  /** Touches nothing when the session exists. A correction removes a session and logs another. */
  | { readonly kind: "session-logged"; readonly session: Session }
  | { readonly kind: "session-removed"; readonly userId: UserId; readonly id: SessionId }
  /** Replaces the user's last action. */
  | { readonly kind: "last-action-set"; readonly lastAction: LastAction }
  /** Replaces the user's open clarification. */
  | { readonly kind: "clarification-asked"; readonly clarification: Clarification }
  /** Touches nothing when that clarification is not open. */
  | { readonly kind: "clarification-answered"; readonly userId: UserId; readonly id: ClarificationId }
  /** Replaces the user's prompt of that kind. */
  | { readonly kind: "prompt-set"; readonly prompt: Prompt }
  /**
   * Guards the evaluation of a prompt when it comes first. Touches nothing when the prompt has changed, or when the user's settings have
   * another version.
   */
  | { readonly kind: "prompt-moved"; readonly was: Prompt; readonly to: Prompt; readonly version?: number }
  | { readonly kind: "prompt-dropped"; readonly userId: UserId; readonly prompt: PromptKind }
  /** Touches nothing when the key exists: nothing is sent twice. */
  | { readonly kind: "delivery-queued"; readonly delivery: OutboxMessage }
  /** Also touches nothing when this user was sent another message on that local day. */
  | DeliverySending
  | DeliveryPostponed
  | DeliveryRouted
  | DeliveryEnded
  | DeliveryUpdated
  /** The time zone that the platform reports. Touches nothing when the account does not belong to `of`. */
  | { readonly kind: "account-time-zone-updated"; readonly account: Account; readonly of?: UserId }
  /** Whether direct messages reach this account. */
  | { readonly kind: "account-reached"; readonly account: Account; readonly reach: Reach }
  /** A workspace installed the bot, or has a new token. */
  | { readonly kind: "installation-saved"; readonly installation: Installation }
  /** A workspace uninstalled the bot. Touches nothing when it had not installed it. */
  | { readonly kind: "installation-removed"; readonly platform: PlatformName; readonly workspace: string }
  /** Replaces one named value of the app's state. */
  | { readonly kind: "noted"; readonly name: string; readonly value: string }
  | UserDataChange
  | GroupChange;

type ChangesByKind = { readonly [Each in Change as Each["kind"]]: Each };

/** The change of one kind. */
export type ChangeOf<Kind extends Change["kind"]> = ChangesByKind[Kind];

/** The owner of an account at the time of a decision; undefined when it had none. */
export type Speaker = {
  readonly account: AccountKey;
  readonly userId: UserId | undefined;
  /** The version of the owner's settings; absent when the decision did not depend on them. */
  readonly version?: number;
};

/** A workspace that installed the bot, with its encrypted bot token. The key is not in the database. */
export type Installation = { readonly platform: PlatformName; readonly workspace: string; readonly encryptedToken: string };
