/**
 * Admission control: a fair share for each person and each place, decided in memory before anything is looked up or queued.
 *
 * The limits are far above what hands can do. What cannot wait is let through beside them: warning signs are answered with their fixed words,
 * and whoever wants to be left alone is heard.
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

/** What is limited, each with a bucket of its own. */
export type AdmissionLimits = {
  /** Messages, commands and presses of one account. */
  readonly person: BucketLimits;
  /** The same of everybody in one shared place. */
  readonly place: BucketLimits;
  /** What an account causes without saying anything: words that are completed while it types, and views that it opens. */
  readonly glance: BucketLimits;
  /** Letters of one account's long messages that are read for what cannot wait, once its own bucket is empty. */
  readonly letters: BucketLimits;
  /** Answers to the same warning signs of one account, once its own bucket is empty. */
  readonly warning: BucketLimits;
  /** How often one account can ask to be left alone, once its own bucket is empty. */
  readonly stop: BucketLimits;
  /** How often one account is told that a place is too busy. */
  readonly busy: BucketLimits;
};

/** As they are unless said. */
export const usualLimits: AdmissionLimits = {
  person: { burst: 30, perSecond: 1 },
  place: { burst: 1000, perSecond: 50 },
  glance: { burst: 60, perSecond: 5 },
  letters: { burst: 200_000, perSecond: 50_000 },
  warning: { burst: 3, perSecond: 0.05 },
  stop: { burst: 3, perSecond: 0.1 },
  busy: { burst: 1, perSecond: 0.02 },
};

/** A message of so many letters is always read for what cannot wait: that takes less time than to receive it. */
const short = 200;
/** How many people and places are remembered, each for as long as its bucket is not full. */
const most = 10_000;

/** `monotonic` gives milliseconds of a clock that nobody turns. */
export type AdmissionOptions = { readonly monotonic: () => number; readonly limits?: Partial<AdmissionLimits> };

/** A gate that lets in a fair share of each. */
export function createGate({ monotonic, limits = {} }: AdmissionOptions): Gate {
  const { person, place, glance, letters, warning, stop, busy } = { ...usualLimits, ...limits };
  const limit = (of: BucketLimits): RateLimit => createRateLimit({ ...of, most, monotonic });
  const [people, places, glances, told] = [limit(person), limit(place), limit(glance), limit(busy)];
  const [reading, warnings, stops] = [limit(letters), limit(warning), limit(stop)];
  const take = (key: string, surface: Surface | undefined): Taken => {
    const own = people.take(key);
    // Who has used up their own share takes nothing from the others in their place.
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

/** Nothing was looked at but the words, so nothing that was said with them is recorded. */
function warningTo({ warnings: signs }: Extract<Urgent, { readonly kind: "warnings" }>): Reply {
  return { blocks: sayWarning(signs, "not-recorded") };
}
