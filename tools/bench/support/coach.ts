/** The coach without a platform, on a database of `people.ts`, with a clock that the benchmark sets. */

import { randomUUIDv7 } from "node:crypto";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { accountIdOf, noonOf, platform, timeZone } from "./people.ts";

/** A coach that handles one `/log` after the other. */
export type Listener = {
  /** Sets the clock to the Wednesday of week number `week`. */
  turnTo(week: number): void;
  /** The message of person number `person`. Made beforehand, since that is the platform's work. */
  messageOf(person: number): Inbound;
  /** The words of the answer. Throws if anything but a session was recorded. */
  hear(message: Inbound): Promise<string>;
  close(): Promise<void>;
};

/** Creates a coach on `store`, and closes the store at the end. */
export function createListener(store: Store): Listener {
  let ahead = Temporal.Duration.from({ seconds: 0 });
  const clock = { now: () => Temporal.Now.instant().add(ahead) };
  const log = { info: ignore, warn: ignore, error: fail };
  const { handle } = createCoach({ store, clock, log, freshId: () => randomUUIDv7(), timeZone: timeZone as TimeZone, jitter: 0 });
  return {
    turnTo(week) {
      ahead = Temporal.Now.instant().until(noonOf(week));
    },
    messageOf: (person) => ({
      // Increases with time, like the message ids of chat platforms. Random ids would spread over the whole index and cost more.
      source: `${platform} ${randomUUIDv7()}` as MessageId,
      account: { platform: platform as PlatformName, id: accountIdOf(person), name: "Somebody" },
      surface: { platform: platform as PlatformName, address: `dm ${person}` as Address, reach: "direct" },
      text: "/log 20 strength",
    }),
    async hear(message) {
      const reply = await handle(message);
      const words = reply ? plainText(reply) : "";
      if (!words.includes("20 min strength logged")) throw new Error(`Measure a /log: the coach must record it, and said "${words}"`);
      return words;
    },
    close: () => store.close(),
  };
}

function ignore(): void {}

/** Throws: a wrong answer is not measured. */
function fail(event: string, fields?: unknown): never {
  throw new Error(`Measure a /log: "${event}" ${JSON.stringify(fields)}`);
}
