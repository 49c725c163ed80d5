/** People and their settings. */

import type { ZoneId } from "#core/evidence/evidence.ts";
import type { ActivityId, Minutes, PlatformName, UserId } from "#core/lib/ids.ts";
import type { Days, TimeZone, Weekday } from "#core/lib/time.ts";

/** A person on one platform. Slack's `id` holds the team. */
export type Account = {
  readonly platform: PlatformName;
  readonly id: string;
  readonly name: string;
  /** Where they are, as far as the platform tells; their days are counted there from the beginning. */
  readonly timeZone?: TimeZone;
  /** The language in which they use the platform now, as BCP 47, as far as it tells. It is not kept. */
  readonly locale?: string;
};

/** By which an account is known. */
export type AccountKey = Pick<Account, "platform" | "id">;

/** Whether direct messages reach an account, as far as the last one told, and whether the person was told how to open them. */
export type Reach = { readonly isOpen: boolean; readonly isTold: boolean };

/** Strength minutes a week that a person or their clinician set instead of ours. */
export type CustomRange = { readonly min: number; readonly max: number; readonly setOn: Temporal.PlainDate };

/** Local hours in which nothing is sent. May cross midnight. */
export type QuietHours = { readonly from: Temporal.PlainTime; readonly until: Temporal.PlainTime };

/** Training days of one week, by its first day, in place of those of the plan. */
export type WeekOverride = { readonly week: Temporal.PlainDate; readonly days: readonly Weekday[] };

/** A person whom the coach knows, with all that they set. */
export type User = {
  readonly id: UserId;
  readonly joinedAt: Temporal.Instant;
  readonly timeZone: TimeZone;
  /** The day on which their weeks start. */
  readonly firstDay: Weekday;
  /** When they want their weekly feedback, in their own time zone; undefined when they do not. */
  readonly feedback: { readonly weekday: Weekday; readonly time: Temporal.PlainTime } | undefined;
  readonly restNudges: boolean;
  readonly trainingNudges: boolean;
  readonly quietHours: QuietHours | undefined;
  /** Whether they ended all messages, until `/resume`. */
  readonly isStopped: boolean;
  /** Days on which nothing is sent and streaks wait, in their order; they do not overlap. */
  readonly pauses: readonly Days[];
  /** From 65 on the advice minds balance and is slower to welcome a drop. */
  readonly over65: boolean;
  readonly band: CustomRange | undefined;
  readonly plan: Plan | undefined;
  readonly moved: WeekOverride | undefined;
  /** Their own words for activities, folded as `foldWord` folds them. */
  readonly words: Readonly<Record<string, ActivityId>>;
  /** The platform to which direct messages go; where they spoke last, where they did not say. */
  readonly messagesOn: PlatformName | undefined;
  /** Zones whose caveat they have read once. */
  readonly told: readonly ZoneId[];
};

/** When feedback comes, unless somebody wants it at another time. */
export const defaultFeedback: NonNullable<User["feedback"]> = { weekday: 1, time: Temporal.PlainTime.from("08:00") };
const defaultQuietHours: QuietHours = { from: Temporal.PlainTime.from("22:00"), until: Temporal.PlainTime.from("07:00") };

/** What is true of somebody whom the coach meets, until they say otherwise. */
export function createUser(id: UserId, timeZone: TimeZone, joinedAt: Temporal.Instant): User {
  return {
    id,
    joinedAt,
    timeZone,
    firstDay: 1,
    feedback: defaultFeedback,
    restNudges: true,
    trainingNudges: false,
    quietHours: defaultQuietHours,
    isStopped: false,
    pauses: [],
    over65: false,
    band: undefined,
    plan: undefined,
    moved: undefined,
    words: {},
    messagesOn: undefined,
    told: [],
  };
}

/** The same minutes on each of some days of the week. */
export type Plan = { readonly days: readonly Weekday[]; readonly minutes: Minutes };
