/** One training session, and what it adds to a week. */

import type { ActivityId, Minutes, SessionId, UserId } from "#core/lib/ids.ts";
import type { Intensity } from "#core/evidence/evidence.ts";

/** The parts of a session's minutes, each 0 to 1, that count as strength and as aerobic. */
export type Split = { readonly strength: number; readonly aerobic: number };

/** A training session that somebody logged. */
export type Session = {
  readonly id: SessionId;
  readonly userId: UserId;
  readonly activity: ActivityId;
  readonly intensity: Intensity;
  /** 1 to 600. */
  readonly minutes: Minutes;
  readonly shares: Split;
  /** The person's own local day. */
  readonly day: Temporal.PlainDate;
  readonly loggedAt: Temporal.Instant;
  readonly note?: string;
  /** The person's own word for the activity, where it was one that the catalogue does not know. */
  readonly word?: string;
  /** Whose it is again when linked accounts part; absent where it is its owner's anyway. */
  readonly origin?: UserId;
  /** The batch that it came in, where it came in from a file. */
  readonly batch?: UserId;
};

/** Whether a session counts as strength and as something else. */
export function isMixed({ shares }: Session): boolean {
  return shares.strength > 0 && shares.strength < 1;
}

/** Strength minutes of a session: exact, so a half may remain. */
export function strengthMinutes(session: Session): number {
  return session.minutes * session.shares.strength;
}
