/** How a parcel is handed over, and what becomes of it: the same for people and for channels. */

import type { PlatformName } from "#core/lib/ids.ts";
import { delayAfter } from "#core/lib/retry-delay.ts";
import type { Change, DeliverySending } from "#core/model/changes/index.ts";
import { type DeliveryEnd, isPost, type Parcel, type Why } from "#core/model/outbox-message.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Adapter, SendResult, Surface } from "#src/ports/adapter.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { within } from "#src/runtime/event-loop.ts";

/** What the outbox works with. */
export type OutboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The adapters that run. */
  readonly adapters: ReadonlyMap<PlatformName, Adapter>;
  /** 0 to 1, another one each time. */
  readonly chance: () => number;
  /** After so many milliseconds a platform that says nothing is taken for one that may have heard; less than a lease holds. */
  readonly patience?: number;
};

/** How long a claim holds. A process that ends with one is waited for so long, and no longer. */
export const lease = Temporal.Duration.from({ seconds: 90 });
const noTime = Temporal.Duration.from({ seconds: 0 });
const aSecond = Temporal.Duration.from({ seconds: 1 });
/** Adapters give up much sooner by themselves: this is for one that never answers, which would hold a lane for good. */
const patience = 60_000;
const silence: SendResult = { kind: "unknown" };
/** How often anything may fail: more often than the two days allow for which a delivery is of use at most. */
const mostAttempts = 64;

/** Whether it was on its way when it was claimed: a process ended, or a line broke. */
export function mayHaveArrived({ state }: Parcel): boolean {
  return state === "sending";
}

/** Where the platform still knows the key of what may have arrived, `after` from now, it may be said again. */
export function isRecognised({ clock }: OutboxDeps, { triedAt }: Parcel, adapter: Adapter | undefined, after = noTime): boolean {
  if (!adapter || !triedAt) return false;
  return Temporal.Instant.compare(clock.now().add(after), triedAt.add(adapter.recognisesFor)) < 0;
}

/** What is handed over, to whom, and how that is marked. */
export type Handover = {
  readonly adapter: Adapter;
  readonly surface: Surface;
  readonly reply: Reply;
  readonly mark: Pick<DeliverySending, "userId" | "sentOn" | "told">;
};

/** Hands `parcel` over, and gives how that went and the parcel as it was tried; undefined where somebody else holds it by now. */
export async function handOver<One extends Parcel>(
  deps: OutboxDeps,
  parcel: One,
  { adapter, surface, reply, mark }: Handover,
): Promise<{ readonly result: SendResult; readonly tried: One } | undefined> {
  const { key, fence, kind } = parcel;
  const triedAt = parcel.triedAt ?? deps.clock.now();
  const going: Change = { kind: "delivery-sending", key, fence, triedAt, ...mark };
  if ((await deps.store.commit([going])) === "stale") return undefined;
  // Between the two commits it may have arrived, and what is found there later is treated so.
  const sending = adapter.send(surface, reply, key, mayHaveArrived(parcel) ? triedAt : undefined);
  const result = await within(deps.patience ?? patience, sending, silence).catch((error: unknown): SendResult => {
    deps.log.error("send-failed", { kind, platform: surface.platform, ...placeOf(error) });
    return { kind: "unknown" };
  });
  if (result === silence) deps.log.error("send-timed-out", { kind, platform: surface.platform });
  return { result, tried: { ...parcel, triedAt } };
}

/** What a send that did not end well comes to. */
export function changeAfter(
  result: Exclude<SendResult, { readonly kind: "sent" }>,
  parcel: Parcel,
  { adapter, surface }: Pick<Handover, "adapter" | "surface">,
  deps: OutboxDeps,
): Change {
  // That a second try came to nothing does not tell that the first one did.
  const doubt = mayHaveArrived(parcel) ? settled(deps, parcel, "unknown", "in-doubt") : undefined;
  switch (result.kind) {
    case "closed":
      return doubt ?? settled(deps, parcel, "suppressed", "closed");
    case "refused":
      // A code that nobody knows may be of something that passes: it is tried three times.
      if (result.isUnknownCode && parcel.attempts < 2) return doubt ? waitInDoubt(deps, parcel, {}, adapter) : tryAgain(deps, parcel);
      deps.log.error("delivery-refused", { kind: parcel.kind, platform: surface.platform, code: result.code });
      return doubt ?? settled(deps, parcel, "parked", "refused");
    case "later":
      return doubt ? waitInDoubt(deps, parcel, result, adapter) : wait(deps, parcel, result);
    case "unknown":
      // While its key is known it may be said again, not before a lease would have ended, and later each time that nobody hears.
      return waitInDoubt(deps, parcel, { least: lease }, adapter);
  }
}

type Later = { readonly after?: Temporal.Duration; readonly least?: Temporal.Duration };

/** As long as the platform says, which is no failure; or later, and later each time. */
function wait(deps: OutboxDeps, parcel: Parcel, { after }: Later): Change {
  return after ? postponed(parcel, deps.clock.now().add(atLeast(aSecond, after))) : tryAgain(deps, parcel);
}

/** What may have arrived waits only while its key is known. */
function waitInDoubt(deps: OutboxDeps, parcel: Parcel, { after, least = aSecond }: Later, adapter: Adapter): Change {
  const attempts = after ? parcel.attempts : parcel.attempts + 1;
  const until = atLeast(least, after ?? delayAfter(attempts, deps.chance()));
  if (!isRecognised(deps, parcel, adapter, until)) return settled(deps, parcel, "unknown", "in-doubt");
  return postponed({ ...parcel, state: "sending", attempts }, deps.clock.now().add(until));
}

/** Platforms may say that no wait is needed, and say so again at once. */
function atLeast(least: Temporal.Duration, after: Temporal.Duration): Temporal.Duration {
  return Temporal.Duration.compare(after, least) < 0 ? least : after;
}

/** That it has come to its end. */
export function settled({ clock }: OutboxDeps, { key, fence }: Parcel, end: DeliveryEnd, why: Why | undefined): Change {
  return { kind: "delivery-settled", key, fence, end, why, at: clock.now() };
}

/** That it waits. */
export function postponed(parcel: Parcel, nextAt: Temporal.Instant): Change {
  const { key, fence, attempts } = parcel;
  return { kind: "delivery-postponed", key, fence, nextAt, attempts, mayHaveArrived: mayHaveArrived(parcel) };
}

/** That whoever claimed it has not begun with it. What stands in a channel is looked at again. */
export function released({ clock }: OutboxDeps, parcel: Parcel): Change {
  const nextAt = clock.now();
  const standing = isPost(parcel) ? parcel.standing : undefined;
  return standing
    ? { kind: "delivery-shown", key: parcel.key, fence: parcel.fence, attempts: parcel.attempts, standing, nextAt }
    : postponed(parcel, nextAt);
}

/** Later, and later each time; given up in the end. */
export function tryAgain(deps: OutboxDeps, parcel: Parcel): Change {
  const attempts = parcel.attempts + 1;
  if (attempts >= mostAttempts) return settled(deps, parcel, "parked", "gave-up");
  return postponed({ ...parcel, attempts }, deps.clock.now().add(delayAfter(attempts, deps.chance())));
}
