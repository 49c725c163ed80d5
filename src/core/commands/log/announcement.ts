/** The announcement of a log in the group's own channel: one line, limited to what the member shares. */

import { groupWeek, statusIn } from "#core/groups/board.ts";
import type { Membership } from "#core/model/group.ts";
import { isRefusal, type Refusal } from "#core/model/refusal.ts";
import { strengthMinutes } from "#core/model/session.ts";
import type { Result, Loaded } from "#core/model/context.ts";
import type { Days } from "#core/lib/time.ts";
import { announceLog } from "#core/voice/group.ts";

/** The shortest span that holds both `days` and `others`. */
export function spanning(days: Days, others: Days): Days {
  const isFirst = Temporal.PlainDate.compare(days.from, others.from) < 0;
  const isLast = Temporal.PlainDate.compare(days.until, others.until) > 0;
  return { from: isFirst ? days.from : others.from, until: isLast ? days.until : others.until };
}

/** Adds an announcement to `result`, unless the member shares nothing. `data` must hold the sessions of the group's week. */
export function withAnnouncement(result: Result | Refusal, { group, member }: Membership, data: Loaded<"sessions">): Result | Refusal {
  if (isRefusal(result)) return result;
  const logged = result.changes.flatMap((change) => (change.kind === "session-logged" ? [change.session] : []));
  const loggedMinutes = [...data.sessions, ...logged].map((session) => ({
    userId: session.userId,
    day: session.day,
    strength: strengthMinutes(session),
  }));
  const entry = { member, rests: { pauses: data.user.pauses, isStopped: data.user.isStopped } };
  const announcement = announceLog(member, statusIn(groupWeek(group, data.now), entry, loggedMinutes));
  return announcement ? { ...result, reply: { ...result.reply, announcement } } : result;
}
