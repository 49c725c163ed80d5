/**
 * Admission control: rate limits for each account and each channel, checked in memory before any lookup or queue.
 *
 * The limits are far above what a person can type. Two things pass beyond them: a warning sign gets its fixed reply,
 * and a request to stop messages is handled.
 */

import { type Urgent, urgentIn } from "#core/commands/index.ts";
import type { BucketLimits } from "#core/lib/token-bucket.ts";
import type { Reply } from "#core/model/reply.ts";
import type { AccountKey } from "#core/model/user.ts";
import { sayTooFast } from "#core/voice/pace.ts";
import { sayWarning } from "#core/voice/warning.ts";
import type { Surface } from "#src/ports/adapter.ts";
import type { Admission, Arrival, Gate } from "#src/ports/gate.ts";
import { createRateLimit, type RateLimit, type Taken } from "./rate-limit.ts";

/** The limits, each with its own bucket. */
export type AdmissionLimits = {
  /** Messages, commands and button presses of one account. */
  readonly person: BucketLimits;
  /** The same for all accounts in one shared channel. */
  readonly place: BucketLimits;
  /** Requests without a message: autocomplete, and views that an account opens. */
  readonly glance: BucketLimits;
  /** Characters of an account's long messages that are read for urgent content once its own bucket is empty. */
  readonly letters: BucketLimits;
  /** Replies to the same warning signs of one account, once its own bucket is empty. */
  readonly warning: BucketLimits;
  /** Requests to stop messages from one account, once its own bucket is empty. */
  readonly stop: BucketLimits;
  /** How often one account is told that a channel is too busy. */
  readonly busy: BucketLimits;
};

/** The default limits. */
export const usualLimits: AdmissionLimits = {
  person: { burst: 30, perSecond: 1 },
  place: { burst: 1000, perSecond: 50 },
  glance: { burst: 60, perSecond: 5 },
  letters: { burst: 200_000, perSecond: 50_000 },
  warning: { burst: 3, perSecond: 0.05 },
  stop: { burst: 3, perSecond: 0.1 },
  busy: { burst: 1, perSecond: 0.02 },
};

/** Characters. A message up to this length is always read for urgent content: that takes less time than receiving it. */
const short = 200;
/** How many accounts and channels are remembered, each until its bucket is full again. */
const most = 10_000;

/** `monotonic` returns milliseconds of a clock that never jumps. */
export type AdmissionOptions = { readonly monotonic: () => number; readonly limits?: Partial<AdmissionLimits> };

/** Creates the gate. */
export function createGate({ monotonic, limits = {} }: AdmissionOptions): Gate {
  const { person, place, glance, letters, warning, stop, busy } = { ...usualLimits, ...limits };
  const limit = (of: BucketLimits): RateLimit => createRateLimit({ ...of, most, monotonic });
  const [people, places, glances, told] = [limit(person), limit(place), limit(glance), limit(busy)];
  const [reading, warnings, stops] = [limit(letters), limit(warning), limit(stop)];
  const take = (key: string, surface: Surface | undefined): Taken => {
    const own = people.take(key);
    // An account over its own limit takes nothing from the channel's.
    if (own !== "granted" || surface?.reach !== "shared" || places.take(keyOf(surface.platform, surface.address)) === "granted") return own;
    return told.take(key) === "granted" ? "emptied" : "empty";
  };
  const find = (key: string, text: string): Urgent | undefined =>
    text.length <= short || reading.take(key, text.length) === "granted" ? urgentIn(text) : undefined;
  return {
    admit({ account, surface, text }: Arrival): Admission {
      const key = keyOf(account.platform, account.id);
      const share = take(key, surface);
      if (share === "granted") return { kind: "admitted" };
      const urgent = find(key, text);
      if (urgent?.kind === "stop" && stops.take(key) === "granted") return { kind: "admitted" };
      if (urgent?.kind === "warnings" && warnings.take(`${key} ${urgent.warnings.join(" ")}`) === "granted")
        return answered(warningTo(urgent));
      return share === "emptied" ? answered({ blocks: [sayTooFast()] }) : { kind: "dropped" };
    },
    glance: (account: AccountKey) => glances.take(keyOf(account.platform, account.id)) === "granted",
  };
}

function keyOf(platform: string, id: string): string {
  return `${platform} ${id}`;
}

function answered(reply: Reply): Admission {
  return { kind: "answered", reply };
}

/** Only the text was read, so the reply says that nothing was recorded. */
function warningTo({ warnings: signs }: Extract<Urgent, { readonly kind: "warnings" }>): Reply {
  return { blocks: sayWarning(signs, "not-recorded") };
}
