/** Direct messages: to which account they go, and what follows from their outcome. */

import { addressOf, type PlatformName } from "#core/lib/ids.ts";
import { dayAt } from "#core/lib/time.ts";
import { daysFor, decideNotice, decideSend } from "#core/messages/compose-direct.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { Change } from "#core/model/changes/index.ts";
import { createMissedNotice } from "#core/model/late-answer.ts";
import { type DirectMessage, isNotice } from "#core/model/outbox-message.ts";
import { sayMissed } from "#core/voice/trouble.ts";
import { composeExport } from "#src/app/compose-export.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Addressee } from "#src/ports/outbox.ts";
import { mayHaveArrived, type OutboxDeps, type Prepared } from "./outcome.ts";

/** Latest deliveries of a user that a decision reads: more than two weeks' worth. */
const recentLimit = 40;

/** The lane that claimed a message. */
export type Lane = {
  readonly platform: PlatformName;
  /** Called when a message was moved to another platform's lane. */
  readonly onRerouted: (platform: PlatformName) => void;
};

/** Prepares a message. Undefined when the user is deleted, or when the message was moved to the lane of another platform. */
export async function prepareDirectMessage(
  deps: OutboxDeps & Lane,
  delivery: DirectMessage,
  isOverdue: boolean,
): Promise<Prepared | undefined> {
  const addressee = await deps.store.findAddressee(delivery.userId);
  if (!addressee) return undefined;
  const { platform, clock } = deps;
  const target = targetOf(addressee, delivery, isOverdue || mayHaveArrived(delivery) ? platform : undefined);
  if (target && target.account.platform !== platform) return await reroute(deps, delivery, target.account.platform);
  return {
    decision: await decideFor(deps, delivery, addressee),
    surface: target && { platform, address: addressOf(target.account.id), reach: "direct" },
    // A notice does not count as the message of its day.
    attempt: { userId: delivery.userId, sentOn: isNotice(delivery) ? undefined : dayAt(clock.now(), addressee.user.timeZone) },
    changes: (change, result) => [
      change,
      ...missedNotice(deps, delivery, change),
      ...(target && result ? reachChanges(result, target) : []),
    ],
  };
}

/** The user's messages go to another platform now: its lane decides. */
async function reroute(
  { store, clock, onRerouted }: OutboxDeps & Lane,
  { key, fence }: DirectMessage,
  platform: PlatformName,
): Promise<undefined> {
  await store.commit([{ kind: "delivery-routed", key, fence, platform, nextAt: clock.now() }]);
  onRerouted(platform);
}

type Target = Addressee["accounts"][number];

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

/** Tells a user that a reply may be missing, if it may not have arrived or its platform rejected it. */
function missedNotice({ clock }: OutboxDeps, delivery: DirectMessage, end: Change): readonly Change[] {
  const isBad = end.kind === "delivery-ended" && (end.finalState === "unknown" || end.reason === "refused");
  const word = isBad && delivery.kind === "answer" ? createMissedNotice(delivery, [sayMissed()], clock.now()) : undefined;
  return word ? [{ kind: "delivery-queued", delivery: word }] : [];
}

/** Updates whether the account is reachable, from the result of sending. */
function reachChanges({ kind }: SendResult, { account, reach: { isTold } }: Target): readonly Change[] {
  if (kind === "sent") return isTold ? [{ kind: "account-reached", account, reach: { isOpen: true, isTold: false } }] : [];
  return kind === "closed" ? [{ kind: "account-reached", account, reach: { isOpen: false, isTold } }] : [];
}
