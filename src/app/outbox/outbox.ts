/** Sends queued messages: claims them, decides again whether and what to send, delivers, and records the outcome. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { Change } from "#core/model/changes/index.ts";
import { isChannelMessage, type OutboxMessage } from "#core/model/outbox-message.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import { prepareChannelMessage } from "./channel.ts";
import { type Lane, prepareDirectMessage } from "./direct.ts";
import { createLanes, createLaneMonitor } from "./lanes.ts";
import { refreshLiveMessage } from "./live-messages.ts";
import {
  deliver,
  endChange,
  isRecognised,
  lease,
  mayHaveArrived,
  type OutboxDeps,
  postponeChange,
  type Prepared,
  releaseChange,
  retryChange,
} from "./outcome.ts";

/** The outbox. */
export type Outbox = {
  /** Sends everything that is due and resolves when nothing is left. A call while it runs makes it run once more. */
  deliver(): Promise<void>;
  /** Stops claiming and releases unsent claims at once; resolves when running sends have ended. */
  stop(): Promise<void>;
};

/** Messages claimed at a time for each platform. */
const claimSize = 48;
/** Messages sent at a time for each platform. */
const senders = 8;

/** Creates an outbox, which sends on the platforms that run here and leaves the others' messages alone. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const claims = new Set<OutboxMessage[]>();
  let isOver = false;
  const lanes = createLanes(async (platform) => {
    const onRerouted = (to: PlatformName): void => void (deps.adapters.has(to) && lanes.run(to).catch(() => undefined));
    await deliverDue({ ...deps, platform, onRerouted, claims, isOver: () => isOver });
  });
  const watch = createLaneMonitor(deps);
  return {
    async deliver() {
      await Promise.all([...[...deps.adapters.keys()].map((platform) => lanes.run(platform)), watch()]);
      await lanes.idle();
    },
    async stop() {
      isOver = true;
      for (const left of claims) await releaseAll(deps, left);
      await lanes.idle();
    },
  };
}

/** Dependencies of one platform's lane. */
type LaneDeps = OutboxDeps &
  Lane & {
    /** Claimed messages that are not being sent yet, by batch. */
    readonly claims: Set<OutboxMessage[]>;
    readonly isOver: () => boolean;
  };

/** Claimed messages, and whether they were overdue in the lane of a platform that runs nowhere. */
type Claimed = { readonly messages: readonly OutboxMessage[]; readonly isOverdue: boolean };

async function deliverDue(deps: LaneDeps): Promise<void> {
  while (!deps.isOver()) {
    const { messages, isOverdue } = await claimNext(deps);
    if (messages.length === 0) return;
    const left = [...messages];
    // A stop during the claim has released only the earlier batches.
    if (deps.isOver()) return await releaseAll(deps, left);
    deps.claims.add(left);
    await Promise.all(Array.from({ length: senders }, () => sendAll(deps, left, isOverdue)));
    deps.claims.delete(left);
  }
}

/** Due messages of the lane; otherwise overdue messages of a platform that runs nowhere, if they can be sent here. */
async function claimNext({ store, clock, platform }: LaneDeps): Promise<Claimed> {
  const now = clock.now();
  const messages = await store.claim(now, now.add(lease), claimSize, platform);
  if (messages.length > 0) return { messages, isOverdue: false };
  return { messages: await store.claimOverdue(now, now.add(lease), claimSize, platform), isOverdue: true };
}

/** All senders take from the same `left`, so that a slow send delays no other. */
async function sendAll(deps: LaneDeps, left: OutboxMessage[], isOverdue: boolean): Promise<void> {
  for (let message = left.shift(); message; message = left.shift()) {
    await sendOne(deps, message, isOverdue);
    await yieldToEventLoop();
  }
}

/** The next process may claim them at once. If the release cannot be written, the lease expires. */
async function releaseAll(deps: OutboxDeps, left: OutboxMessage[]): Promise<void> {
  for (const message of left.splice(0)) {
    await deps.store.commit([releaseChange(deps, message)]).catch((error: unknown) => {
      deps.log.error("release-failed", { kind: message.kind, ...describeError(error) });
    });
  }
}

/** A failure is logged and delays no other message. A message that may have arrived stays "sending" until its lease expires. */
async function sendOne(deps: LaneDeps, message: OutboxMessage, isOverdue: boolean): Promise<void> {
  const adapter = deps.adapters.get(deps.platform);
  // The adapter has ended since the claim. The message is claimed again after the lease.
  if (!adapter) return;
  try {
    if (isChannelMessage(message) && message.liveMessage) return await refreshLiveMessage(deps, message, message.liveMessage, adapter);
    const prepared = await tryPrepare(deps, message, isOverdue);
    if (prepared) await send(deps, message, adapter, prepared);
  } catch (error) {
    deps.log.error("outcome-not-recorded", { kind: message.kind, ...describeError(error) });
  }
}

/** A failed decision is retried like any other failure. A message that may have arrived keeps its lease. */
async function tryPrepare(deps: LaneDeps, message: OutboxMessage, isOverdue: boolean): Promise<Prepared | undefined> {
  try {
    if (isChannelMessage(message)) return await prepareChannelMessage(deps, message);
    return await prepareDirectMessage(deps, message, isOverdue);
  } catch (error) {
    deps.log.error("decision-failed", { kind: message.kind, ...describeError(error) });
    if (!mayHaveArrived(message)) await deps.store.commit([retryChange(deps, message)]);
    return undefined;
  }
}

/** Sends, ends or postpones the message. One that may have arrived is sent only while the platform recognises it. */
async function send(deps: OutboxDeps, message: OutboxMessage, adapter: Adapter, { decision, ...rest }: Prepared): Promise<void> {
  const { surface, attempt, changes } = rest;
  const isSaid = surface && decision.kind === "say";
  if (mayHaveArrived(message) && !(isSaid && isRecognised(deps, message, adapter)))
    return void (await deps.store.commit(changes(endChange(deps, message, "in-doubt"))));
  if (!isSaid) return void (await deps.store.commit(changes(unsentChange(deps, message, decision))));
  const { reply, statedNumbers } = decision;
  const delivered = await deliver(deps, message, { adapter, surface, reply, attempt: { ...attempt, statedNumbers } });
  if (delivered) await deps.store.commit(changes(delivered.change, delivered.result));
}

/** The change for a message that is not sent now. Without a surface no message reaches this user. */
function unsentChange(deps: OutboxDeps, message: OutboxMessage, decision: SendDecision): Change {
  if (decision.kind === "wait") return postponeChange(message, decision.until);
  return endChange(deps, message, decision.kind === "end" ? decision.reason : "closed");
}
