/** What somebody did, and what it means for what they are sent: prompts begin with a log, and follow every setting. */

import { weekAfter, weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import { type Prompt, promptKinds } from "#core/model/prompt.ts";
import type { User } from "#core/model/user.ts";
import { pauseOn } from "#core/training/pauses.ts";
import { nextNudge, weeklyDue, nextWeeklyTime, weekOfPrompt } from "./due-times.ts";

/** How many days a log may lie back and still begin prompts: those of three weeks, after which the coach is quiet. */
const recentDays = 21;

/** The settings that say when something is due. */
const scheduleSettings = ["timeZone", "firstDay", "feedback", "restNudges", "trainingNudges", "quietHours", "plan", "moved"] as const;

/** The person as `changes` leave them. */
export function userAfter(changes: readonly Change[], { user }: RequestContext): User {
  return changes.reduce((before, change) => (change.kind === "user-saved" ? change.user : before), user);
}

/** The prompts that `changes` begin, for somebody who has none: those of a person who logged something of late. None else. */
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

/** Whether accounts were linked or parted by it: then prompts start for those whom it names, and both know from before when I write. */
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

/** Of the week of `day`, or of the first one after it whose feedback can still come in time. */
function firstWeekly(
  user: User,
  day: Temporal.PlainDate,
  { now, jitter }: { readonly now: Temporal.Instant; readonly jitter: number },
): Prompt {
  let week = weekOf(day, user.firstDay);
  while (Temporal.Instant.compare(weeklyDue(user, week, jitter), now) <= 0) week = weekAfter(week, 1);
  return { userId: user.id, kind: "weekly", localDate: week.from, dueAt: weeklyDue(user, week, jitter) };
}

/** Whether `changes` give somebody who has prompts settings by which these come at other times. */
export function changesSchedule(changes: readonly Change[], context: RequestContext): boolean {
  const after = userAfter(changes, context);
  return context.isActive && !changes.some(isLinking) && scheduleSettings.some((key) => context.user[key] !== after[key]);
}

/** Whether `changes` end a pause, or the silence after stop, of somebody who has prompts. */
export function isReturning(changes: readonly Change[], context: RequestContext): boolean {
  const { user, today, isActive } = context;
  const after = userAfter(changes, context);
  const isPauseOver = pauseOn(user, today) !== undefined && pauseOn(after, today) === undefined;
  return isActive && !after.isStopped && (user.isStopped || isPauseOver);
}

/** `prompts` by the settings of `user`, who has just changed them, or under new rules of a time zone. They count silence from `since` where it is given. */
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
 * A week that was still to be spoken of is not left out because its new time has passed: it comes at the next asked time of day. What was due
 * this minute stays due.
 */
function movedWeekly(user: User, was: Prompt, now: Temporal.Instant, jitter: number): Temporal.Instant {
  const due = weeklyDue(user, weekOfPrompt(was, user), jitter);
  if (Temporal.Instant.compare(now, due) < 0) return due;
  return Temporal.Instant.compare(now, was.dueAt) < 0 ? nextWeeklyTime(user, now, jitter) : was.dueAt;
}

/** A prompt that is due this minute and not evaluated yet stays due. */
function nextOf(
  kind: "rest" | "training",
  user: User,
  was: Prompt | undefined,
  { now, jitter }: { readonly now: Temporal.Instant; readonly jitter: number },
): Prompt | undefined {
  const isDue = was && Temporal.Instant.compare(was.dueAt, now) <= 0;
  const after = isDue ? was.dueAt.subtract({ milliseconds: 1 }) : now;
  // A day that was spoken of already is not spoken of again: its delivery stands.
  return nextNudge(kind, user, { after, jitter });
}
