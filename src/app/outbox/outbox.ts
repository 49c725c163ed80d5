/** Sends what was queued: claims it, asks once more whether it is wanted and true, hands it to its platform, and settles how it ended. */

import { addressOf, type PlatformName } from "#core/lib/ids.ts";
import { dayAt } from "#core/lib/time.ts";
import { daysFor, judge, judgeNotice, type Verdict } from "#core/messages/compose-direct.ts";
import type { Change } from "#core/model/changes/index.ts";
import { queueMissed } from "#core/model/late-answer.ts";
import { type Delivery, isNotice, isPost, type Parcel } from "#core/model/outbox-message.ts";
import type { Account, Reach } from "#core/model/user.ts";
import { sayMissed } from "#core/voice/trouble.ts";
import { composeExport } from "#src/app/compose-export.ts";
import type { Adapter, SendResult } from "#src/ports/adapter.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import type { Addressee } from "#src/ports/outbox.ts";
import { breathe } from "#src/runtime/event-loop.ts";
import { sendPost } from "./channel.ts";
import { createLanes, createWatch } from "./lanes.ts";
import {
  changeAfter,
  handOver,
  isRecognised,
  lease,
  mayHaveArrived,
  type OutboxDeps,
  postponed,
  released,
  settled,
  tryAgain,
} from "./outcome.ts";

/** The outbox. */
export type Outbox = {
  /** Sends all that is due; resolves when nothing is. Called while it runs, it goes round once more. */
  deliver(): Promise<void>;
  /** Claims nothing more, and releases at once what is claimed and not begun; resolves when what is on its way has arrived. */
  stop(): Promise<void>;
};

/** Of each platform: how many are claimed at a time, and how many of these are on their way at a time. */
const claimed = 48;
const senders = 8;
/** How many of somebody's latest deliveries are looked through: more than come in two weeks. */
const recent = 40;

/** An outbox over `deps`, which sends on the platforms that run here and leaves what is for others. */
export function createOutbox(deps: OutboxDeps): Outbox {
  const claims = new Set<Parcel[]>();
  let isOver = false;
  const lanes = createLanes(async (platform) => {
    const passedOn = (to: PlatformName): void => void (deps.adapters.has(to) && lanes.run(to).catch(() => undefined));
    await deliverDue({ ...deps, platform, passedOn, claims, isOver: () => isOver });
  });
  const watch = createWatch(deps);
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
  readonly passedOn: (platform: PlatformName) => void;
  /** What is claimed and not begun, by lots. */
  readonly claims: Set<Parcel[]>;
  readonly isOver: () => boolean;
};

async function deliverDue(deps: LaneDeps): Promise<void> {
  while (!deps.isOver()) {
    const { parcels, isOverdue } = await claimNext(deps);
    if (parcels.length === 0) return;
    const left = [...parcels];
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
}: LaneDeps): Promise<{ readonly parcels: readonly Parcel[]; readonly isOverdue: boolean }> {
  const now = clock.now();
  const parcels = await store.claim(now, now.add(lease), claimed, platform);
  if (parcels.length > 0) return { parcels, isOverdue: false };
  return { parcels: await store.claimOverdue(now, now.add(lease), claimed, platform), isOverdue: true };
}

/** All senders take from the same `left`, so that a slow one holds up nothing but itself. */
async function sendAll(deps: LaneDeps, left: Parcel[], isOverdue: boolean): Promise<void> {
  for (let parcel = left.shift(); parcel; parcel = left.shift()) {
    await sendOne(deps, parcel, isOverdue);
    await breathe();
  }
}

/** Whoever starts next may claim them at once. Where that cannot be written their lease ends by itself. */
async function releaseAll(deps: OutboxDeps, left: Parcel[]): Promise<void> {
  for (const parcel of left.splice(0)) {
    await deps.store.commit([released(deps, parcel)]).catch((error: unknown) => {
      deps.log.error("release-failed", { kind: parcel.kind, ...placeOf(error) });
    });
  }
}

/** A failure of one is told, and holds up no other: what may have gone out is found on its way when its lease ends. */
async function sendOne(deps: LaneDeps, parcel: Parcel, isOverdue: boolean): Promise<void> {
  try {
    if (isPost(parcel)) return await sendPost(deps, parcel);
    const handing = await ready(deps, parcel, isOverdue);
    if (handing) await hand(deps, parcel, handing);
  } catch (error) {
    deps.log.error("outcome-not-recorded", { kind: parcel.kind, ...placeOf(error) });
  }
}

/**
 * What is to be handed over; undefined where it came to something else.
 *
 * What cannot even be judged is put off like any other failure; what may have arrived is left as it is until its lease ends.
 */
async function ready(deps: LaneDeps, delivery: Delivery, isOverdue: boolean): Promise<Handing | undefined> {
  try {
    return await judgeOne(deps, delivery, isOverdue);
  } catch (error) {
    deps.log.error("decision-failed", { kind: delivery.kind, ...placeOf(error) });
    if (!mayHaveArrived(delivery)) await deps.store.commit([tryAgain(deps, delivery)]);
    return undefined;
  }
}

async function judgeOne(deps: LaneDeps, delivery: Delivery, isOverdue: boolean): Promise<Handing | undefined> {
  const addressee = await deps.store.findAddressee(delivery.userId);
  if (!addressee) return undefined;
  const target = targetOf(addressee, delivery, isOverdue || mayHaveArrived(delivery) ? deps.platform : undefined);
  if (target && target.account.platform !== deps.platform) return await passOn(deps, delivery, target.account.platform);
  const adapter = deps.adapters.get(deps.platform);
  const verdict = await verdictOf(deps, delivery, addressee);
  const isLost = mayHaveArrived(delivery) && (verdict.kind !== "say" || !isRecognised(deps, delivery, target && adapter));
  if (!isLost && target && adapter && verdict.kind === "say") {
    // A notice is not the message of its day.
    return { ...target, adapter, verdict, sentOn: isNotice(delivery) ? undefined : dayAt(deps.clock.now(), addressee.user.timeZone) };
  }
  const end = isLost ? settled(deps, delivery, "unknown", "in-doubt") : unsaid(deps, delivery, verdict);
  await deps.store.commit([end, ...missed(deps, delivery, end)]);
  return undefined;
}

/** What becomes of a delivery that is not handed over. Without anybody to hand it to, messages reach this person nowhere. */
function unsaid(deps: OutboxDeps, delivery: Delivery, verdict: Verdict): Change {
  if (verdict.kind === "end") return settled(deps, delivery, verdict.end, verdict.why);
  return verdict.kind === "wait" ? postponed(delivery, verdict.until) : settled(deps, delivery, "suppressed", "closed");
}

/** They speak elsewhere by now: whoever sends there judges it. */
async function passOn({ store, clock, passedOn }: LaneDeps, { key, fence }: Delivery, platform: PlatformName): Promise<undefined> {
  await store.commit([{ kind: "delivery-routed", key, fence, platform, nextAt: clock.now() }]);
  passedOn(platform);
}

type Target = { readonly account: Account; readonly reach: Reach };

/** The first account that messages reach, on `platform` where that is given; the one that it is for, where it is for one. */
function targetOf({ user, accounts }: Addressee, { to }: Delivery, platform: PlatformName | undefined): Target | undefined {
  const pinned = accounts.toSorted(
    (one, other) => Number(other.account.platform === user.messagesOn) - Number(one.account.platform === user.messagesOn),
  );
  const meant = pinned.filter(({ account }) => to === undefined || (account.platform === to.platform && account.id === to.id));
  return meant.find(({ account, reach }) => reach.isOpen && (platform === undefined || account.platform === platform));
}

/** What it comes to now. Of what a notice does not need nothing is looked up. */
async function verdictOf({ store, clock }: OutboxDeps, delivery: Delivery, addressee: Addressee): Promise<Verdict> {
  const { user } = addressee;
  const now = clock.now();
  if (isNotice(delivery)) {
    const exported = delivery.kind === "export" ? await composeExport(store, user.id, now) : undefined;
    return judgeNotice(delivery, { user, now, accounts: addressee.accounts.map(({ account }) => account), exported });
  }
  const today = dayAt(now, user.timeZone);
  return judge(delivery, {
    user,
    now,
    today,
    sessions: await store.sessions(user.id, daysFor(delivery, user, today)),
    recent: await store.deliveries(user.id, recent),
    prompts: await store.prompts(user.id),
  });
}

type Handing = Target & {
  readonly adapter: Adapter;
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly verdict: Extract<Verdict, { readonly kind: "say" }>;
};

async function hand(deps: OutboxDeps, delivery: Delivery, { account, reach, adapter, sentOn, verdict }: Handing): Promise<void> {
  const surface = { platform: account.platform, address: addressOf(account.id), reach: "direct" } as const;
  const mark = { userId: delivery.userId, sentOn, told: verdict.told };
  const handed = await handOver(deps, delivery, { adapter, surface, reply: verdict.reply, mark });
  if (!handed) return;
  const { result, tried } = handed;
  const end = result.kind === "sent" ? settled(deps, tried, "sent", undefined) : changeAfter(result, tried, { adapter, surface }, deps);
  await deps.store.commit([end, ...missed(deps, delivery, end), ...reached(result, account, reach)]);
}

/** Somebody waits for an answer: where nobody can tell whether it arrived, or its platform would not show it, they are told so. */
function missed({ clock }: OutboxDeps, delivery: Delivery, end: Change): readonly Change[] {
  const isBad = end.kind === "delivery-settled" && (end.end === "unknown" || end.why === "refused");
  const word = isBad && delivery.kind === "answer" ? queueMissed(delivery, [sayMissed()], clock.now()) : undefined;
  return word ? [{ kind: "delivery-queued", delivery: word }] : [];
}

/** What is learned of an account by sending to it. */
function reached({ kind }: SendResult, account: Account, { isTold }: Reach): readonly Change[] {
  if (kind === "sent") return isTold ? [{ kind: "account-reached", account, reach: { isOpen: true, isTold: false } }] : [];
  return kind === "closed" ? [{ kind: "account-reached", account, reach: { isOpen: false, isTold } }] : [];
}
