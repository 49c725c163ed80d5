/** Steps of random histories, taken on any store, so that two can be compared. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Days } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliverySending } from "#core/model/changes/outbox.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { delivering, moving, noteNames, outboxChange } from "./arbitrary-outbox.ts";
import { accounts, activities, change, days, from, instant, record, sessionIds, userIds, workspaces } from "./arbitrary.ts";
import fc from "fast-check";

type Delivering = DeliverySending | DeliveryPostponed | DeliveryEnded;
type Moving = Extract<Change, { readonly kind: "prompt-moved" }>;

/** One thing that is done to a store, or asked of it. */
export type Step =
  | { readonly kind: "commit"; readonly changes: readonly Change[] }
  /** Of one of the deliveries, and of one of the prompts, that stand then. */
  | { readonly kind: "deliver"; readonly pick: number; readonly change: Delivering; readonly besides: readonly Change[] }
  | {
      readonly kind: "move";
      readonly pick: number;
      readonly change: Moving;
      readonly isMissed: boolean;
      readonly besides: readonly Change[];
    }
  | { readonly kind: "sessions"; readonly days: Days }
  | { readonly kind: "page"; readonly skip: number; readonly limit: number }
  | {
      readonly kind: "claim" | "claimOverdue";
      readonly platform: PlatformName;
      readonly now: Temporal.Instant;
      readonly until: Temporal.Instant;
    }
  | { readonly kind: "due"; readonly now: Temporal.Instant; readonly limit: number }
  | { readonly kind: "limited"; readonly limit: number }
  | { readonly kind: "reopen" };

const commit = (changes: fc.Arbitrary<Change>) =>
  record({ kind: fc.constant("commit" as const), changes: fc.array(changes, { maxLength: 4 }) });
const limit = from([0, 1, 1, 2, 4]);
const pick = fc.nat(9);
const platform = from([...new Set(accounts.map((account) => account.platform))]);
const later = instant.map((at) => at.add({ hours: 1 }));
const besides = fc.array(outboxChange, { maxLength: 2 });

/** Anything that may be done or asked of what people say. */
export const personalStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: commit(fc.oneof({ arbitrary: change, weight: 3 }, { arbitrary: outboxChange, weight: 1 })), weight: 12 },
  { arbitrary: record({ kind: fc.constant("sessions" as const), days }), weight: 3 },
  { arbitrary: record({ kind: fc.constant("page" as const), skip: fc.nat(3), limit: fc.nat(3) }), weight: 3 },
  { arbitrary: record({ kind: fc.constant("reopen" as const) }), weight: 1 },
);

/** Anything that may be done or asked of what is said unasked. */
export const outboxStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: commit(outboxChange), weight: 8 },
  { arbitrary: record({ kind: fc.constant("deliver" as const), pick, change: delivering, besides }), weight: 10 },
  { arbitrary: record({ kind: fc.constant("move" as const), pick, change: moving, isMissed: fc.boolean(), besides }), weight: 3 },
  { arbitrary: record({ kind: fc.constant("claim" as const), platform, now: instant, until: instant }), weight: 8 },
  { arbitrary: record({ kind: fc.constant("claimOverdue" as const), platform, now: later, until: instant }), weight: 2 },
  { arbitrary: record({ kind: fc.constant("due" as const), now: instant, limit }), weight: 1 },
  { arbitrary: record({ kind: fc.constant("limited" as const), limit }), weight: 1 },
  { arbitrary: record({ kind: fc.constant("reopen" as const) }), weight: 1 },
);

/** A step with nothing left open. */
export type Aimed = Exclude<Step, { readonly kind: "deliver" | "move" }>;

/** `step` as it means something in a store that holds what `store` holds. */
export async function aimed(step: Step, store: Store): Promise<Aimed> {
  if (step.kind === "deliver") return { kind: "commit", changes: [aimedAt(step, await standing(store)), ...step.besides] };
  if (step.kind === "move") return { kind: "commit", changes: [await aimedMove(step, store), ...step.besides] };
  return step;
}

async function aimedMove({ pick, change, isMissed }: Extract<Step, { readonly kind: "move" }>, store: Store): Promise<Change> {
  const found = (await Promise.all(userIds.map((id) => store.prompts(id)))).flat().toSorted(byName);
  const was = found[pick % found.length] ?? change.was;
  const to = { ...change.to, userId: was.userId, kind: was.kind };
  const missed = pick % 2 === 0 ? { ...was, localDate: to.localDate } : { ...was, dueAt: to.dueAt };
  return { kind: "prompt-moved", was: isMissed ? missed : was, to };
}

async function standing(store: Store): Promise<readonly DirectMessage[]> {
  return (await Promise.all(userIds.map((id) => store.deliveries(id, 100)))).flat();
}

/** Most deliveries that are chosen are at no end yet. */
function aimedAt({ pick, change }: Extract<Step, { readonly kind: "deliver" }>, all: readonly DirectMessage[]): Change {
  const open = all.filter(({ nextAt }) => nextAt);
  const from = open.length > 0 && pick > 0 ? open : all;
  const found = from[pick % from.length];
  if (!found) return change;
  const aim = { key: found.key, fence: found.fence - change.fence };
  return change.kind === "delivery-sending" ? { ...change, ...aim, userId: found.userId } : { ...change, ...aim };
}

/** What comes of `step` in `store`. */
export async function take(store: Store, step: Aimed): Promise<unknown> {
  switch (step.kind) {
    case "commit":
      return store.commit(step.changes).catch(() => "threw");
    case "sessions":
      return Promise.all(userIds.map((id) => store.sessions(id, step.days)));
    case "page":
      return Promise.all(
        userIds.flatMap((id) => [undefined, ...activities].map((activity) => store.page(id, { ...step, ...(activity && { activity }) }))),
      );
    // Which of two that wait for one instant is taken first is nobody's promise, so that a claim takes all.
    case "claim":
    case "claimOverdue":
      return inOrder(await store[step.kind](step.now, step.until, 100, step.platform), ({ key }) => key);
    case "due":
      return (await store.due(step.now, step.limit)).map(({ prompt }) => prompt.dueAt);
    case "limited":
      return Promise.all([
        ...userIds.map((id) => store.deliveries(id, step.limit)),
        ...[undefined, ...userIds].map((after) => store.usersWithPrompts(after, step.limit)),
      ]);
    case "reopen":
      return contentOf(store);
  }
}

const nameOf = ({ kind, userId }: Prompt): string => `${kind} ${userId}`;
const byName = (one: Prompt, other: Prompt): number => (nameOf(one) < nameOf(other) ? -1 : 1);

/** When each is due, in the order given, and then all of them by name: those that are due at once may come in any order. */
function inOrder<Item extends { readonly dueAt: Temporal.Instant }>(items: readonly Item[], nameOf: (item: Item) => string): unknown {
  return { times: items.map(({ dueAt }) => dueAt), items: items.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)) };
}

const always: Days = { from: Temporal.PlainDate.from("2000-01-01"), until: Temporal.PlainDate.from("2100-01-01") };
const lastly = Temporal.Instant.from("2100-01-01T00:00:00Z");

/** All that can be asked of `store`. */
export async function contentOf(store: Store): Promise<unknown> {
  const people = userIds.map(async (id) => ({
    sessions: await store.sessions(id, always),
    each: await Promise.all(sessionIds.map((session) => store.findSession(id, session))),
    act: await store.findAct(id),
    question: await store.findQuestion(id),
    prompts: inOrder(await store.prompts(id), ({ kind }) => kind),
    deliveries: await store.deliveries(id, 100),
    addressee: await store.findAddressee(id),
  }));
  const due = (await store.due(lastly, 100)).map(({ prompt, user }) => ({ ...prompt, user }));
  return {
    people: await Promise.all(people),
    users: await Promise.all(accounts.map((account) => store.findUser(account))),
    usersWithPrompts: await store.usersWithPrompts(undefined, 100),
    due: inOrder(due, nameOf),
    nextAt: await store.nextAt(),
    lanes: await store.lanes(),
    installations: await Promise.all(
      accounts.map(async ({ platform }) => [
        await store.installations(platform),
        await Promise.all(workspaces.map((home) => store.findInstallation(platform, home))),
      ]),
    ),
    notes: await Promise.all(noteNames.map((name) => store.findNote(name))),
  };
}
