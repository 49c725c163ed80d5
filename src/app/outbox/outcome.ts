/** Delivers a message and decides what follows, for direct and channel messages alike. */

import type { PlatformName } from "#core/lib/ids.ts";
import { delayAfter } from "#core/lib/retry-delay.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliverySending } from "#core/model/changes/outbox.ts";
import { type EndReason, finalStateOf, isChannelMessage, type OutboxMessage } from "#core/model/outbox-message.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Adapter, SendResult, Surface } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { withTimeout } from "#src/runtime/event-loop.ts";

/** Dependencies of the outbox. */
export type OutboxDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** The running adapters. */
  readonly adapters: ReadonlyMap<PlatformName, Adapter>;
  /** Returns a number from 0 to 1, a new one on each call. */
  readonly random: () => number;
  /** Milliseconds without an answer after which a message may have arrived; shorter than the lease. */
  readonly sendTimeout?: number;
};

/** How long a claim holds. If its process dies, the message waits for the rest of this time. */
export const lease = Temporal.Duration.from({ seconds: 90 });
const noTime = Temporal.Duration.from({ seconds: 0 });
const aSecond = Temporal.Duration.from({ seconds: 1 });
/** Milliseconds, for sending and editing. Adapters give up much sooner; this stops one that never answers from blocking its lane for good. */
export const defaultSendTimeout = 60_000;
const noAnswer: SendResult = { kind: "unknown" };
/** Attempts at most: more than fit into two days, the longest time for which a message is useful. */
const maxAttempts = 64;

/** Whether the message was being sent when it was claimed, because a process died or a connection broke. */
export function mayHaveArrived({ state }: OutboxMessage): boolean {
  return state === "sending";
}

/** Whether the platform still recognises the key `after` from now, so that resending cannot double the message. */
export function isRecognised({ clock }: OutboxDeps, { triedAt }: OutboxMessage, adapter: Adapter, after = noTime): boolean {
  return triedAt !== undefined && Temporal.Instant.compare(clock.now().add(after), triedAt.add(adapter.recognisesFor)) < 0;
}

/** A message as it is to be sent, ended or put off. All that differs between direct and channel messages is in here. */
export type Prepared = {
  readonly decision: SendDecision;
  /** Undefined when no message reaches the user. */
  readonly surface: Surface | undefined;
  readonly attempt: Pick<DeliverySending, "userId" | "sentOn">;
  /** All changes to commit with `change`, which is that of the message itself. `result` is that of an attempt. */
  readonly changes: (change: Change, result?: SendResult) => readonly Change[];
};

/** The target and content of a delivery, and the record of the attempt. */
export type DeliveryRequest = {
  readonly adapter: Adapter;
  readonly surface: Surface;
  readonly reply: Reply;
  readonly attempt: Pick<DeliverySending, "userId" | "sentOn" | "statedNumbers">;
};

/** Delivers `message`; returns the result and the change that follows. Undefined if another process holds the claim now. */
export async function deliver(
  deps: OutboxDeps,
  message: OutboxMessage,
  request: DeliveryRequest,
): Promise<{ readonly result: SendResult; readonly change: Change } | undefined> {
  const { adapter, surface, reply, attempt } = request;
  const { key, fence, kind } = message;
  const triedAt = message.triedAt ?? deps.clock.now();
  const going: Change = { kind: "delivery-sending", key, fence, triedAt, ...attempt };
  if ((await deps.store.commit([going])) === "stale") return undefined;
  // From here on it may have arrived. If the process dies, the next one treats it so.
  const sending = adapter.send(surface, reply, key, mayHaveArrived(message) ? triedAt : undefined);
  const result = await withTimeout(deps.sendTimeout ?? defaultSendTimeout, sending, noAnswer).catch((error: unknown): SendResult => {
    deps.log.error("send-failed", { kind, platform: surface.platform, ...describeError(error) });
    return { kind: "unknown" };
  });
  if (result === noAnswer) deps.log.error("send-timed-out", { kind, platform: surface.platform });
  return { result, change: changeAfter(result, { ...message, triedAt }, request, deps) };
}

function changeAfter(result: SendResult, message: OutboxMessage, { adapter, surface }: DeliveryRequest, deps: OutboxDeps): Change {
  // A failed second attempt does not show that the first one failed.
  const doubt = mayHaveArrived(message) ? endChange(deps, message, "in-doubt") : undefined;
  switch (result.kind) {
    case "sent":
      return endChange(deps, message);
    case "closed":
      return doubt ?? endChange(deps, message, "closed");
    case "refused":
      // An unknown code may be temporary: three attempts.
      if (result.isUnknownCode && message.attempts < 2)
        return doubt ? waitAmbiguous(deps, message, {}, adapter) : retryChange(deps, message);
      deps.log.error("delivery-refused", { kind: message.kind, platform: surface.platform, code: result.code });
      return doubt ?? endChange(deps, message, "refused");
    case "later":
      return doubt ? waitAmbiguous(deps, message, result, adapter) : waitChange(deps, message, result);
    case "unknown":
      // While the platform recognises the key, the message is resent: at the earliest after a lease, with a growing delay.
      return waitAmbiguous(deps, message, { least: lease }, adapter);
  }
}

type Later = { readonly after?: Temporal.Duration; readonly least?: Temporal.Duration };

/** Waits as long as the platform asks, which is no failure; otherwise retries with a growing delay. */
function waitChange(deps: OutboxDeps, message: OutboxMessage, { after }: Later): Change {
  return after ? postponeChange(message, deps.clock.now().add(atLeast(aSecond, after))) : retryChange(deps, message);
}

/** A message that may have arrived waits only while the platform recognises its key. */
function waitAmbiguous(deps: OutboxDeps, message: OutboxMessage, { after, least = aSecond }: Later, adapter: Adapter): Change {
  const attempts = after ? message.attempts : message.attempts + 1;
  const until = atLeast(least, after ?? delayAfter(attempts, deps.random()));
  if (!isRecognised(deps, message, adapter, until)) return endChange(deps, message, "in-doubt");
  return postponeChange({ ...message, state: "sending", attempts }, deps.clock.now().add(until));
}

/** Enforces a minimum wait: a platform may ask for a wait of zero again and again. */
function atLeast(least: Temporal.Duration, after: Temporal.Duration): Temporal.Duration {
  return Temporal.Duration.compare(after, least) < 0 ? least : after;
}

/** The change that ends a message: sent, or not for `reason`. */
export function endChange({ clock }: OutboxDeps, { key, fence }: OutboxMessage, reason?: EndReason): DeliveryEnded {
  return { kind: "delivery-ended", key, fence, finalState: finalStateOf(reason), reason, at: clock.now() };
}

/** The change that postpones a message. */
export function postponeChange(message: OutboxMessage, nextAt: Temporal.Instant): Change {
  const { key, fence, attempts } = message;
  return { kind: "delivery-postponed", key, fence, nextAt, attempts, mayHaveArrived: mayHaveArrived(message) };
}

/** Releases a claim that was not sent. A live message is checked again. */
export function releaseChange({ clock }: OutboxDeps, message: OutboxMessage): Change {
  const nextAt = clock.now();
  const liveMessage = isChannelMessage(message) ? message.liveMessage : undefined;
  return liveMessage
    ? { kind: "delivery-updated", key: message.key, fence: message.fence, attempts: message.attempts, liveMessage, nextAt }
    : postponeChange(message, nextAt);
}

/** Retries with a growing delay; gives up after `maxAttempts`. */
export function retryChange(deps: OutboxDeps, message: OutboxMessage): Change {
  const attempts = message.attempts + 1;
  if (attempts >= maxAttempts) return endChange(deps, message, "gave-up");
  return postponeChange({ ...message, attempts }, deps.clock.now().add(delayAfter(attempts, deps.random())));
}
