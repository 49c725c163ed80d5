/** Prompts: messages that the coach sends on its own, each due at one instant. */

import type { GroupId, UserId } from "#core/lib/ids.ts";

/** Why the coach may speak: the week that ended, the day after strength or a full week, a planned day without a log. */
export type PromptKind = "weekly" | "rest" | "training";

/** When one user's prompt of one kind is evaluated next. */
export type Prompt = {
  readonly userId: UserId;
  readonly kind: PromptKind;
  /** The wall time that the user chose, moved out of their quiet hours, with jitter. */
  readonly dueAt: Temporal.Instant;
  /** The local day that it is for. Of `weekly` the first day that no feedback has covered. */
  readonly localDate: Temporal.PlainDate;
  /** Of `weekly` the day on which messages began, or began again: silence is counted from there at the earliest. */
  readonly since?: Temporal.PlainDate;
};

/** All three. */
export const promptKinds: readonly PromptKind[] = ["weekly", "rest", "training"];

/** Why a group is spoken to: the week that ended, the week that is under way. */
export type GroupPromptKind = (typeof groupPromptKinds)[number];

/** Both. */
export const groupPromptKinds = ["round-up", "check-in"] as const;

/** When one group's prompt of one kind is evaluated next. */
export type GroupPrompt = {
  readonly groupId: GroupId;
  readonly kind: GroupPromptKind;
  readonly dueAt: Temporal.Instant;
  /** The first day of the week that it is for. */
  readonly weekStart: Temporal.PlainDate;
};
