/** What the clock does: looks at what is due, of people and of groups, and follows the rules of the world's clocks. */

import { daysForBoard } from "#core/groups/board.ts";
import type { UserId } from "#core/lib/ids.ts";
import { weekOf } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import { lookAtGroup } from "#core/schedule/evaluate-group-prompt.ts";
import { look } from "#core/schedule/evaluate-prompt.ts";
import { daysForNudge } from "#core/schedule/nudges.ts";
import { reschedule } from "#core/schedule/start-prompts.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { breathe } from "#src/runtime/event-loop.ts";

/** What ticks work with. */
export type TickDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Minutes, 0 to 60, over which those are spread who asked for the same wall time. */
  readonly spread: number;
};

/** How many prompts are looked at in one commit: more would hold up those who talk to the coach meanwhile. */
const atOnce = 25;

const latestOnly = { skip: 0, limit: 1 };

type Due = Awaited<ReturnType<Store["due"]>>[number];

/** Looks at every prompt that is due, of people and of groups. Once `stopping` says so it ends after those that it looks at: the rest stays due. */
export async function tick(deps: TickDeps, stopping?: AbortSignal): Promise<void> {
  await lookAtPeople(deps, stopping);
  await lookAtGroups(deps, stopping);
}

async function lookAtPeople(deps: TickDeps, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted) return;
    const due = await deps.store.due(deps.clock.now(), atOnce);
    if (due.length === 0) return;
    const looks: (readonly Change[])[] = [];
    for (const one of firstOfEach(due)) looks.push(await lookAt(deps, one));
    await commitAll(deps, looks);
    await breathe();
  }
}

/** Of each person the longest due: what comes of it may fall due before the next, and time goes forward for everybody. */
function firstOfEach(due: readonly Due[]): readonly Due[] {
  return [...new Map(due.toReversed().map((one) => [one.user.id, one])).values()];
}

/**
 * All in one commit, which is guarded by its first look alone: where another process was there first, each look stands for itself. So it does
 * where somebody was forgotten since, whose look writes to nobody.
 */
async function commitAll({ store, log }: TickDeps, looks: readonly (readonly Change[])[]): Promise<void> {
  const isDone = await store.commit(looks.flat()).then(
    (committed) => committed === "done",
    () => false,
  );
  if (isDone) return;
  const failures: unknown[] = [];
  for (const changes of looks) await store.commit(changes).catch((error: unknown) => failures.push(error));
  // Where none can be written it is not theirs, and all of it stays due.
  if (failures.length > 0 && failures.length === looks.length) throw failures[0];
  for (const error of failures) log.error("evaluation-failed", placeOf(error));
}

/** A prompt that cannot be looked at is put off, so that it holds up nobody else's. */
async function lookAt({ store, clock, log, spread }: TickDeps, { prompt, user, version }: Due): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const isWeekly = prompt.kind === "weekly";
    const sessions = isWeekly ? await store.page(user.id, latestOnly) : await store.sessions(user.id, daysForNudge(user, prompt.on));
    return look({ prompt, user, now, sessions, spread }).map((change) => ofVersion(change, version));
  } catch (error) {
    log.error("evaluation-failed", { kind: prompt.kind, ...placeOf(error) });
    return [{ kind: "prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

/** A move holds only for the settings on which it was decided; where these are others by now, it stays due and is looked at again. */
function ofVersion(change: Change, version: number): Change {
  return change.kind === "prompt-moved" || change.kind === "group-prompt-moved" ? { ...change, version } : change;
}

type DueGroup = Awaited<ReturnType<Store["dueGroups"]>>[number];

/** One after the other: a group has as much to look up as many people. */
async function lookAtGroups(deps: TickDeps, stopping: AbortSignal | undefined): Promise<void> {
  for (;;) {
    if (stopping?.aborted) return;
    const due = await deps.store.dueGroups(deps.clock.now(), 1);
    const [first] = due;
    if (!first) return;
    await deps.store.commit(await lookAtOne(deps, first));
    await breathe();
  }
}

async function lookAtOne({ store, clock, log }: TickDeps, { prompt, group, version }: DueGroup): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const found = await store.findGroup({ id: group.id });
    const week = weekOf(prompt.on, group.firstDay);
    const crew = await store.crew({ groupId: group.id, days: daysForBoard(week), cheersOn: week.from });
    return lookAtGroup({ prompt, group, channels: found?.channels ?? [], crew, now }).map((change) => ofVersion(change, version));
  } catch (error) {
    log.error("evaluation-failed", { kind: prompt.kind, ...placeOf(error) });
    return [{ kind: "group-prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

/** Under which the version of the rules is noted by which the prompts were set. */
const rulesNote = "time-zone-rules";

/**
 * Moves what is still to come where clocks of the world go by other rules than before; `rules` is their version. Where `stopping` ends it early
 * the version is not noted, so that the next start goes through all of it.
 */
export async function followRules(deps: TickDeps, rules: string, stopping?: AbortSignal): Promise<void> {
  const { store, log, clock, spread } = deps;
  const before = await store.findNote(rulesNote);
  if (before === rules) return;
  let after: UserId | undefined;
  let count = 0;
  for (;;) {
    const people = await store.awake(after, atOnce);
    if (people.length === 0) break;
    if (stopping?.aborted) return;
    const moved: (readonly Change[])[] = [];
    for (const user of people) moved.push(reschedule(user, await store.prompts(user.id), { now: clock.now(), spread }));
    await commitAll(deps, moved);
    after = people.at(-1)?.id;
    count += people.length;
    await breathe();
  }
  await store.commit([{ kind: "noted", name: rulesNote, value: rules }]);
  if (before !== undefined) log.info("rules-followed", { before, rules, people: count });
}
