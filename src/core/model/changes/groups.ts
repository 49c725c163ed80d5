/** Changes of groups, their channels and members. */

import type { GroupId, UserId } from "#core/lib/ids.ts";
import type { Channel, ChannelRef, Group, JoinCode, Member, PastWeek } from "#core/model/group.ts";
import type { GroupPrompt, GroupPromptKind } from "#core/model/prompt.ts";

/** A change of a group. */
export type GroupChange =
  /** New, or with new settings. */
  | { readonly kind: "group-saved"; readonly group: Group }
  /** Nothing of the commit is kept when the group's settings have another version. */
  | { readonly kind: "group-unchanged"; readonly groupId: GroupId; readonly version: number }
  /** Deletes the group with all that belongs to it. */
  | { readonly kind: "group-removed"; readonly groupId: GroupId }
  /** Touches nothing when the channel belongs to a group already. */
  | { readonly kind: "channel-bound"; readonly channel: Channel }
  /** The channel no longer belongs to a group. */
  | { readonly kind: "channel-freed"; readonly channel: ChannelRef }
  /** The channel accepts messages again, or no longer. The user who bound a suspended channel is told. */
  | { readonly kind: "channel-reopened"; readonly channel: ChannelRef }
  | { readonly kind: "channel-suspended"; readonly channel: ChannelRef }
  /** The user was told of every suspended channel that they bound. */
  | { readonly kind: "suspensions-reported"; readonly userId: UserId }
  /** Touches nothing when the user is a member already. */
  | { readonly kind: "member-joined"; readonly member: Member }
  /** Changes what the member shares, or their rest week. Touches nothing when they are no member. */
  | { readonly kind: "member-changed"; readonly member: Member }
  | { readonly kind: "member-left"; readonly groupId: GroupId; readonly userId: UserId }
  /** Replaces the group's code. */
  | { readonly kind: "code-made"; readonly code: JoinCode }
  /** Touches nothing when the member has cheered in that week. */
  | { readonly kind: "cheered"; readonly groupId: GroupId; readonly userId: UserId; readonly on: Temporal.PlainDate }
  /** Replaces the group's prompt of that kind. */
  | { readonly kind: "group-prompt-set"; readonly prompt: GroupPrompt }
  /** Touches nothing when the prompt has changed, or when the group's settings have another version. */
  | { readonly kind: "group-prompt-moved"; readonly was: GroupPrompt; readonly to: GroupPrompt; readonly version?: number }
  | { readonly kind: "group-prompt-dropped"; readonly groupId: GroupId; readonly prompt: GroupPromptKind }
  /** Replaces the record of that week. */
  | { readonly kind: "week-kept"; readonly week: PastWeek }
  /**
   * Checks the group's live messages again, from the week of `from` on. Earlier claims are lost. With `isUnknown` they are edited even if
   * their content is the same.
   */
  | {
      readonly kind: "board-invalidated";
      readonly groupId: GroupId;
      readonly from: Temporal.PlainDate;
      readonly at: Temporal.Instant;
      readonly isUnknown?: true;
    }
  /** The same for every group of the user. */
  | { readonly kind: "boards-invalidated"; readonly userId: UserId; readonly from: Temporal.PlainDate; readonly at: Temporal.Instant };
