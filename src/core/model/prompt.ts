/** Prompts: scheduled reasons for a message, each due at one instant. */

import type { GroupId, UserId } from "#core/lib/ids.ts";

/** `weekly`: the past week. `rest`: the day after strength or after a full week. `training`: a planned day without a log. */
export type PromptKind = "weekly" | "rest" | "training";

/** When one user's prompt of one kind is evaluated next. */
export type Prompt = {
  readonly userId: UserId;
  readonly kind: PromptKind;
  /** The user's chosen wall time, moved out of their quiet hours, with jitter. */
  readonly dueAt: Temporal.Instant;
  /** The local day of the prompt. For `weekly`: the first day that no feedback has covered. */
  readonly localDate: Temporal.PlainDate;
  /** For `weekly`: the day on which messages started or restarted. Silence is counted from there at the earliest. */
  readonly since?: Temporal.PlainDate;
};

/** All kinds. */
export const promptKinds: readonly PromptKind[] = ["weekly", "rest", "training"];

/** `round-up`: the past week. `check-in`: the current week. */
export type GroupPromptKind = (typeof groupPromptKinds)[number];

/** All kinds of group prompt. */
export const groupPromptKinds = ["round-up", "check-in"] as const;

/** When one group's prompt of one kind is evaluated next. */
export type GroupPrompt = {
  readonly groupId: GroupId;
  readonly kind: GroupPromptKind;
  readonly dueAt: Temporal.Instant;
  /** The first day of the week of the prompt. */
  readonly weekStart: Temporal.PlainDate;
};
