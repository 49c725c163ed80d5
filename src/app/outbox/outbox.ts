/** Sends queued messages: claims them, decides again whether and what to send, delivers, and records the outcome. */

import { addressOf, type PlatformName } from "#core/lib/ids.ts";
import { dayAt } from "#core/lib/time.ts";
import { daysFor, decideSend, decideNotice } from "#core/messages/compose-direct.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createMissedNotice } from "#core/model/late-answer.ts";
import { type DirectMessage, isNotice, isChannelMessage, type OutboxMessage } from "#core/model/outbox-message.ts";
import type { Account, Reach } from "#core/model/user.ts";
import { sayMissed } from "#core/voice/trouble.ts";
import { composeExport } from "#src/app/compose-export.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Addressee } from "#src/ports/outbox.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import { sendChannelMessage } from "./channel.ts";
import { createLanes, createLaneMonitor } from "./lanes.ts";
import {
  changeAfterFailure,
  deliver,
  isRecognised,
  lease,
  mayHaveArrived,
  type OutboxDeps,
  postponeChange,
  releaseChange,
  endChange,
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
/** Latest deliveries of a user that a decision reads: more than two weeks' worth. */
const recentLimit = 40;

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
type LaneDeps = OutboxDeps & {
  readonly platform: PlatformName;
  /** Called when a message was moved to another platform's lane. */
  readonly onRerouted: (platform: PlatformName) => void;
  /** Claimed messages that are not being sent yet, by batch. */
  readonly claims: Set<OutboxMessage[]>;
  readonly isOver: () => boolean;
};

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
async function claimNext({
  store,
  clock,
  platform,
}: LaneDeps): Promise<{ readonly messages: readonly OutboxMessage[]; readonly isOverdue: boolean }> {
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
  try {
    if (isChannelMessage(message)) return await sendChannelMessage(deps, message);
    const prepared = await tryPrepare(deps, message, isOverdue);
    if (prepared) await sendDirectMessage(deps, message, prepared);
  } catch (error) {
    deps.log.error("outcome-not-recorded", { kind: message.kind, ...describeError(error) });
  }
}

/**
 * Prepares the message to deliver; undefined if it is not sent. A failed decision is retried like any other failure. A message that may
 * have arrived keeps its lease.
 */
async function tryPrepare(deps: LaneDeps, delivery: DirectMessage, isOverdue: boolean): Promise<Prepared | undefined> {
  try {
    return await prepareDirectMessage(deps, delivery, isOverdue);
  } catch (error) {
    deps.log.error("decision-failed", { kind: delivery.kind, ...describeError(error) });
    if (!mayHaveArrived(delivery)) await deps.store.commit([retryChange(deps, delivery)]);
    return undefined;
  }
}

async function prepareDirectMessage(deps: LaneDeps, delivery: DirectMessage, isOverdue: boolean): Promise<Prepared | undefined> {
  const addressee = await deps.store.findAddressee(delivery.userId);
  if (!addressee) return undefined;
  const target = targetOf(addressee, delivery, isOverdue || mayHaveArrived(delivery) ? deps.platform : undefined);
  if (target && target.account.platform !== deps.platform) return await reroute(deps, delivery, target.account.platform);
  const adapter = deps.adapters.get(deps.platform);
  const decision = await decideFor(deps, delivery, addressee);
  const isLost = mayHaveArrived(delivery) && (decision.kind !== "say" || !isRecognised(deps, delivery, target && adapter));
  if (!isLost && target && adapter && decision.kind === "say") {
    // A notice does not count as the message of its day.
    return { ...target, adapter, decision, sentOn: isNotice(delivery) ? undefined : dayAt(deps.clock.now(), addressee.user.timeZone) };
  }
  const end = isLost ? endChange(deps, delivery, "in-doubt") : unsentChange(deps, delivery, decision);
  await deps.store.commit([end, ...missedNotice(deps, delivery, end)]);
  return undefined;
}

/** The change for a message that is not delivered. Without a target account no message reaches this user. */
function unsentChange(deps: OutboxDeps, delivery: DirectMessage, decision: SendDecision): Change {
  if (decision.kind === "end") return endChange(deps, delivery, decision.reason);
  return decision.kind === "wait" ? postponeChange(delivery, decision.until) : endChange(deps, delivery, "closed");
}

/** The user's messages go to another platform now: its lane decides. */
async function reroute({ store, clock, onRerouted }: LaneDeps, { key, fence }: DirectMessage, platform: PlatformName): Promise<undefined> {
  await store.commit([{ kind: "delivery-routed", key, fence, platform, nextAt: clock.now() }]);
  onRerouted(platform);
}

type Target = { readonly account: Account; readonly reach: Reach };

/** The first reachable account, on `platform` if it is given. A message with a target goes to that account only. */
function targetOf({ user, accounts }: Addressee, { target: to }: DirectMessage, platform: PlatformName | undefined): Target | undefined {
  const pinned = accounts.toSorted(
    (one, other) => Number(other.account.platform === user.messagesOn) - Number(one.account.platform === user.messagesOn),
  );
  const meant = pinned.filter(({ account }) => to === undefined || (account.platform === to.platform && account.id === to.id));
  return meant.find(({ account, reach }) => reach.isOpen && (platform === undefined || account.platform === platform));
}

/** Decides what to do with the message. Notices need fewer queries. */
async function decideFor({ store, clock }: OutboxDeps, delivery: DirectMessage, addressee: Addressee): Promise<SendDecision> {
  const { user } = addressee;
  const now = clock.now();
  if (isNotice(delivery)) {
    const exported = delivery.kind === "export" ? await composeExport(store, user.id, now) : undefined;
    return decideNotice(delivery, { user, now, accounts: addressee.accounts.map(({ account }) => account), exported });
  }
  const today = dayAt(now, user.timeZone);
  return decideSend(delivery, {
    user,
    now,
    today,
    sessions: await store.sessions(user.id, daysFor(delivery, user, today)),
    recent: await store.deliveries(user.id, recentLimit),
    prompts: await store.prompts(user.id),
  });
}

type Prepared = Target & {
  readonly adapter: Adapter;
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly decision: Extract<SendDecision, { readonly kind: "say" }>;
};

async function sendDirectMessage(
  deps: OutboxDeps,
  delivery: DirectMessage,
  { account, reach, adapter, sentOn, decision }: Prepared,
): Promise<void> {
  const surface = { platform: account.platform, address: addressOf(account.id), reach: "direct" } as const;
  const attempt = { userId: delivery.userId, sentOn, statedNumbers: decision.statedNumbers };
  const delivered = await deliver(deps, delivery, { adapter, surface, reply: decision.reply, attempt });
  if (!delivered) return;
  const { result, tried } = delivered;
  const end = result.kind === "sent" ? endChange(deps, tried) : changeAfterFailure(result, tried, { adapter, surface }, deps);
  await deps.store.commit([end, ...missedNotice(deps, delivery, end), ...reachChanges(result, account, reach)]);
}

/** Tells a user that a reply may be missing, if it may not have arrived or its platform rejected it. */
function missedNotice({ clock }: OutboxDeps, delivery: DirectMessage, end: Change): readonly Change[] {
  const isBad = end.kind === "delivery-ended" && (end.finalState === "unknown" || end.reason === "refused");
  const word = isBad && delivery.kind === "answer" ? createMissedNotice(delivery, [sayMissed()], clock.now()) : undefined;
  return word ? [{ kind: "delivery-queued", delivery: word }] : [];
}

/** Updates whether the account is reachable, from the result of sending. */
function reachChanges({ kind }: SendResult, account: Account, { isTold }: Reach): readonly Change[] {
  if (kind === "sent") return isTold ? [{ kind: "account-reached", account, reach: { isOpen: true, isTold: false } }] : [];
  return kind === "closed" ? [{ kind: "account-reached", account, reach: { isOpen: false, isTold } }] : [];
}
