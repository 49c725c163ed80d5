/** Looks at what is due, of people and of groups, and commits what comes of it. */

import { daysForBoard } from "#core/board.ts";
import type { Change } from "#core/change.ts";
import { look } from "#core/look.ts";
import { lookAtGroup } from "#core/look-group.ts";
import { daysForNudge } from "#core/nudge.ts";
import { placeOf } from "#core/place.ts";
import { weekOf } from "#core/time.ts";
import { breathe } from "#src/breathe.ts";
import type { Clock, Log, Store } from "#src/ports.ts";

/** What looking works with. */
export type LookDeps = { readonly store: Store; readonly clock: Clock; readonly log: Log; readonly spread: number };

/** How many prompts are looked at in one commit: more would hold up those who talk to the coach meanwhile. */
const atOnce = 25;

const latestOnly = { skip: 0, limit: 1 };

type Due = Awaited<ReturnType<Store["due"]>>[number];

/** Looks at every prompt that is due, of people and of groups. */
export async function lookAtAll(deps: LookDeps): Promise<void> {
  await lookAtPeople(deps);
  await lookAtGroups(deps);
}

async function lookAtPeople(deps: LookDeps): Promise<void> {
  for (;;) {
    const due = await deps.store.due(deps.clock.now(), atOnce);
    if (due.length === 0) return;
    const looks: (readonly Change[])[] = [];
    for (const one of firstOfEach(due)) looks.push(await lookAt(deps, one));
    await commitAll(deps.store, looks);
    await breathe();
  }
}

/** Of each person the longest due: what comes of it may fall due before the next, and time goes forward for everybody. */
function firstOfEach(due: readonly Due[]): readonly Due[] {
  return [...new Map(due.toReversed().map((one) => [one.user.id, one])).values()];
}

/** All in one commit, which is guarded by its first look alone: where another process was there first, each look stands for itself. */
async function commitAll(store: Store, looks: readonly (readonly Change[])[]): Promise<void> {
  if ((await store.commit(looks.flat())) === "done") return;
  for (const changes of looks) await store.commit(changes);
}

/** A prompt that cannot be looked at is put off, so that it holds up nobody else's. */
async function lookAt({ store, clock, log, spread }: LookDeps, { prompt, user }: Due): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const isWeekly = prompt.kind === "weekly";
    const sessions = isWeekly ? await store.page(user.id, latestOnly) : await store.sessions(user.id, daysForNudge(user, prompt.on));
    return look({ prompt, user, now, sessions, spread });
  } catch (error) {
    log.error("look-failed", { kind: prompt.kind, ...placeOf(error) });
    return [{ kind: "prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

type DueGroup = Awaited<ReturnType<Store["dueGroups"]>>[number];

/** One after the other: a group has as much to look up as many people. */
async function lookAtGroups(deps: LookDeps): Promise<void> {
  for (;;) {
    const due = await deps.store.dueGroups(deps.clock.now(), 1);
    const [first] = due;
    if (!first) return;
    await deps.store.commit(await lookAtOne(deps, first));
    await breathe();
  }
}

async function lookAtOne({ store, clock, log }: LookDeps, { prompt, group }: DueGroup): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const found = await store.findGroup({ id: group.id });
    const week = weekOf(prompt.on, group.firstDay);
    const crew = await store.crew({ groupId: group.id, days: daysForBoard(week), cheersOn: week.from });
    return lookAtGroup({ prompt, group, channels: found?.channels ?? [], crew, now });
  } catch (error) {
    log.error("look-failed", { kind: prompt.kind, ...placeOf(error) });
    return [{ kind: "group-prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}
