/** Lanes of the in-memory store: the platform that sends each outbox message. */

import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Expiry } from "#core/model/changes/retention.ts";
import { type DirectMessage, isChannelMessage, type OutboxMessage } from "#core/model/outbox-message.ts";
import type { Lane } from "#src/ports/outbox.ts";
import type { OutboxState } from "./outbox.ts";
import type { StoreState } from "./state.ts";

/** The platform that sends a message, and the one that sends it when the first runs nowhere. */
export type Route = { readonly via: PlatformName | undefined; readonly fallback: PlatformName | undefined };

type Claiming = { readonly now: Temporal.Instant; readonly until: Temporal.Instant; readonly limit: number };

const compare = Temporal.Instant.compare;

/** Leases the messages that are due by `now` and whose route `isMeant` accepts. */
export function claim(
  { deliveries, routes }: OutboxState,
  { now, until, limit }: Claiming,
  isMeant: (route: Route, state: OutboxMessage["state"]) => boolean,
): readonly OutboxMessage[] {
  const due = [...deliveries.values()].filter(({ key, nextAt, state }) => {
    const route = routes.get(key);
    return nextAt && compare(nextAt, now) <= 0 && route && isMeant(route, state);
  });
  const claimed = due.toSorted((a, b) => compare(a.nextAt ?? now, b.nextAt ?? now)).slice(0, limit);
  const leased = claimed.map((delivery) => ({ ...delivery, fence: delivery.fence + 1, nextAt: until }));
  for (const delivery of leased) deliveries.set(delivery.key, delivery);
  return leased.toSorted((a, b) => compare(a.dueAt, b.dueAt));
}

/** The platforms with waiting messages, and when the first one is due. */
export function lanesOf({ deliveries, routes }: OutboxState): readonly Lane[] {
  const waiting = [...deliveries.values()].flatMap(({ key, nextAt }) => {
    const platform = routes.get(key)?.via;
    return platform && nextAt ? [{ platform, nextAt }] : [];
  });
  const first = waiting.toSorted((a, b) => compare(b.nextAt, a.nextAt));
  const lanes = [...new Map(first.map((lane) => [lane.platform, lane])).values()];
  return lanes.toSorted((one, other) => (one.platform < other.platform ? -1 : 1));
}

/** The route of `message` for the present accounts of its user. */
export function routeOf(state: StoreState, message: OutboxMessage): Route {
  if (isChannelMessage(message)) return { via: message.place.platform, fallback: undefined };
  if (message.target) return { via: message.target.platform, fallback: undefined };
  const accounts = byPreference(state, message.userId);
  const via = accounts[0]?.platform;
  return { via, fallback: accounts.find(({ platform, isOpen }) => isOpen && platform !== via)?.platform };
}

function byPreference(
  { users, accounts }: StoreState,
  userId: UserId,
): readonly { readonly platform: PlatformName; readonly isOpen: boolean }[] {
  const chosen = users.get(userId)?.messagesOn;
  const theirs = [...accounts.values()].filter((one) => one.userId === userId);
  const ranked = theirs.map(({ account: { platform, id }, reach, heardAt }) => ({
    platform,
    id,
    isOpen: reach.isOpen,
    rank: [Number(!reach.isOpen), Number(platform !== chosen), -(heardAt?.epochMilliseconds ?? 0)],
  }));
  return ranked.toSorted((a, b) => {
    const differing = a.rank.findIndex((part, index) => part !== b.rank[index]);
    if (differing >= 0) return (a.rank[differing] ?? 0) - (b.rank[differing] ?? 0);
    return a.platform === b.platform ? order(a.id, b.id) : order(a.platform, b.platform);
  });
}

function order(one: string, other: string): number {
  return one < other ? -1 : 1;
}

/** A message that has ended keeps no text. */
function withoutWords(delivery: DirectMessage): DirectMessage {
  const { blocks: _, ...state } = delivery;
  return state;
}

/** Ends messages that have waited in the lane of a platform that runs nowhere. */
export function expire({ deliveries, routes }: OutboxState, { platform, before, at, limit }: Expiry): boolean {
  const abandoned = [...deliveries.values()].filter(
    ({ key, state, nextAt }) =>
      routes.get(key)?.via === platform && nextAt && compare(nextAt, before) <= 0 && (state === "queued" || state === "sending"),
  );
  for (const delivery of abandoned.slice(0, limit)) {
    const end =
      delivery.state === "sending" ? ({ state: "unknown", reason: "in-doubt" } as const) : ({ state: "expired", reason: "late" } as const);
    const ended = { ...end, endedAt: at, nextAt: undefined };
    deliveries.set(delivery.key, isChannelMessage(delivery) ? { ...delivery, ...ended } : { ...withoutWords(delivery), ...ended });
  }
  return abandoned.length > 0 && limit > 0;
}
