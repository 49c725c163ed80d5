/** Starts and reschedules a user's prompts: a log starts them, and every schedule setting moves them. */

import { weekAfter, weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import { type Prompt, promptKinds } from "#core/model/prompt.ts";
import type { User } from "#core/model/user.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { nextNudge, weeklyDue, nextWeeklyTime, weekOfPrompt } from "./due-times.ts";

/** Age limit, in days, of a log that starts prompts: three weeks, the span after which a user counts as silent. */
const recentDays = 21;

/** The settings that affect due times. */
const scheduleSettings = ["timeZone", "firstDay", "feedback", "restNudges", "trainingNudges", "quietHours", "plan", "moved"] as const;

/** The user after `changes`. */
export function userAfter(changes: readonly Change[], { user }: RequestContext): User {
  return changes.reduce((before, change) => (change.kind === "user-saved" ? change.user : before), user);
}

/** The prompts that `changes` start. Only a user without prompts who logged something recent gets any; linking names its own. */
export function startPrompts(changes: readonly Change[], context: RequestContext, jitter: number): readonly Prompt[] {
  const user = userAfter(changes, context);
  if (changes.some(isLinking))
    return changes.flatMap((change) => (isLinking(change) && change.promptsStart ? begin(change.promptsStart, context, jitter) : []));
  const days = changes.flatMap((change) => {
    if (change.kind === "session-logged") return [change.session.day];
    return change.kind === "import-applied" && change.last ? [change.last] : [];
  });
  const latest = days.toSorted(Temporal.PlainDate.compare).at(-1);
  const isRecent = latest !== undefined && Temporal.PlainDate.compare(latest, context.today.subtract({ days: recentDays })) > 0;
  return context.isActive || !isRecent ? [] : begin({ user, latest }, context, jitter);
}

/** Whether `change` links or unlinks accounts. Then prompts start for the user it names; both users know the schedule already. */
export function isLinking(change: Change): change is Extract<Change, { readonly kind: "users-linked" | "user-unlinked" }> {
  return change.kind === "users-linked" || change.kind === "user-unlinked";
}

type Begun = { readonly user: User; readonly latest: Temporal.PlainDate };

function begin({ user, latest }: Begun, { now, today }: RequestContext, jitter: number): readonly Prompt[] {
  const isRecent = Temporal.PlainDate.compare(latest, today.subtract({ days: recentDays })) > 0;
  if (user.isStopped || !isRecent) return [];
  return [
    { ...firstWeekly(user, latest, { now, jitter }), since: today },
    ...(["rest", "training"] as const).flatMap((kind) => nextNudge(kind, user, { after: now, jitter }) ?? []),
  ];
}

/** The weekly prompt for the week of `day`, or for the first later week whose feedback is still ahead. */
function firstWeekly(
  user: User,
  day: Temporal.PlainDate,
  { now, jitter }: { readonly now: Temporal.Instant; readonly jitter: number },
): Prompt {
  let week = weekOf(day, user.firstDay);
  while (Temporal.Instant.compare(weeklyDue(user, week, jitter), now) <= 0) week = weekAfter(week, 1);
  return { userId: user.id, kind: "weekly", localDate: week.from, dueAt: weeklyDue(user, week, jitter) };
}

/** Whether `changes` alter a schedule setting of a user who has prompts. */
export function changesSchedule(changes: readonly Change[], context: RequestContext): boolean {
  const after = userAfter(changes, context);
  return context.isActive && !changes.some(isLinking) && scheduleSettings.some((key) => context.user[key] !== after[key]);
}

/** Whether `changes` end a pause or a stop of a user who has prompts. */
export function isReturning(changes: readonly Change[], context: RequestContext): boolean {
  const { user, today, isActive } = context;
  const after = userAfter(changes, context);
  const isPauseOver = pauseOn(user, today) !== undefined && pauseOn(after, today) === undefined;
  return isActive && !after.isStopped && (user.isStopped || isPauseOver);
}

/** Moves `prompts` to the current settings of `user`, or to new time-zone rules. Silence then counts from `since`, if given. */
export function reschedule(
  user: User,
  prompts: readonly Prompt[],
  { now, jitter, since }: { readonly now: Temporal.Instant; readonly jitter: number; readonly since?: Temporal.PlainDate | undefined },
): readonly Change[] {
  const from = since ? { since } : {};
  return promptKinds.flatMap((kind): readonly Change[] => {
    const was = prompts.find((prompt) => prompt.kind === kind);
    const to =
      kind === "weekly" ? was && { ...was, ...from, dueAt: movedWeekly(user, was, now, jitter) } : nextOf(kind, user, was, { now, jitter });
    if (to) return [{ kind: "prompt-set", prompt: to }];
    return was ? [{ kind: "prompt-dropped", userId: user.id, prompt: kind }] : [];
  });
}

/**
 * The new due time of a weekly prompt. If the new time has passed, a pending week moves to the next chosen time of day instead of being
 * skipped. A prompt that is already due stays due.
 */
function movedWeekly(user: User, was: Prompt, now: Temporal.Instant, jitter: number): Temporal.Instant {
  const due = weeklyDue(user, weekOfPrompt(was, user), jitter);
  if (Temporal.Instant.compare(now, due) < 0) return due;
  return Temporal.Instant.compare(now, was.dueAt) < 0 ? nextWeeklyTime(user, now, jitter) : was.dueAt;
}

/** The next nudge prompt. A prompt that is due and not evaluated yet stays due. */
function nextOf(
  kind: "rest" | "training",
  user: User,
  was: Prompt | undefined,
  { now, jitter }: { readonly now: Temporal.Instant; readonly jitter: number },
): Prompt | undefined {
  const isDue = was && Temporal.Instant.compare(was.dueAt, now) <= 0;
  const after = isDue ? was.dueAt.subtract({ milliseconds: 1 }) : now;
  // The delivery row of a day prevents a second nudge on that day.
  return nextNudge(kind, user, { after, jitter });
}
