/** Sends queued messages: claims them, decides again whether each is wanted and true, delivers it, and records the outcome. */

import { addressOf, type PlatformName } from "#core/lib/ids.ts";
import { dayAt } from "#core/lib/time.ts";
import { daysFor, decideSend, decideNotice, type SendDecision } from "#core/messages/compose-direct.ts";
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
  /** Sends all that is due; resolves when nothing is. Called while it runs, it goes round once more. */
  deliver(): Promise<void>;
  /** Claims nothing more, and releases at once what is claimed and not begun; resolves when what is on its way has arrived. */
  stop(): Promise<void>;
};

/** Of each platform: how many are claimed at a time, and how many of these are on their way at a time. */
const claimSize = 48;
const senders = 8;
/** How many of somebody's latest deliveries are looked through: more than come in two weeks. */
const recentLimit = 40;

/** An outbox over `deps`, which sends on the platforms that run here and leaves what is for others. */
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

/** What the lane of one platform works with. */
type LaneDeps = OutboxDeps & {
  readonly platform: PlatformName;
  /** Told when something was put into the lane of another platform. */
  readonly onRerouted: (platform: PlatformName) => void;
  /** What is claimed and not begun, by lots. */
  readonly claims: Set<OutboxMessage[]>;
  readonly isOver: () => boolean;
};

async function deliverDue(deps: LaneDeps): Promise<void> {
  while (!deps.isOver()) {
    const { messages, isOverdue } = await claimNext(deps);
    if (messages.length === 0) return;
    const left = [...messages];
    // A stop that came meanwhile has released what was there before.
    if (deps.isOver()) return await releaseAll(deps, left);
    deps.claims.add(left);
    await Promise.all(Array.from({ length: senders }, () => sendAll(deps, left, isOverdue)));
    deps.claims.delete(left);
  }
}

/** What is due in the lane, or else what waits elsewhere for a platform that runs nowhere and can be sent here as well. */
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

/** All senders take from the same `left`, so that a slow one holds up nothing but itself. */
async function sendAll(deps: LaneDeps, left: OutboxMessage[], isOverdue: boolean): Promise<void> {
  for (let message = left.shift(); message; message = left.shift()) {
    await sendOne(deps, message, isOverdue);
    await yieldToEventLoop();
  }
}

/** Whoever starts next may claim them at once. Where that cannot be written their lease ends by itself. */
async function releaseAll(deps: OutboxDeps, left: OutboxMessage[]): Promise<void> {
  for (const message of left.splice(0)) {
    await deps.store.commit([releaseChange(deps, message)]).catch((error: unknown) => {
      deps.log.error("release-failed", { kind: message.kind, ...describeError(error) });
    });
  }
}

/** A failure of one is told, and holds up no other: what may have gone out is found on its way when its lease ends. */
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
 * The message that is to be delivered; undefined where it is not sent.
 *
 * A message whose decision fails is retried like any other failure. One that may have arrived keeps its lease.
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
    // A notice is not the message of its day.
    return { ...target, adapter, decision, sentOn: isNotice(delivery) ? undefined : dayAt(deps.clock.now(), addressee.user.timeZone) };
  }
  const end = isLost ? endChange(deps, delivery, "unknown", "in-doubt") : unsentChange(deps, delivery, decision);
  await deps.store.commit([end, ...missedNotice(deps, delivery, end)]);
  return undefined;
}

/** What becomes of a message that is not delivered. Without a target account no message reaches this user. */
function unsentChange(deps: OutboxDeps, delivery: DirectMessage, decision: SendDecision): Change {
  if (decision.kind === "end") return endChange(deps, delivery, decision.finalState, decision.reason);
  return decision.kind === "wait" ? postponeChange(delivery, decision.until) : endChange(deps, delivery, "suppressed", "closed");
}

/** The user is on another platform by now: its lane decides. */
async function reroute({ store, clock, onRerouted }: LaneDeps, { key, fence }: DirectMessage, platform: PlatformName): Promise<undefined> {
  await store.commit([{ kind: "delivery-routed", key, fence, platform, nextAt: clock.now() }]);
  onRerouted(platform);
}

type Target = { readonly account: Account; readonly reach: Reach };

/** The first account that messages reach, on `platform` where that is given; the one that it is for, where it is for one. */
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
  const end =
    result.kind === "sent" ? endChange(deps, tried, "sent", undefined) : changeAfterFailure(result, tried, { adapter, surface }, deps);
  await deps.store.commit([end, ...missedNotice(deps, delivery, end), ...reachChanges(result, account, reach)]);
}

/** Somebody waits for an answer: where nobody can tell whether it arrived, or its platform would not show it, they are told so. */
function missedNotice({ clock }: OutboxDeps, delivery: DirectMessage, end: Change): readonly Change[] {
  const isBad = end.kind === "delivery-ended" && (end.finalState === "unknown" || end.reason === "refused");
  const word = isBad && delivery.kind === "answer" ? createMissedNotice(delivery, [sayMissed()], clock.now()) : undefined;
  return word ? [{ kind: "delivery-queued", delivery: word }] : [];
}

/** What is learned of an account by sending to it. */
function reachChanges({ kind }: SendResult, account: Account, { isTold }: Reach): readonly Change[] {
  if (kind === "sent") return isTold ? [{ kind: "account-reached", account, reach: { isOpen: true, isTold: false } }] : [];
  return kind === "closed" ? [{ kind: "account-reached", account, reach: { isOpen: false, isTold } }] : [];
}
