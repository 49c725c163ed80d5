/** Refusals: why a command was not understood or is not possible. A refusal changes nothing. */

/** A refused command. */
export type Refusal = {
  readonly kind: RefusalKind;
  /** The words at fault, fit to be quoted; empty when there are none. */
  readonly said: string;
  /** A command that works, close to the refused one. */
  readonly example: string;
};

/** Reasons not to log a session. The reply says that nothing was recorded. */
export type LogRefusalKind =
  | "empty"
  | "too-long"
  | "ill-formed"
  | "unknown-command"
  | "no-time"
  | "no-activity"
  | "two-times"
  | "two-activities"
  | "two-days"
  | "fraction"
  | "minutes-range"
  | "day-full"
  | "no-such-day"
  | "two-readings"
  | "future"
  | "too-old"
  | "unknown-words"
  | "long-note"
  | "not-training";

/** All reasons. */
export type RefusalKind =
  | LogRefusalKind
  | "bad-value"
  | "bad-setting"
  | "bad-plan"
  | "bad-pause"
  | "not-planned"
  | "extra-words"
  | "no-such-session"
  | "stale-question"
  | "stale-undo"
  | "nothing-to-undo"
  | "unclear-activity"
  | GroupRefusalKind;

/** Reasons not to create, join, show or change a group. */
export type GroupRefusalKind =
  | "needs-channel"
  | "unknown-place"
  | "channel-taken"
  | "no-group-here"
  | "no-such-group"
  | "not-manager"
  | "bad-group-name"
  | "bad-code"
  | "group-full"
  | "cannot-post"
  | "not-invited"
  | "posting-unknown"
  | "stale-button";

/** Creates a refusal. */
export function refuse(kind: RefusalKind, said: string, example: string): Refusal {
  return { kind, said, example };
}

/** Whether `value` is a refusal. */
export function isRefusal(value: object): value is Refusal {
  return "kind" in value && "said" in value && "example" in value;
}
