/** Faults that are planted into the running system: parts that do what a broken one would. */

import type { DeliveryKey } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { User } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import type { Faults } from "./machine.ts";

/** A store whose changes go through `spoil` before they are kept. */
function keeping(spoil: (change: Change) => readonly Change[]): (store: Store) => Store {
  return (store) => ({ ...store, commit: (changes) => store.commit(changes.flatMap(spoil)) });
}

/** Stores that give people as `spoil` makes them, to those who look at what is due and to those who send. */
function giving(spoil: (user: User) => User): Faults {
  return {
    coachStore: (store) => ({
      ...store,
      due: async (now, limit) => (await store.due(now, limit)).map((due) => ({ ...due, user: spoil(due.user) })),
    }),
    outboxStore: (store) => ({
      ...store,
      async findAddressee(userId) {
        const found = await store.findAddressee(userId);
        return found && { ...found, user: spoil(found.user) };
      },
    }),
  };
}

/** Whoever looks and sends knows people as they were when they were first looked at. */
export function staleSettings(): Faults {
  const first = new Map<string, User>();
  return giving((user) => {
    const known = first.get(user.id) ?? user;
    first.set(user.id, known);
    return known;
  });
}

/** Whoever looks and sends knows nothing of quiet hours. */
export function noQuietHours(): Faults {
  return giving((user) => ({ ...user, quietHours: undefined }));
}

/** What is queued is queued a second time, under a key of its own. */
export function doubledKeys(): Faults {
  const again = (key: DeliveryKey): DeliveryKey => `${key} again` as DeliveryKey;
  const spoil = (change: Change): readonly Change[] =>
    change.kind === "delivery-queued"
      ? [change, { ...change, delivery: { ...change.delivery, key: again(change.delivery.key) } }]
      : [change];
  return { coachStore: keeping(spoil) };
}

/** After each week one is passed over. */
export function skippedWeeks(): Faults {
  const spoil = (change: Change): readonly Change[] =>
    change.kind === "prompt-moved" && change.to.kind === "weekly"
      ? [{ ...change, to: { ...change.to, localDate: change.to.localDate.add({ days: 7 }), dueAt: change.to.dueAt.add({ hours: 168 }) } }]
      : [change];
  return { coachStore: keeping(spoil) };
}

/** The coach looks by a clock that is twenty minutes behind. */
export function slowClock(): Faults {
  return { coachClock: (clock) => ({ now: () => clock.now().subtract({ minutes: 20 }) }) };
}

/** Each message is handed over twice. */
export function twoCalls(): Faults {
  return {
    adapter: (adapter) => ({
      ...adapter,
      async send(surface, reply, key) {
        await adapter.send(surface, reply, key);
        return await adapter.send(surface, reply, key);
      },
    }),
  };
}

/** That something was sent is not kept. */
export function lostEnds(): Faults {
  return { outboxStore: keeping((change) => (change.kind === "delivery-ended" && change.finalState === "sent" ? [] : [change])) };
}

/** That messages do not reach somebody is not kept. */
export function forgottenClosings(): Faults {
  return { outboxStore: keeping((change) => (change.kind === "account-reached" ? [] : [change])) };
}

/** Whoever sends does not see what was logged last. */
export function lateSessions(): Faults {
  return { outboxStore: (store) => ({ ...store, sessions: async (userId, days) => (await store.sessions(userId, days)).slice(0, -1) }) };
}
