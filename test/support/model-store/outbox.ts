/** Prompts, outbox messages and notes of the in-memory store. */

import type { DeliveryKey, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliveryRouted, DeliverySending, DeliveryUpdated } from "#core/model/changes/outbox.ts";
import { type DirectMessage, isChannelMessage, type OutboxMessage, overdueAfter } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { claim, lanesOf, type Route, routeOf } from "./lanes.ts";
import type { StateAccount, StoreState } from "./state.ts";
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

type OutboxChange = Extract<Change, { readonly kind: `prompt-${string}` | `delivery-${string}` | "noted" }>;

/** Applies `change` to `next`. Returns whether it touched anything. */
export function applyOutboxChange(next: StoreState, change: OutboxChange): boolean {
  const { prompts, deliveries, notes } = next.outbox;
  switch (change.kind) {
    case "prompt-set":
      prompts.set(`${change.prompt.kind} ${known(next, change.prompt.userId)}`, change.prompt);
      return true;
    case "prompt-moved":
      if (change.version !== undefined && versionOf(next, change.was.userId) !== change.version) return false;
      return movePrompt(prompts, change.was, change.to);
    case "prompt-dropped":
      return prompts.delete(`${change.prompt} ${change.userId}`);
    case "delivery-queued":
      return queueDelivery(next, change.delivery);
    case "delivery-sending":
    case "delivery-postponed":
    case "delivery-ended":
      return moveDelivery(deliveries, change);
    case "delivery-routed":
      return routeDelivery(next.outbox, change);
    case "delivery-updated":
      return showPost(deliveries, change);
    case "noted":
      notes.set(change.name, change.value);
      return true;
  }
}

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

function routeDelivery({ deliveries, routes }: OutboxState, { key, fence, platform, nextAt }: DeliveryRouted): boolean {
  const found = deliveries.get(key);
  if (!found || found.fence !== fence || (found.state !== "queued" && found.state !== "sending")) return false;
  deliveries.set(key, { ...found, nextAt });
  routes.set(key, { via: platform, fallback: routes.get(key)?.fallback });
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

function moveDelivery(deliveries: OutboxState["deliveries"], change: DeliverySending | DeliveryPostponed | DeliveryEnded): boolean {
  const found = deliveries.get(change.key);
  if (!found || found.fence !== change.fence || (found.state !== "queued" && found.state !== "sending")) return false;
  const moved = movedBy(change, found, [...deliveries.values()]);
  if (moved) deliveries.set(change.key, moved);
  return moved !== undefined;
}

function movedBy(
  change: DeliverySending | DeliveryPostponed | DeliveryEnded,
  found: OutboxMessage,
  all: readonly OutboxMessage[],
): OutboxMessage | undefined {
  switch (change.kind) {
    case "delivery-sending": {
      const { sentOn, triedAt, statedNumbers } = change;
      return sentOn && isTaken(all, change, sentOn) ? undefined : { ...found, state: "sending", sentOn, triedAt, statedNumbers };
    }
    case "delivery-postponed": {
      const { nextAt, attempts, mayHaveArrived } = change;
      const waiting = { ...found, nextAt, attempts };
      return mayHaveArrived ? waiting : { ...waiting, state: "queued", sentOn: undefined, triedAt: undefined };
    }
    case "delivery-ended": {
      const { finalState: end, reason, at, liveMessage: shown } = change;
      const liveMessage = shown && { messageId: shown.messageId, contentHash: shown.contentHash };
      const sentOn = end === "sent" || end === "unknown" ? found.sentOn : undefined;
      const ended = { state: end, reason, endedAt: at, nextAt: shown?.until, sentOn };
      if (isChannelMessage(found)) return { ...found, ...ended, liveMessage };
      const { blocks: _, ...state } = found;
      return { ...state, ...ended };
    }
  }
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
