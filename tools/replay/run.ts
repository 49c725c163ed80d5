/** Runs a script with the real coach, outbox and store, on a simulated clock. */

import type { Address, DeliveryKey, PlatformName, MessageId, UserId } from "#core/lib/ids.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import type { User } from "#core/model/user.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import type { Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import type { Entry, PlatformMood, Problem, Script } from "./file.ts";

/** An event of the replay, in order. */
export type Event =
  | {
      readonly kind: "answer";
      readonly who: string;
      readonly at: Temporal.Instant;
      readonly user: User | undefined;
      readonly said: string;
      readonly words: string;
    }
  /** An outbox message ended; `words` are what was sent, or may have been. */
  | {
      readonly kind: "end";
      readonly who: string;
      readonly at: Temporal.Instant;
      readonly user: User;
      readonly delivery: DirectMessage;
      readonly words: string | undefined;
    };

/** What a replay needs. */
export type ReplayDeps = { readonly store: Store; readonly log: Log; readonly onEvent: (event: Event) => void };

const platform = "replay" as PlatformName;
const waits = Temporal.Duration.from({ minutes: 10 });
/** How many of a person's messages can end between two checks. */
const most = 100;

/** Runs `script`. Returns a problem with its line number if time goes backwards. */
export async function replay(script: Script, { store, log, onEvent }: ReplayDeps): Promise<Problem | undefined> {
  const world = createWorld(script, { store, log, onEvent });
  for (const entry of script.entries) {
    const at = await world.instantOf(entry);
    if (Temporal.Instant.compare(at, world.now()) < 0) {
      return { problem: `line ${entry.line}: it lies before the line above it, or in the time in which nothing ran` };
    }
    await world.live(entry, at);
  }
  return undefined;
}

type Mind = { readonly names: Map<UserId, string>; readonly ended: Set<DeliveryKey>; readonly words: Map<DeliveryKey, string> };

function createWorld({ timeZone, spread, entries }: Script, { store, log, onEvent }: ReplayDeps) {
  const first = entries[0]?.at;
  let now =
    first instanceof Temporal.Instant ? first : (first ?? Temporal.PlainDateTime.from("2026-01-01")).toZonedDateTime(timeZone).toInstant();
  let count = 0;
  let mood: PlatformMood = "fine";
  const mind: Mind = { names: new Map(), ended: new Set(), words: new Map() };
  const clock = {
    now: () => now,
    turnTo(instant: Temporal.Instant): boolean {
      now = instant;
      return true;
    },
  };
  const freshId = (): string => `00000000-0000-7000-8000-${(count += 1).toString(16).padStart(12, "0")}`;
  const coach = createCoach({ store, clock, log, freshId, timeZone, jitter: spread });
  const adapter = createListener(() => mood, mind.words);
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5 });
  const accountOf = (who: string) => ({ platform, id: who, name: who });
  const run = async (): Promise<void> => {
    await coach.evaluateDuePrompts();
    await outbox.deliver();
    for (const [userId, who] of mind.names) await tellEnds({ userId, who, now, store, mind, onEvent });
  };
  return {
    now: () => now,
    async instantOf({ at, who }: Entry): Promise<Temporal.Instant> {
      if (at instanceof Temporal.Instant) return at;
      const found = await store.findUser(accountOf(who));
      return at.toZonedDateTime(found?.user.timeZone ?? timeZone).toInstant();
    },
    async live({ who, says, down, platform: next }: Entry, at: Temporal.Instant): Promise<void> {
      await travelTo(at, { clock, store, run });
      mood = next ?? mood;
      if (says !== undefined) {
        const surface = { platform, address: who as Address, reach: "direct" } as const;
        const reply = await coach.handle({ source: freshId() as MessageId, account: accountOf(who), surface, text: says });
        const found = await store.findUser(accountOf(who));
        if (found) mind.names.set(found.user.id, who);
        onEvent({ kind: "answer", who, at, user: found?.user, said: says, words: reply ? plainText(reply) : "" });
      }
      if (!down) return;
      // Nothing runs for that time. Then everything runs that is not yet expired.
      clock.turnTo(now.toZonedDateTimeISO(timeZone).add(down).toInstant());
      await run();
    },
  };
}

function createListener(mood: () => PlatformMood, words: Map<DeliveryKey, string>): Adapter {
  const results: Readonly<Record<PlatformMood, SendResult>> = {
    fine: { kind: "sent" },
    closed: { kind: "closed" },
    later: { kind: "later", after: waits },
    unknown: { kind: "unknown" },
  };
  return {
    async start() {},
    async send(_, reply: Reply, key) {
      words.set(key, plainText(reply));
      return results[mood()];
    },
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: Promise.resolve(),
    async stop() {},
  };
}

type Look = { readonly userId: UserId; readonly who: string; readonly now: Temporal.Instant } & Pick<ReplayDeps, "store" | "onEvent"> & {
    readonly mind: Mind;
  };

/** Reports the person's messages that ended since the last check. */
async function tellEnds({ userId, who, now, store, mind, onEvent }: Look): Promise<void> {
  const addressee = await store.findAddressee(userId);
  const deliveries = await store.deliveries(userId, most);
  for (const delivery of deliveries.toReversed()) {
    if (!addressee || !delivery.endedAt || mind.ended.has(delivery.key)) continue;
    mind.ended.add(delivery.key);
    const wentOut = delivery.state === "sent" || delivery.state === "unknown";
    const words = wentOut ? mind.words.get(delivery.key) : undefined;
    onEvent({ kind: "end", who, at: delivery.endedAt ?? now, user: addressee.user, delivery, words });
  }
}
