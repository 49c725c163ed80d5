/** A log in the group's own channel: besides the answer, one short line for everybody there, of what the member shares. */

import { groupWeek, statusIn } from "#core/groups/board.ts";
import type { Membership } from "#core/model/group.ts";
import { isRefusal, type Refusal } from "#core/model/refusal.ts";
import { strengthMinutes } from "#core/model/session.ts";
import type { Outcome, Situation } from "#core/model/context.ts";
import type { Days } from "#core/lib/time.ts";
import { sayLoggedAloud } from "#core/voice/group.ts";

/** All of `days` and of `others`, and what lies between them. */
export function daysWith(days: Days, others: Days): Days {
  const isFirst = Temporal.PlainDate.compare(days.from, others.from) < 0;
  const isLast = Temporal.PlainDate.compare(days.until, others.until) > 0;
  return { from: isFirst ? days.from : others.from, until: isLast ? days.until : others.until };
}

/** `outcome` with the line about it; without one where the member shares nothing of their weeks. `situation` holds the group's week. */
export function withAloud(outcome: Outcome | Refusal, { group, member }: Membership, situation: Situation): Outcome | Refusal {
  if (isRefusal(outcome)) return outcome;
  const logged = outcome.changes.flatMap((change) => (change.kind === "session-logged" ? [change.session] : []));
  const loggedMinutes = [...situation.sessions, ...logged].map((session) => ({
    userId: session.userId,
    day: session.day,
    strength: strengthMinutes(session),
  }));
  const entry = { member, rests: { pauses: situation.user.pauses, isStopped: situation.user.isStopped } };
  const aloud = sayLoggedAloud(member, statusIn(groupWeek(group, situation.now), entry, loggedMinutes));
  return aloud ? { ...outcome, reply: { ...outcome.reply, aloud } } : outcome;
}
