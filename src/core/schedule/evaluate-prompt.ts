/** Evaluates a user's due prompt: which message is queued, and when the prompt is due next. */

import { dayAt, weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type DirectMessage, endUnsent, createDirectMessage } from "#core/model/outbox-message.ts";
import { type Prompt, promptKinds } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { User } from "#core/model/user.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { nextNudge, weeklyDue, nextWeeklyTime, weekOfPrompt } from "./due-times.ts";
import { restNudge, trainingNudge } from "./nudges.ts";
import { beganOn, isSilent } from "./weekly-feedback.ts";

/** A due prompt, its user, and the data loaded for it. */
export type DuePrompt = {
  readonly prompt: Prompt;
  readonly user: User;
  readonly now: Temporal.Instant;
  /** Weekly prompt: the latest session, if any. Nudge: the sessions of `daysForNudge`. */
  readonly sessions: readonly Session[];
  /** Minutes over which messages due at the same wall time are distributed. */
  readonly jitter: number;
};

/** The changes that evaluate `due`. The first one guards the others: it matches no row if the prompt was already evaluated. */
export function evaluatePrompt(due: DuePrompt): readonly Change[] {
  return due.prompt.kind === "weekly" ? evaluateWeekly(due) : evaluateNudge(due, due.prompt.kind);
}

function evaluateWeekly({ prompt, user, now, sessions, jitter }: DuePrompt): readonly Change[] {
  const week = weekOfPrompt(prompt, user);
  const isLast = user.isStopped || isSilent(user, { latest: sessions[0]?.day, since: beganOn(prompt, user) }, week);
  const localDate = week.until;
  const next = weeklyDue(user, weekOf(localDate, user.firstDay), jitter);
  // When this week was evaluated late, the next one waits for the day after, so that weeks stay in order.
  const isAhead = Temporal.Instant.compare(prompt.dueAt, next) < 0;
  const to: Prompt = { ...prompt, localDate, dueAt: isAhead ? next : nextWeeklyTime(user, prompt.dueAt, jitter) };
  return [
    { kind: "prompt-moved", was: prompt, to },
    ...(user.feedback || user.isStopped ? [queued(createDirectMessage(prompt, user, week.from), user, now)] : []),
    ...(isLast ? promptKinds.map((kind) => ({ kind: "prompt-dropped", userId: user.id, prompt: kind }) as const) : []),
  ];
}

/** Queues a message only when there is a nudge; on most days there is none. */
function evaluateNudge({ prompt, user, now, sessions, jitter }: DuePrompt, kind: "rest" | "training"): readonly Change[] {
  const notBefore = prompt.localDate.add({ days: 1 });
  const to = nextNudge(kind, user, { after: prompt.dueAt, notBefore, jitter });
  const hasWords = (kind === "rest" ? restNudge : trainingNudge)(user, sessions, prompt.localDate) !== undefined;
  return [
    { kind: "prompt-moved", was: prompt, to: to ?? prompt },
    ...(to ? [] : [{ kind: "prompt-dropped", userId: user.id, prompt: kind } as const]),
    ...(hasWords ? [queued(createDirectMessage(prompt, user, prompt.localDate), user, now)] : []),
  ];
}

/** Queues the message. A message that cannot be sent is stored as ended with its reason, so that the user can be told. */
function queued(delivery: DirectMessage, user: User, now: Temporal.Instant): Change {
  if (user.isStopped) return { kind: "delivery-queued", delivery: endUnsent(delivery, "stopped", now) };
  if (pauseOn(user, dayAt(now, user.timeZone))) return { kind: "delivery-queued", delivery: endUnsent(delivery, "paused", now) };
  const isLate = Temporal.Instant.compare(delivery.expiresAt, now) <= 0;
  return { kind: "delivery-queued", delivery: isLate ? endUnsent(delivery, "late", now) : delivery };
}
