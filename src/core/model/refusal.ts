/** Every way in which a person can be misunderstood, or ask for what cannot be. A refusal changes nothing. */

/** Why a person was not understood. */
export type Refusal = {
  readonly kind: RefusalKind;
  /** Their own words that are at fault, fit to be quoted; empty where there are none. */
  readonly said: string;
  /** Something that works as it stands, near to what they tried. */
  readonly example: string;
};

/** What keeps a session from being recorded, and so is told that nothing is. */
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

/** All of them. */
export type RefusalKind =
  | LogRefusalKind
  | "bad-value"
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

/** What keeps a group from being begun, joined, seen or changed. */
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

/** A refusal of this kind. */
export function refuse(kind: RefusalKind, said: string, example: string): Refusal {
  return { kind, said, example };
}

/** Tells a refusal from what stands in its place when all went well. */
export function isRefusal(value: object): value is Refusal {
  return "kind" in value && "said" in value && "example" in value;
}
