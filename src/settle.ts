/** How a delivery ends, or waits: what becomes of each answer of a platform. */

import { delayAfter } from "#core/backoff.ts";
import type { Change } from "#core/change.ts";
import type { Delivery, DeliveryEnd, Why } from "#core/delivery.ts";
import type { Account, Reach } from "#core/user.ts";
import type { Adapter, Clock, Log, SendResult } from "#src/ports.ts";

/** What settling works with. */
export type SettleDeps = {
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1, another one each time. */
  readonly chance: () => number;
};

/** Where a delivery goes. */
export type Target = { readonly account: Account; readonly reach: Reach; readonly adapter: Adapter };

const noTime = Temporal.Duration.from({ seconds: 0 });
const aSecond = Temporal.Duration.from({ seconds: 1 });
/** How often anything may fail: more often than the two days allow for which a delivery is of use at most. */
const mostAttempts = 64;

/** Whether it was on its way when it was claimed: a process ended, or a line broke. */
export function mayHaveArrived({ state }: Delivery): boolean {
  return state === "sending";
}

/** Where the platform still knows the key of what may have arrived, `after` from now, it may be said again. */
export function isRecognised({ clock }: SettleDeps, { triedAt }: Delivery, adapter: Adapter | undefined, after = noTime): boolean {
  if (!adapter || !triedAt) return false;
  return Temporal.Instant.compare(clock.now().add(after), triedAt.add(adapter.recognisesFor)) < 0;
}

/** What `result` of sending `delivery` comes to. */
export function changesOf(result: SendResult, delivery: Delivery, target: Target, deps: SettleDeps): readonly Change[] {
  const { account, reach, adapter } = target;
  // That a second try came to nothing does not tell that the first one did.
  const doubt = mayHaveArrived(delivery) ? settled(deps, delivery, "unknown", "in-doubt") : undefined;
  switch (result.kind) {
    case "sent":
      return [
        settled(deps, delivery, "sent", undefined),
        ...(reach.isTold ? [{ kind: "account-reached", account, reach: { isOpen: true, isTold: false } } as const] : []),
      ];
    case "closed":
      return [
        doubt ?? settled(deps, delivery, "suppressed", "closed"),
        { kind: "account-reached", account, reach: { isOpen: false, isTold: reach.isTold } },
      ];
    case "refused":
      deps.log.error("delivery-refused", { kind: delivery.kind, platform: account.platform, code: result.code });
      return [doubt ?? settled(deps, delivery, "parked", "refused")];
    case "later":
      return [doubt ? waitInDoubt(deps, delivery, result, adapter) : wait(deps, delivery, result)];
    case "unknown":
      // Its key is known again for a while: it is claimed once more when the lease ends, and may then be said again.
      return isRecognised(deps, delivery, adapter) ? [] : [settled(deps, delivery, "unknown", "in-doubt")];
  }
}

type Later = Extract<SendResult, { readonly kind: "later" }>;

/** As long as the platform says, which is no failure; or later, and later each time. */
function wait(deps: SettleDeps, delivery: Delivery, { after }: Later): Change {
  return after ? postponed(delivery, deps.clock.now().add(atLeastASecond(after))) : tryAgain(deps, delivery);
}

/** What may have arrived waits only while its key is known. */
function waitInDoubt(deps: SettleDeps, delivery: Delivery, { after }: Later, adapter: Adapter): Change {
  const attempts = after ? delivery.attempts : delivery.attempts + 1;
  const until = after ? atLeastASecond(after) : delayAfter(attempts, deps.chance());
  if (!isRecognised(deps, delivery, adapter, until)) return settled(deps, delivery, "unknown", "in-doubt");
  return postponed({ ...delivery, attempts }, deps.clock.now().add(until));
}

/** Platforms may say that no wait is needed, and say so again at once. */
function atLeastASecond(after: Temporal.Duration): Temporal.Duration {
  return Temporal.Duration.compare(after, aSecond) < 0 ? aSecond : after;
}

/** That it came to its end. */
export function settled({ clock }: SettleDeps, { key, fence }: Delivery, end: DeliveryEnd, why: Why | undefined): Change {
  return { kind: "delivery-settled", key, fence, end, why, at: clock.now() };
}

/** That it waits until `nextAt`. */
export function postponed(delivery: Delivery, nextAt: Temporal.Instant): Change {
  const { key, fence, attempts } = delivery;
  return { kind: "delivery-postponed", key, fence, nextAt, attempts, mayHaveArrived: mayHaveArrived(delivery) };
}

/** Later, and later each time; given up in the end. */
export function tryAgain(deps: SettleDeps, delivery: Delivery): Change {
  const attempts = delivery.attempts + 1;
  if (attempts >= mostAttempts) return settled(deps, delivery, "parked", "gave-up");
  return postponed({ ...delivery, attempts }, deps.clock.now().add(delayAfter(attempts, deps.chance())));
}
