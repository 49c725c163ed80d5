/** Users: their accounts and settings. */

import type { ZoneId } from "#core/evidence/evidence.ts";
import type { ActivityId, Minutes, PlatformName, UserId } from "#core/lib/ids.ts";
import type { Days, TimeZone, Weekday } from "#core/lib/time.ts";

/** An account on one platform. Slack's `id` contains the team. */
export type Account = {
  readonly platform: PlatformName;
  readonly id: string;
  readonly name: string;
  /** The time zone that the platform reports, if any. A new user starts with it. */
  readonly timeZone?: TimeZone;
  /** The user's language on the platform, as BCP 47, if reported. It is not stored. */
  readonly locale?: string;
};

/** The key of an account. */
export type AccountKey = Pick<Account, "platform" | "id">;

/** Whether the last direct message reached the account, and whether the user was told how to open direct messages. */
export type Reach = { readonly isOpen: boolean; readonly isTold: boolean };

/** Strength minutes a week that the user or their clinician set in place of ours. Both ends are included. */
export type CustomRange = { readonly min: number; readonly max: number; readonly setOn: Temporal.PlainDate };

/** Local hours in which no message is sent. They may cross midnight. */
export type QuietHours = { readonly from: Temporal.PlainTime; readonly until: Temporal.PlainTime };

/** Training days of the week that starts on `week`, in place of the plan's. */
export type WeekOverride = { readonly week: Temporal.PlainDate; readonly days: readonly Weekday[] };

/** A user and their settings. */
export type User = {
  readonly id: UserId;
  readonly joinedAt: Temporal.Instant;
  readonly timeZone: TimeZone;
  /** The first day of the user's weeks. */
  readonly firstDay: Weekday;
  /** The local time of weekly feedback; undefined when it is off. */
  readonly feedback: { readonly weekday: Weekday; readonly time: Temporal.PlainTime } | undefined;
  readonly restNudges: boolean;
  readonly trainingNudges: boolean;
  readonly quietHours: QuietHours | undefined;
  /** Whether the user stopped all messages, until `/resume`. */
  readonly isStopped: boolean;
  /** Days on which nothing is sent and streaks wait, oldest first, without overlap. */
  readonly pauses: readonly Days[];
  /** From age 65 on the advice includes balance and is slower to welcome a drop. */
  readonly over65: boolean;
  readonly band: CustomRange | undefined;
  readonly plan: Plan | undefined;
  readonly moved: WeekOverride | undefined;
  /** The user's own words for activities, folded by `foldWord`. */
  readonly words: Readonly<Record<string, ActivityId>>;
  /** The platform for direct messages; undefined for the one that the user wrote on last. */
  readonly messagesOn: PlatformName | undefined;
  /** Zones whose caveat the user has read. */
  readonly told: readonly ZoneId[];
};

/** The default time of weekly feedback. */
export const defaultFeedback: NonNullable<User["feedback"]> = { weekday: 1, time: Temporal.PlainTime.from("08:00") };
const defaultQuietHours: QuietHours = { from: Temporal.PlainTime.from("22:00"), until: Temporal.PlainTime.from("07:00") };

/** Creates a user with the default settings. */
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

/** A training plan: the same minutes on each of `days`. */
export type Plan = { readonly days: readonly Weekday[]; readonly minutes: Minutes };
