/** The real coach and the real outbox, with a clock that is turned by hand. */

import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Clock, Log, LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import type { Person, Said } from "./acts.ts";
import { fractionOf } from "./chance.ts";
import { instantOf } from "./wall.ts";

/** Broken parts that are put in the place of whole ones. */
export type Faults = {
  readonly coachStore?: (store: Store) => Store;
  readonly outboxStore?: (store: Store) => Store;
  readonly coachClock?: (clock: Clock) => Clock;
  readonly adapter?: (adapter: Adapter) => Adapter;
};

/** What a machine is made of. */
export type MachineOptions = {
  readonly store: Store;
  readonly adapter: Adapter;
  readonly now: () => number;
  /** Minutes over which those are spread who ask for the same wall time. */
  readonly jitter: number;
  readonly faults?: Faults;
};

/** The coach, running. */
export type Machine = {
  /** Says it to the coach, and notes it once the coach has answered as it must. */
  hear(person: Person, said: Said): Promise<void>;
  /** Does all that is due, as each minute does. */
  tick(): Promise<void>;
  /** What was logged as a warning or an error. */
  readonly errors: readonly string[];
};

const platform = "console" as PlatformName;

/** A coach that has heard nothing yet. */
export function createMachine({ store, adapter, now, jitter, faults = {} }: MachineOptions): Machine {
  const errors: string[] = [];
  const complain = (event: string, fields: LogFields = {}): void =>
    void errors.push(`${instantOf(now()).toString()} ${event} ${JSON.stringify(fields)}`);
  const log: Log = { info: () => undefined, warn: complain, error: complain };
  const clock: Clock = { now: () => instantOf(now()) };
  const ids = createIds(now);
  const coach = createCoach({
    store: faults.coachStore?.(store) ?? store,
    clock: faults.coachClock?.(clock) ?? clock,
    log,
    freshId: ids.fresh,
    timeZone: "Europe/Berlin" as TimeZone,
    jitter,
  });
  const outbox = createOutbox({
    store: faults.outboxStore?.(store) ?? store,
    clock,
    log,
    adapters: new Map([[platform, faults.adapter?.(adapter) ?? adapter]]),
    random: () => fractionOf(`backoff ${now()}`),
  });
  return {
    async hear(person, said) {
      const id = ids.next();
      const surface = { platform, address: person.name as Address, reach: "direct" } as const;
      const account = { platform, id: person.name, name: person.name };
      const reply = await coach.handle({ source: `source ${id}` as MessageId, account, surface, text: said.text });
      const answer = reply ? plainText(reply) : "nothing";
      if (!said.answer.test(answer))
        throw new Error(
          `Say "${said.text}" as ${person.name} at ${instantOf(now()).toString()}: it must work, and the answer was "${answer}"`,
        );
      person.spoke(now());
      said.note(now(), id);
    },
    async tick() {
      await coach.evaluateDuePrompts();
      await outbox.deliver();
    },
    errors,
  };
}

/** Ids that sort as they were made, as the real ones do, and are the same in every run. */
function createIds(now: () => number): { readonly fresh: () => string; readonly next: () => string } {
  let count = 0;
  const idOf = (number: number): string => {
    const time = now().toString(16).padStart(12, "0");
    const tail = Math.floor(fractionOf(`id ${number}`) * 2 ** 32)
      .toString(16)
      .padStart(8, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}${number.toString(16).padStart(6, "0")}`;
  };
  return { fresh: () => idOf((count += 1)), next: () => idOf(count + 1) };
}
