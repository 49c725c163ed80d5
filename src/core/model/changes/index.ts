/** Everything that can be written. A store makes all the changes of a commit or none. */

import type { DeliveryKey, GroupId, PlatformName, ClarificationId, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { Clarification } from "#core/model/clarification.ts";
import type { Channel, JoinCode, Group, PastWeek, Member, ChannelRef } from "#core/model/group.ts";
import type { LastAction } from "#core/model/last-action.ts";
import type { FinalState, OutboxMessage, LiveMessage, StatedNumbers, EndReason } from "#core/model/outbox-message.ts";
import type { GroupPrompt, GroupPromptKind, Prompt, PromptKind } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account, AccountKey, Reach, User } from "#core/model/user.ts";
import type { UserDataChange } from "./own-change.ts";

/** One fact to be written, in the past tense. */
export type Change =
  /**
   * Put first, it guards a commit. Touches nothing when `source` or `also` was seen before, nor when `from` is not true any more: whoever was forgotten,
   * or linked, while their command was under way is not written to as who they were.
   */
  | {
      readonly kind: "inbound-seen";
      readonly source: MessageId;
      readonly also?: MessageId;
      readonly at: Temporal.Instant;
      readonly from?: Speaker;
      /** Its answer, where it could be given again after a restart. */
      readonly answer?: UnansweredReply;
    }
  /** One process takes it upon itself to give that answer. Touches nothing where it was shown, or is not due at `at`. */
  | { readonly kind: "answer-claimed"; readonly source: MessageId; readonly at: Temporal.Instant; readonly until: Temporal.Instant }
  /** All was done to show it, and nothing is kept of it any more. */
  | { readonly kind: "answer-shown"; readonly source: MessageId }
  /** New, or with new settings. */
  | { readonly kind: "user-saved"; readonly user: User }
  /** Where their settings are not of that version any more, nothing of the commit is kept. */
  | { readonly kind: "user-unchanged"; readonly userId: UserId; readonly version: number }
  /** `account` belongs to `userId` from now on; touches nothing when it belongs to somebody already. */
  | { readonly kind: "account-linked"; readonly account: Account; readonly userId: UserId }
  /** Touches nothing when it stands already. What is corrected is removed and logged anew. */
  | { readonly kind: "session-logged"; readonly session: Session }
  | { readonly kind: "session-removed"; readonly userId: UserId; readonly id: SessionId }
  /** Replaces the user's last action. */
  | { readonly kind: "last-action-set"; readonly lastAction: LastAction }
  /** Replaces the person's open question. */
  | { readonly kind: "clarification-asked"; readonly clarification: Clarification }
  /** Touches nothing when that question is no longer open. */
  | { readonly kind: "clarification-answered"; readonly userId: UserId; readonly id: ClarificationId }
  /** Replaces the person's prompt of that kind. */
  | { readonly kind: "prompt-set"; readonly prompt: Prompt }
  /**
   * Touches nothing when the prompt is not as it was, or their settings are not of that `version`: put first, it guards what came of looking
   * at it.
   */
  | { readonly kind: "prompt-moved"; readonly was: Prompt; readonly to: Prompt; readonly version?: number }
  | { readonly kind: "prompt-dropped"; readonly userId: UserId; readonly prompt: PromptKind }
  /** Touches nothing when its key stands already: nothing is said twice. */
  | { readonly kind: "delivery-queued"; readonly delivery: OutboxMessage }
  /** Touches nothing when somebody else has claimed it since, or when another was sent to this person on that day of theirs. */
  | DeliverySending
  /** It goes back to wait. Touches nothing when somebody else has claimed it since. */
  | DeliveryPostponed
  /** Another platform is to send it, at once. Touches nothing when somebody else has claimed it since. */
  | DeliveryRouted
  /** It has come to its end. Touches nothing when somebody else has claimed it since. */
  | DeliveryEnded
  /** The live message was updated, or is no longer maintained. Touches nothing when somebody else has claimed it since. */
  | DeliveryUpdated
  /** What the platform says now of where the person is. Touches nothing when the account is not `of` that person any more. */
  | { readonly kind: "account-time-zone-updated"; readonly account: Account; readonly of?: UserId }
  /** Whether direct messages reach this account. */
  | { readonly kind: "account-reached"; readonly account: Account; readonly reach: Reach }
  /** The coach was let in, or speaks with something else there from now on. */
  | { readonly kind: "installation-saved"; readonly installation: Installation }
  /** It was shown out. Touches nothing when it was not in. */
  | { readonly kind: "installation-removed"; readonly platform: PlatformName; readonly workspace: string }
  /** Replaces what was noted under that name. */
  | { readonly kind: "noted"; readonly name: string; readonly value: string }
  | UserDataChange
  | GroupChange;

/** Whose an account was when something was decided; undefined where it was nobody's. */
export type Speaker = {
  readonly account: AccountKey;
  readonly userId: UserId | undefined;
  /** Of their settings; left out where nothing was decided on them. */
  readonly version?: number;
};

/** One fact of a group. */
export type GroupChange =
  /** New, or with new settings. */
  | { readonly kind: "group-saved"; readonly group: Group }
  /** Where its settings are not of that version any more, nothing of the commit is kept. */
  | { readonly kind: "group-unchanged"; readonly groupId: GroupId; readonly version: number }
  /** With all that belongs to it. */
  | { readonly kind: "group-removed"; readonly groupId: GroupId }
  /** Touches nothing when the place is a group's already. */
  | { readonly kind: "channel-bound"; readonly channel: Channel }
  /** The place is no group's any more. */
  | { readonly kind: "channel-freed"; readonly channel: ChannelRef }
  /** Whether it takes messages. Who bound it is told of what was suspended. */
  | { readonly kind: "channel-reopened"; readonly channel: ChannelRef }
  | { readonly kind: "channel-suspended"; readonly channel: ChannelRef }
  /** They were told of all that is suspended of what they bound. */
  | { readonly kind: "suspensions-reported"; readonly userId: UserId }
  /** Touches nothing when they are in it already. */
  | { readonly kind: "member-joined"; readonly member: Member }
  /** Shares something else, or rests. Touches nothing when they are not in it. */
  | { readonly kind: "member-changed"; readonly member: Member }
  | { readonly kind: "member-left"; readonly groupId: GroupId; readonly userId: UserId }
  /** Replaces the group's code. */
  | { readonly kind: "code-made"; readonly code: JoinCode }
  /** Touches nothing when they cheered in that week already. */
  | { readonly kind: "cheered"; readonly groupId: GroupId; readonly userId: UserId; readonly on: Temporal.PlainDate }
  /** Replaces the group's prompt of that kind. */
  | { readonly kind: "group-prompt-set"; readonly prompt: GroupPrompt }
  /** As with the prompt of a person. */
  | { readonly kind: "group-prompt-moved"; readonly was: GroupPrompt; readonly to: GroupPrompt; readonly version?: number }
  | { readonly kind: "group-prompt-dropped"; readonly groupId: GroupId; readonly prompt: GroupPromptKind }
  /** Replaces what was kept of that week. */
  | { readonly kind: "week-kept"; readonly week: PastWeek }
  /**
   * The live messages of that group, of weeks from the one that holds `from`, are checked again; a claim from before is lost. Where what
   * it shows is not known either, it is edited in any case.
   */
  | {
      readonly kind: "board-invalidated";
      readonly groupId: GroupId;
      readonly from: Temporal.PlainDate;
      readonly at: Temporal.Instant;
      readonly isUnknown?: true;
    }
  /** The same of every group that they are in. */
  | { readonly kind: "boards-invalidated"; readonly userId: UserId; readonly from: Temporal.PlainDate; readonly at: Temporal.Instant };

const groupKinds: Readonly<Record<GroupChange["kind"], true>> = {
  "group-saved": true,
  "group-unchanged": true,
  "group-removed": true,
  "channel-bound": true,
  "channel-freed": true,
  "channel-reopened": true,
  "channel-suspended": true,
  "suspensions-reported": true,
  "member-joined": true,
  "member-changed": true,
  "member-left": true,
  "code-made": true,
  cheered: true,
  "group-prompt-set": true,
  "group-prompt-moved": true,
  "group-prompt-dropped": true,
  "week-kept": true,
  "board-invalidated": true,
  "boards-invalidated": true,
};

/** Whether it is a fact of a group. */
export function isGroupChange(change: Change): change is GroupChange {
  return Object.hasOwn(groupKinds, change.kind);
}

/** From here on it may have arrived. */
export type DeliverySending = {
  readonly kind: "delivery-sending";
  readonly key: DeliveryKey;
  readonly fence: number;
  /** To whom; undefined where it goes to a channel. */
  readonly userId: UserId | undefined;
  /** The local day, of the person or the group, on which it goes out; undefined for what does not count for its day. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly triedAt: Temporal.Instant;
  readonly statedNumbers: StatedNumbers | undefined;
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

/** It waits for another platform from now on. */
export type DeliveryRouted = {
  readonly kind: "delivery-routed";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly platform: PlatformName;
  readonly nextAt: Temporal.Instant;
};

/** How it ended. */
export type DeliveryEnded = {
  readonly kind: "delivery-ended";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly finalState: FinalState;
  readonly reason: EndReason | undefined;
  readonly at: Temporal.Instant;
  /** Of a message that is kept up to date: what it shows, and when it is checked for the last time. */
  readonly liveMessage?: LiveMessage & { readonly until: Temporal.Instant };
};

/** A live message after it was checked again. */
export type DeliveryUpdated = {
  readonly kind: "delivery-updated";
  readonly key: DeliveryKey;
  readonly fence: number;
  /** Undefined where it is left as it is from now on. */
  readonly liveMessage: LiveMessage | undefined;
  /** How often it could be neither edited nor removed, in a row. */
  readonly attempts: number;
  /** When it is checked next. */
  readonly nextAt: Temporal.Instant | undefined;
};

/** A place on a platform that let the coach in, and what it speaks with there, sealed: nobody reads it without a key from outside. */
export type Installation = { readonly platform: PlatformName; readonly workspace: string; readonly encryptedToken: string };
