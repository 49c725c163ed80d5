/** Training sessions. */

import type { ActivityId, Minutes, SessionId, UserId } from "#core/lib/ids.ts";
import type { Intensity } from "#core/evidence/evidence.ts";

/** The parts of a session's minutes, each 0 to 1, that count as strength and as aerobic. */
export type Split = { readonly strength: number; readonly aerobic: number };

/** A logged training session. */
export type Session = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly activity: ActivityId;
  readonly intensity: Intensity;
  /** 1 to 600. */
  readonly minutes: Minutes;
  readonly shares: Split;
  /** The user's local day. */
  readonly day: Temporal.PlainDate;
  readonly loggedAt: Temporal.Instant;
  readonly note?: string;
  /** The user's own word for the activity, when the catalogue lacks it. */
  readonly word?: string;
  /** The user who gets the session on unlink; absent when that is `userId`. */
  readonly origin?: UserId;
  /** The import that the session came from, if any. */
  readonly batch?: UserId;
};

/** Whether only a part of a session counts as strength. */
export function isMixed({ shares }: Session): boolean {
  return shares.strength > 0 && shares.strength < 1;
}

/** The exact strength minutes of a session; may be fractional. */
export function strengthMinutes(session: Session): number {
  return session.minutes * session.shares.strength;
}
