/** A setup in memory: a store that lasts, a platform that forgets, and processes over them, one after the other, that end at any crash point. */

import type { Address, DeliveryKey, MessageId } from "#core/lib/ids.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, HandleMessage, SendResult } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import { type PassCrashPoint, type CrashPoint, withAdapterCrashPoints, withCrashPoints } from "./crash-points.ts";
import { homeZone, logTo, platform } from "./process.ts";

/** What the platform does with the next message: whether it arrives, and what is heard of it. */
export const answers = ["sent", "ambiguous", "thrown", "lost", "later", "wait", "closed", "refused"] as const;
/** One of them. */
export type Answer = (typeof answers)[number];

/** Where a store can fail. */
export const failing = [
  "due",
  "claim",
  "findAddressee",
  "prompt-moved",
  "delivery-sending",
  "delivery-postponed",
  "delivery-ended",
] as const;
/** One of them. */
export type Failing = (typeof failing)[number];

/** Something that arrived, by the platform's own clock, which goes right. */
export type Arrival = { readonly key: DeliveryKey; readonly to: Address; readonly at: Temporal.Instant; readonly day: string };

/** The setup. */
export type DeliverySetup = {
  readonly arrivals: readonly Arrival[];
  /** The keys of what went out, or was about to, without anybody knowing whether it arrived. */
  readonly doubts: ReadonlySet<string>;
  /** Those among them that a process held in its hand while it stood still, and may hand over at any time after. */
  readonly held: ReadonlySet<string>;
  hear(name: string, text: string): Promise<string>;
  /** Time passes, and all that falls due on the way is done, by as many processes as it takes. */
  pass(time: Temporal.DurationLike): Promise<void>;
  /** Time passes, and nobody is there. */
  skip(time: Temporal.DurationLike): void;
  /** Somebody sets the clock of the machine, forward or back. */
  setClock(by: Temporal.DurationLike): void;
  /** What the platform does with the next messages; the others are sent. */
  answer(...next: readonly Answer[]): void;
  /** The process ends when it passes `crashPoint` so often, or stands still there, and another one begins. */
  stopAt(crashPoint: CrashPoint, passage: number, how: "die" | "stand"): void;
  /** Lives that stand still go on. */
  goOn(): Promise<void>;
  /** The store fails the next time that this is asked of it, or that a commit begins with it. */
  failAt(what: Failing): void;
  /** The machine's clock. */
  now(): Temporal.Instant;
};

const { promise: never } = Promise.withResolvers<never>();

/** `store`, which fails at each of `awaited` once. What it did not write down is in doubt. */
function frail(store: Store, awaited: Set<Failing>, doubts: Set<string>): Store {
  const failOnce = (what: string | undefined): void => {
    if (awaited.delete(what as Failing)) throw new Error(`The disk failed at ${what}`);
  };
  return {
    ...store,
    async due(...given) {
      failOnce("due");
      return await store.due(...given);
    },
    async claim(...given) {
      failOnce("claim");
      return await store.claim(...given);
    },
    async findAddressee(userId) {
      failOnce("findAddressee");
      return await store.findAddressee(userId);
    },
    async commit(changes) {
      const [first] = changes;
      const isAwaited = awaited.has(first?.kind as Failing);
      if (isAwaited && (first?.kind === "delivery-ended" || first?.kind === "delivery-postponed")) doubts.add(first.key);
      failOnce(first?.kind);
      return await store.commit(changes);
    },
  };
}

/** A setup over `store`, whose platform recognises a key for so long. It is Wednesday noon in Berlin. */
export function createDeliverySetup(store: Store, recognisesFor: Temporal.Duration): DeliverySetup {
  let time = Temporal.Instant.from("2026-11-25T11:00:00Z");
  let skew = Temporal.Duration.from({ seconds: 0 });
  let count = 0;
  let stop: { readonly crashPoint: CrashPoint; left: number; readonly how: "die" | "stand" } | undefined;
  const standing: (() => Promise<void>)[] = [];
  const arrivals: Arrival[] = [];
  const doubts = new Set<string>();
  const held = new Set<string>();
  const names = new Set<string>();
  const queue: Answer[] = [];
  const awaited = new Set<Failing>();
  const clock = {
    now: () => time.add(skew),
    turnTo(instant: Temporal.Instant): boolean {
      time = instant.subtract(skew);
      return true;
    },
  };
  const send = (to: Address, key: DeliveryKey): SendResult => {
    const answer = queue.shift() ?? "sent";
    const isKnown = arrivals.some((one) => one.key === key && Temporal.Instant.compare(time, one.at.add(recognisesFor)) < 0);
    const doesArrive = answer === "sent" || answer === "ambiguous" || answer === "thrown";
    const day = clock.now().toZonedDateTimeISO(homeZone).toPlainDate().toString();
    if (doesArrive && !isKnown) arrivals.push({ key, to, at: time, day });
    if (answer === "ambiguous" || answer === "thrown" || answer === "lost") doubts.add(key);
    return resultOf(answer);
  };
  const beginLife = () => {
    const stopped = Promise.withResolvers<void>();
    // Whatever it would do next waits here: for ever, once it is dead.
    let gate: Promise<void> | undefined;
    const pass: PassCrashPoint = (crashPoint) => {
      if (gate || crashPoint !== stop?.crashPoint) return gate;
      stop.left -= 1;
      if (stop.left > 0) return undefined;
      const still = Promise.withResolvers<void>();
      gate = stop.how === "die" ? never : still.promise;
      if (stop.how === "stand") standing.push(async () => await goOn(still.resolve));
      stop = undefined;
      stopped.resolve();
      return gate;
    };
    const adapter: Adapter = {
      start: async () => undefined,
      async send({ address }, _, key) {
        await gate;
        return send(address, key);
      },
      edit: async () => ({ kind: "edited" }),
      remove: async () => ({ kind: "removed" }),
      recognisesFor,
      ended: Promise.resolve(),
      stop: async () => undefined,
    };
    const seamed = withCrashPoints(frail(store, awaited, doubts), pass);
    const gated: Store = {
      ...seamed,
      async commit(changes) {
        await gate;
        return await seamed.commit(changes);
      },
      async claim(...given) {
        await gate;
        return await seamed.claim(...given);
      },
    };
    const log = logTo(() => undefined);
    const freshId = (): string => `id-${String((count += 1)).padStart(5, "0")}`;
    const coach = createCoach({ store: gated, clock, log, freshId, timeZone: homeZone, jitter: 0 });
    const adapters = new Map([[platform, withAdapterCrashPoints(adapter, pass)]]);
    const outbox = createOutbox({ store: gated, clock, log, adapters, random: () => (count % 10) / 10 });
    // As in the program: what fails in a tick or on the way is logged, and the next minute has another one.
    const work = async (): Promise<void> => {
      await coach.evaluateDuePrompts().catch(() => undefined);
      await outbox.deliver().catch(() => undefined);
    };
    let working: Promise<void> | undefined;
    const goOn = async (release: () => void): Promise<void> => {
      gate = undefined;
      release();
      await working;
    };
    /** Does all that is due; false where it was stopped. */
    const run = async (): Promise<boolean> => {
      working = work();
      return await Promise.race([working.then(() => true), stopped.promise.then(() => false)]);
    };
    return { handle: coach.handle, run };
  };
  let child = beginLife();
  const run = async (): Promise<void> => {
    const before = standing.length;
    if (await child.run()) return;
    for (const key of await keysOnTheirWay(store, names)) {
      doubts.add(key);
      if (standing.length > before) held.add(key);
    }
    child = beginLife();
  };
  return {
    arrivals,
    doubts,
    held,
    async hear(name, text) {
      names.add(name);
      return await hear(child.handle, name, text, (count += 1));
    },
    pass: async (span) => void (await travelTo(clock.now().add(span), { clock, store, run })),
    skip: (span) => void (time = time.add(span)),
    setClock: (by) => void (skew = skew.add(by)),
    answer: (...next) => void queue.splice(0, queue.length, ...next),
    stopAt: (crashPoint, passage, how) => void (stop = { crashPoint, left: passage, how }),
    async goOn() {
      // Nobody is stopped while several are at work: whoever goes on comes to its end.
      stop = undefined;
      for (const one of standing.splice(0)) await one();
    },
    failAt: (what) => void awaited.add(what),
    now: clock.now,
  };
}

function resultOf(answer: Answer): SendResult {
  switch (answer) {
    case "sent":
    case "later":
    case "closed":
      return { kind: answer };
    case "wait":
      return { kind: "later", after: Temporal.Duration.from({ minutes: 7 }) };
    case "refused":
      return { kind: "refused", code: "50035" };
    case "ambiguous":
    case "lost":
      return { kind: "unknown" };
    case "thrown":
      throw new Error("The line broke");
  }
}

async function keysOnTheirWay(store: Store, names: Iterable<string>): Promise<readonly string[]> {
  const keys: string[] = [];
  for (const name of names) {
    const found = await store.findUser({ platform, id: name, name });
    const deliveries = found ? await store.deliveries(found.user.id, 100) : [];
    keys.push(...deliveries.filter(({ state }) => state === "sending").map(({ key }) => key));
  }
  return keys;
}

async function hear(handle: HandleMessage, name: string, text: string, count: number): Promise<string> {
  const account = { platform, id: name, name };
  const surface = { platform, address: name as Address, reach: "direct" } as const;
  return plainText((await handle({ source: `source ${count}` as MessageId, account, surface, text })) ?? { blocks: [] });
}
