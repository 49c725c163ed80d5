/** Everything shown in a workspace, indexed by place and person, so that a look stays cheap with thousands of people. */

import type { Shown } from "./rendered-message.ts";

/** What is shown. */
export type Screens = {
  show(one: Shown): void;
  /** Changes a message in a place for everybody. */
  edit(place: string, id: string, body: Shown["body"]): void;
  /** Removes a message from a place for everybody. */
  remove(place: string, id: string): void;
  /** What somebody sees in a place, oldest first. */
  look(place: string, user: string): readonly Shown[];
  /** Waits for the bot's next message to somebody in a place. */
  next(place: string, user: string): Promise<Shown>;
  /** How many messages were shown anywhere. */
  count(): number;
};

type Kept = Shown & { readonly order: number };
type Waiter = { readonly place: string; readonly user: string; readonly tell: (one: Shown) => void };

/** Creates empty screens. */
export function createScreens(): Screens {
  const kept = new Map<string, Kept[]>();
  const waiting = new Set<Waiter>();
  let count = 0;
  const at = (place: string | undefined, to: string | undefined): Kept[] => kept.get(`${place ?? ""} ${to ?? ""}`) ?? [];
  return {
    show(one) {
      const list = at(one.place, one.to);
      list.push({ ...one, order: (count += 1) });
      kept.set(`${one.place ?? ""} ${one.to ?? ""}`, list);
      tellOf(one, waiting);
    },
    edit(place, id, body) {
      const list = at(place, undefined);
      const index = list.findIndex((one) => one.id === id);
      const before = list[index];
      if (before) list.splice(index, 1, { ...before, body });
    },
    remove(place, id) {
      const list = at(place, undefined);
      const index = list.findIndex((one) => one.id === id);
      if (index >= 0) list.splice(index, 1);
    },
    look: (place, user) => [...at(place, undefined), ...at(place, user)].toSorted((one, other) => one.order - other.order),
    async next(place, user) {
      const { promise, resolve } = Promise.withResolvers<Shown>();
      waiting.add({ place, user, tell: resolve });
      return await promise;
    },
    count: () => count,
  };
}

/** Notifies the waiters that match, and removes them. */
function tellOf(one: Shown, waiting: Set<Waiter>): void {
  for (const waiter of waiting) {
    if (!one.isFromBot || one.place !== waiter.place || (one.to ?? waiter.user) !== waiter.user) continue;
    waiting.delete(waiter);
    waiter.tell(one);
  }
}
