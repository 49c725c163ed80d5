/** Evaluates due prompts of users and groups, and applies new time zone rules. */

import { daysForBoard } from "#core/groups/board.ts";
import type { UserId } from "#core/lib/ids.ts";
import { weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import { evaluateGroupPrompt } from "#core/schedule/evaluate-group-prompt.ts";
import { evaluatePrompt } from "#core/schedule/evaluate-prompt.ts";
import { daysForNudge } from "#core/schedule/nudges.ts";
import { reschedule } from "#core/schedule/start-prompts.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";

/** Dependencies of evaluating prompts. */
export type PromptDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Minutes, 0 to 60, over which messages due at the same wall time are distributed. */
  readonly jitter: number;
};

/** Prompts for each commit: more would delay replies. */
const batchSize = 25;

const latestOnly = { skip: 0, limit: 1 };

type Due = Awaited<ReturnType<Store["due"]>>[number];

/** Evaluates every due prompt of users and groups. Once `stopping` is aborted it ends after the current batch: the rest stays due. */
export async function evaluateDuePrompts(deps: PromptDeps, stopping?: AbortSignal): Promise<void> {
  await evaluateForUsers(deps, stopping);
  await evaluateForGroups(deps, stopping);
}

async function evaluateForUsers(deps: PromptDeps, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted) return;
    const due = await deps.store.due(deps.clock.now(), batchSize);
    if (due.length === 0) return;
    const batches: (readonly Change[])[] = [];
    for (const one of firstOfEach(due)) batches.push(await evaluateForUser(deps, one));
    await commitAll(deps, batches);
    await yieldToEventLoop();
  }
}

/** Each user's longest due prompt. Its result may fall due before their next one, and one user's events stay in order. */
function firstOfEach(due: readonly Due[]): readonly Due[] {
  return [...new Map(due.toReversed().map((one) => [one.user.id, one])).values()];
}

/**
 * Makes all batches in one commit, guarded by the first prompt only. If another process was first, or a user was deleted meanwhile, each
 * batch is committed by itself.
 */
async function commitAll({ store, log }: PromptDeps, batches: readonly (readonly Change[])[]): Promise<void> {
  const isDone = await store.commit(batches.flat()).then(
    (committed) => committed === "done",
    () => false,
  );
  if (isDone) return;
  const failures: unknown[] = [];
  for (const changes of batches) await store.commit(changes).catch((error: unknown) => failures.push(error));
  // If every commit fails, the prompts are not the cause; all of them stay due.
  if (failures.length > 0 && failures.length === batches.length) throw failures[0];
  for (const error of failures) log.error("evaluation-failed", describeError(error));
}

/** A prompt that cannot be evaluated is postponed by an hour, so that it does not block the others. */
async function evaluateForUser({ store, clock, log, jitter }: PromptDeps, { prompt, user, version }: Due): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const isWeekly = prompt.kind === "weekly";
    const sessions = isWeekly ? await store.page(user.id, latestOnly) : await store.sessions(user.id, daysForNudge(user, prompt.localDate));
    return evaluatePrompt({ prompt, user, now, sessions, jitter }).map((change) => ofVersion(change, version));
  } catch (error) {
    log.error("evaluation-failed", { kind: prompt.kind, ...describeError(error) });
    return [{ kind: "prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

/**
 * Ties a move to the settings version that it was decided on. If the settings have changed, the prompt stays due and is evaluated again.
 */
function ofVersion(change: Change, version: number): Change {
  return change.kind === "prompt-moved" || change.kind === "group-prompt-moved" ? { ...change, version } : change;
}

type DueGroup = Awaited<ReturnType<Store["dueGroups"]>>[number];

/** One by one: a group needs as many lookups as many users. */
async function evaluateForGroups(deps: PromptDeps, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted) return;
    const due = await deps.store.dueGroups(deps.clock.now(), 1);
    const [first] = due;
    if (!first) return;
    await deps.store.commit(await evaluateForGroup(deps, first));
    await yieldToEventLoop();
  }
}

async function evaluateForGroup({ store, clock, log }: PromptDeps, { prompt, group, version }: DueGroup): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const found = await store.findGroup({ id: group.id });
    const week = weekOf(prompt.weekStart, group.firstDay);
    const snapshot = await store.groupSnapshot({ groupId: group.id, days: daysForBoard(week), cheersOn: week.from });
    return evaluateGroupPrompt({ prompt, group, channels: found?.channels ?? [], snapshot, now }).map((change) =>
      ofVersion(change, version),
    );
  } catch (error) {
    log.error("evaluation-failed", { kind: prompt.kind, ...describeError(error) });
    return [{ kind: "group-prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

/** The key under which the version of the applied rules is stored. */
const rulesKey = "time-zone-rules";

/**
 * Recomputes future due times after a change of the time zone rules; `rules` is their version. If `stopping` ends it early, the version is
 * not stored and the next start repeats all of it.
 */
export async function applyTimeZoneRules(deps: PromptDeps, rules: string, stopping?: AbortSignal): Promise<void> {
  const { store, log, clock, jitter } = deps;
  const before = await store.findNote(rulesKey);
  if (before === rules) return;
  let after: UserId | undefined;
  let count = 0;
  for (;;) {
    const people = await store.usersWithPrompts(after, batchSize);
    if (people.length === 0) break;
    if (stopping?.aborted) return;
    const moved: (readonly Change[])[] = [];
    for (const user of people) moved.push(reschedule(user, await store.prompts(user.id), { now: clock.now(), jitter }));
    await commitAll(deps, moved);
    after = people.at(-1)?.id;
    count += people.length;
    await yieldToEventLoop();
  }
  await store.commit([{ kind: "noted", name: rulesKey, value: rules }]);
  if (before !== undefined) log.info("time-zone-rules-applied", { before, rules, people: count });
}
