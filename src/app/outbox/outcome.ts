/** Delivers a message and decides what follows: the same for direct and channel messages. */

import type { PlatformName } from "#core/lib/ids.ts";
import { delayAfter } from "#core/lib/retry-delay.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliverySending } from "#core/model/changes/outbox.ts";
import { type EndReason, type FinalState, isChannelMessage, type OutboxMessage } from "#core/model/outbox-message.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Adapter, SendResult, Surface } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { withTimeout } from "#src/runtime/event-loop.ts";

/** What the outbox works with. */
export type OutboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The adapters that run. */
  readonly adapters: ReadonlyMap<PlatformName, Adapter>;
  /** 0 to 1, another one each time. */
  readonly random: () => number;
  /** After so many milliseconds a platform that says nothing is taken for one that may have heard; less than a lease holds. */
  readonly sendTimeout?: number;
};

/** How long a claim holds. A process that ends with one is waited for so long, and no longer. */
export const lease = Temporal.Duration.from({ seconds: 90 });
const noTime = Temporal.Duration.from({ seconds: 0 });
const aSecond = Temporal.Duration.from({ seconds: 1 });
/** Adapters give up much sooner by themselves: this is for one that never answers, which would hold a lane for good. */
const defaultSendTimeout = 60_000;
const noAnswer: SendResult = { kind: "unknown" };
/** How often anything may fail: more often than the two days allow for which a delivery is of use at most. */
const maxAttempts = 64;

/** Whether it was on its way when it was claimed: a process ended, or a line broke. */
export function mayHaveArrived({ state }: OutboxMessage): boolean {
  return state === "sending";
}

/** Where the platform still knows the key of what may have arrived, `after` from now, it may be said again. */
export function isRecognised({ clock }: OutboxDeps, { triedAt }: OutboxMessage, adapter: Adapter | undefined, after = noTime): boolean {
  if (!adapter || !triedAt) return false;
  return Temporal.Instant.compare(clock.now().add(after), triedAt.add(adapter.recognisesFor)) < 0;
}

/** What is delivered, to whom, and what is written about the attempt. */
export type DeliveryRequest = {
  readonly adapter: Adapter;
  readonly surface: Surface;
  readonly reply: Reply;
  readonly attempt: Pick<DeliverySending, "userId" | "sentOn" | "statedNumbers">;
};

/** Delivers `message`, and returns the result and the message as it was tried; undefined where another process holds it by now. */
export async function deliver<One extends OutboxMessage>(
  deps: OutboxDeps,
  message: One,
  { adapter, surface, reply, attempt }: DeliveryRequest,
): Promise<{ readonly result: SendResult; readonly tried: One } | undefined> {
  const { key, fence, kind } = message;
  const triedAt = message.triedAt ?? deps.clock.now();
  const going: Change = { kind: "delivery-sending", key, fence, triedAt, ...attempt };
  if ((await deps.store.commit([going])) === "stale") return undefined;
  // Between the two commits it may have arrived, and what is found there later is treated so.
  const sending = adapter.send(surface, reply, key, mayHaveArrived(message) ? triedAt : undefined);
  const result = await withTimeout(deps.sendTimeout ?? defaultSendTimeout, sending, noAnswer).catch((error: unknown): SendResult => {
    deps.log.error("send-failed", { kind, platform: surface.platform, ...describeError(error) });
    return { kind: "unknown" };
  });
  if (result === noAnswer) deps.log.error("send-timed-out", { kind, platform: surface.platform });
  return { result, tried: { ...message, triedAt } };
}

/** What a send that did not end well comes to. */
export function changeAfterFailure(
  result: Exclude<SendResult, { readonly kind: "sent" }>,
  message: OutboxMessage,
  { adapter, surface }: Pick<DeliveryRequest, "adapter" | "surface">,
  deps: OutboxDeps,
): Change {
  // That a second try came to nothing does not tell that the first one did.
  const doubt = mayHaveArrived(message) ? endChange(deps, message, "unknown", "in-doubt") : undefined;
  switch (result.kind) {
    case "closed":
      return doubt ?? endChange(deps, message, "suppressed", "closed");
    case "refused":
      // A code that nobody knows may be of something that passes: it is tried three times.
      if (result.isUnknownCode && message.attempts < 2)
        return doubt ? waitAmbiguous(deps, message, {}, adapter) : retryChange(deps, message);
      deps.log.error("delivery-refused", { kind: message.kind, platform: surface.platform, code: result.code });
      return doubt ?? endChange(deps, message, "parked", "refused");
    case "later":
      return doubt ? waitAmbiguous(deps, message, result, adapter) : waitChange(deps, message, result);
    case "unknown":
      // While its key is known it may be said again, not before a lease would have ended, and later each time that nobody hears.
      return waitAmbiguous(deps, message, { least: lease }, adapter);
  }
}

type Later = { readonly after?: Temporal.Duration; readonly least?: Temporal.Duration };

/** As long as the platform says, which is no failure; or later, and later each time. */
function waitChange(deps: OutboxDeps, message: OutboxMessage, { after }: Later): Change {
  return after ? postponeChange(message, deps.clock.now().add(atLeast(aSecond, after))) : retryChange(deps, message);
}

/** What may have arrived waits only while its key is known. */
function waitAmbiguous(deps: OutboxDeps, message: OutboxMessage, { after, least = aSecond }: Later, adapter: Adapter): Change {
  const attempts = after ? message.attempts : message.attempts + 1;
  const until = atLeast(least, after ?? delayAfter(attempts, deps.random()));
  if (!isRecognised(deps, message, adapter, until)) return endChange(deps, message, "unknown", "in-doubt");
  return postponeChange({ ...message, state: "sending", attempts }, deps.clock.now().add(until));
}

/** Platforms may say that no wait is needed, and say so again at once. */
function atLeast(least: Temporal.Duration, after: Temporal.Duration): Temporal.Duration {
  return Temporal.Duration.compare(after, least) < 0 ? least : after;
}

/** That it has come to its end. */
export function endChange({ clock }: OutboxDeps, { key, fence }: OutboxMessage, end: FinalState, reason: EndReason | undefined): Change {
  return { kind: "delivery-ended", key, fence, finalState: end, reason, at: clock.now() };
}

/** That it waits. */
export function postponeChange(message: OutboxMessage, nextAt: Temporal.Instant): Change {
  const { key, fence, attempts } = message;
  return { kind: "delivery-postponed", key, fence, nextAt, attempts, mayHaveArrived: mayHaveArrived(message) };
}

/** Gives back a claim that was not begun. A live message is checked again. */
export function releaseChange({ clock }: OutboxDeps, message: OutboxMessage): Change {
  const nextAt = clock.now();
  const liveMessage = isChannelMessage(message) ? message.liveMessage : undefined;
  return liveMessage
    ? { kind: "delivery-updated", key: message.key, fence: message.fence, attempts: message.attempts, liveMessage, nextAt }
    : postponeChange(message, nextAt);
}

/** Later, and later each time; given up in the end. */
export function retryChange(deps: OutboxDeps, message: OutboxMessage): Change {
  const attempts = message.attempts + 1;
  if (attempts >= maxAttempts) return endChange(deps, message, "parked", "gave-up");
  return postponeChange({ ...message, attempts }, deps.clock.now().add(delayAfter(attempts, deps.random())));
}
