/** Prompts, outbox messages and notes of the in-memory store. */

import type { DeliveryKey, UserId } from "#core/lib/ids.ts";
import type { DeliveryEnded, DeliveryUpdated } from "#core/model/changes/outbox.ts";
import { type DirectMessage, isChannelMessage, type OutboxMessage, overdueAfter } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { claim, expire, lanesOf, type Route, routeOf } from "./lanes.ts";
import type { Appliers, StateAccount, StoreState } from "./state.ts";
import { versionOf } from "./versions.ts";

/** The state of the outbox. A prompt's key is its kind and its user. */
export type OutboxState = {
  readonly prompts: Map<string, Prompt>;
  readonly deliveries: Map<DeliveryKey, OutboxMessage>;
  readonly notes: Map<string, string>;
  /** The route of each message. */
  readonly routes: Map<DeliveryKey, Route>;
};

/** An empty state. */
export function emptyOutbox(): OutboxState {
  return { prompts: new Map(), deliveries: new Map(), notes: new Map(), routes: new Map() };
}

/** A copy of the state, for writing. */
export function cloneOutbox({ prompts, deliveries, notes, routes }: OutboxState): OutboxState {
  return { prompts: new Map(prompts), deliveries: new Map(deliveries), notes: new Map(notes), routes: new Map(routes) };
}

/** The part of the store that reads and claims prompts and messages. */
export function outboxOf(
  kept: () => StoreState,
): Pick<
  Store,
  "due" | "prompts" | "usersWithPrompts" | "claim" | "claimOverdue" | "lanes" | "deliveries" | "findAddressee" | "nextAt" | "findNote"
> {
  const prompts = (): readonly Prompt[] => [...kept().outbox.prompts.values()].toSorted((a, b) => compare(a.dueAt, b.dueAt));
  return {
    async due(now, limit) {
      const due = prompts().filter(({ dueAt }) => compare(dueAt, now) <= 0);
      return due.slice(0, limit).flatMap((prompt) => {
        const user = kept().users.get(prompt.userId);
        return user ? [{ prompt, user, version: versionOf(kept(), user.id) }] : [];
      });
    },
    async prompts(userId) {
      return prompts().filter((prompt) => prompt.userId === userId);
    },
    async usersWithPrompts(after, limit) {
      const people = [...kept().users.values()].filter(({ id }) => (!after || id > after) && kept().outbox.prompts.has(`weekly ${id}`));
      return people.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
    },
    claim: async (now, until, limit, platform) => claim(kept().outbox, { now, until, limit }, ({ via }) => via === platform),
    async claimOverdue(now, until, limit, platform) {
      const { outbox } = kept();
      const claimed = claim(
        outbox,
        { now: now.subtract(overdueAfter), until, limit },
        ({ fallback }, state) => fallback === platform && state === "queued",
      );
      for (const { key } of claimed) outbox.routes.set(key, { via: platform, fallback: platform });
      return claimed;
    },
    lanes: async () => lanesOf(kept().outbox),
    async deliveries(userId, limit) {
      const theirs = [...kept().outbox.deliveries.values()].filter((message) => isTo(message, userId));
      return theirs.toSorted((a, b) => compare(b.dueAt, a.dueAt) || (a.key < b.key ? 1 : -1)).slice(0, limit);
    },
    findAddressee: async (userId) => addresseeOf(kept(), userId),
    async nextAt(platforms) {
      const lanes = lanesOf(kept().outbox).filter(({ platform }) => !platforms || platforms.includes(platform));
      const ahead = lanes.map(({ nextAt }) => nextAt);
      const prompted = [...prompts(), ...kept().groups.prompts.values()].map(({ dueAt }) => dueAt);
      return [...prompted, ...ahead].toSorted(compare)[0];
    },
    async findNote(name) {
      return kept().outbox.notes.get(name);
    },
  };
}

/** Whether the message is a direct message to that user. */
export function isTo(message: OutboxMessage, userId: UserId): message is DirectMessage {
  return !isChannelMessage(message) && message.userId === userId;
}

/** A user and all of their accounts. */
function addresseeOf({ users, accounts: all }: StoreState, userId: UserId): Awaited<ReturnType<Store["findAddressee"]>> {
  const user = users.get(userId);
  const accounts = [...all.values()].filter((account) => account.userId === userId);
  const sorted = accounts.toSorted(byHearing);
  return user && sorted.length > 0
    ? { user, accounts: sorted.map(({ account: { platform, id, name }, reach }) => ({ account: { platform, id, name }, reach })) }
    : undefined;
}

const compare = Temporal.Instant.compare;

/** Sorts the account that was used last to the front. */
function byHearing({ account: a, heardAt: one }: StateAccount, { account: b, heardAt: other }: StateAccount): number {
  const since = (other?.epochMilliseconds ?? 0) - (one?.epochMilliseconds ?? 0);
  return since || order(a.platform, b.platform) || order(a.id, b.id);
}

function order(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Applies changes of prompts, outbox messages and notes. */
export const outboxAppliers = {
  "prompt-set": (next, { prompt }) => next.outbox.prompts.set(`${prompt.kind} ${known(next, prompt.userId)}`, prompt).size > 0,
  "prompt-moved"(next, { was, to, version }) {
    if (version !== undefined && versionOf(next, was.userId) !== version) return false;
    return movePrompt(next.outbox.prompts, was, to);
  },
  "prompt-dropped": (next, { prompt, userId }) => next.outbox.prompts.delete(`${prompt} ${userId}`),
  "delivery-queued": (next, { delivery }) => queueDelivery(next, delivery),
  "delivery-sending"(next, change) {
    const { sentOn, triedAt, statedNumbers } = change;
    const isFree = !sentOn || !isTaken([...next.outbox.deliveries.values()], change, sentOn);
    return isFree && moveHeld(next, change, (found) => ({ ...found, state: "sending", sentOn, triedAt, statedNumbers }));
  },
  "delivery-postponed": (next, change) =>
    moveHeld(next, change, (found) => {
      const waiting = { ...found, nextAt: change.nextAt, attempts: change.attempts };
      return change.mayHaveArrived ? waiting : { ...waiting, state: "queued", sentOn: undefined, triedAt: undefined };
    }),
  "delivery-ended": (next, change) => moveHeld(next, change, (found) => endedBy(change, found)),
  "delivery-routed"(next, change) {
    const { routes } = next.outbox;
    const isMoved = moveHeld(next, change, (found) => ({ ...found, nextAt: change.nextAt }));
    if (isMoved) routes.set(change.key, { via: change.platform, fallback: routes.get(change.key)?.fallback });
    return isMoved;
  },
  "delivery-updated": (next, change) => showPost(next.outbox.deliveries, change),
  "deliveries-expired": (next, change) => expire(next.outbox, change),
  noted: (next, { name, value }) => next.outbox.notes.set(name, value).size > 0,
} satisfies Partial<Appliers>;

function queueDelivery(next: StoreState, delivery: OutboxMessage): boolean {
  const { deliveries, routes } = next.outbox;
  if (isChannelMessage(delivery)) {
    if (deliveries.has(delivery.key)) return false;
    deliveries.set(delivery.key, delivery);
    routes.set(delivery.key, routeOf(next, delivery));
    return true;
  }
  const wentOut = delivery.sentOn && isTaken([...deliveries.values()], delivery, delivery.sentOn);
  if (deliveries.has(delivery.key) || wentOut) return false;
  deliveries.set(delivery.key, { ...delivery, userId: known(next, delivery.userId) });
  routes.set(delivery.key, routeOf(next, delivery));
  return true;
}

/** Whether another message went to that user on that local day. */
function isTaken(
  all: readonly OutboxMessage[],
  { key, userId }: { readonly key: DeliveryKey; readonly userId: UserId | undefined },
  day: Temporal.PlainDate,
): boolean {
  return all.some((other) => !isChannelMessage(other) && other.userId === userId && other.key !== key && other.sentOn?.equals(day));
}

function movePrompt(prompts: OutboxState["prompts"], was: Prompt, to: Prompt): boolean {
  const key = `${was.kind} ${was.userId}`;
  const found = prompts.get(key);
  if (!found?.dueAt.equals(was.dueAt) || !found.localDate.equals(was.localDate)) return false;
  prompts.set(key, to);
  return true;
}

type Claim = { readonly key: DeliveryKey; readonly fence: number };

/** Moves a message that has not ended, if the given fence still holds its lease. */
function moveHeld({ outbox: { deliveries } }: StoreState, { key, fence }: Claim, move: (found: OutboxMessage) => OutboxMessage): boolean {
  const found = deliveries.get(key);
  if (!found || found.fence !== fence || (found.state !== "queued" && found.state !== "sending")) return false;
  deliveries.set(key, move(found));
  return true;
}

function endedBy({ finalState: state, reason, at: endedAt, liveMessage: shown }: DeliveryEnded, found: OutboxMessage): OutboxMessage {
  const liveMessage = shown && { messageId: shown.messageId, contentHash: shown.contentHash };
  const sentOn = state === "sent" || state === "unknown" ? found.sentOn : undefined;
  const ended = { state, reason, endedAt, nextAt: shown?.until, sentOn };
  if (isChannelMessage(found)) return { ...found, ...ended, liveMessage };
  const { blocks: _, ...rest } = found;
  return { ...rest, ...ended };
}

function showPost(deliveries: OutboxState["deliveries"], { key, fence, liveMessage, attempts, nextAt }: DeliveryUpdated): boolean {
  const found = deliveries.get(key);
  if (!found || !isChannelMessage(found) || found.fence !== fence || found.state !== "sent") return false;
  deliveries.set(key, { ...found, liveMessage, attempts, nextAt });
  return true;
}

/** Returns `userId`. Throws when the store has no such user. */
export function known({ users }: StoreState, userId: UserId): UserId {
  if (users.has(userId)) return userId;
  throw new Error(`Commit a change of user "${userId}": the store knows nobody of that id. Save the user first`);
}
