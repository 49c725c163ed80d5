/** Sends what was queued: claims it, asks once more whether it is wanted and true, hands it to its platform, and settles how it ended. */

import { delayAfter } from "#core/backoff.ts";
import type { Address, PlatformName } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import type { Delivery, DeliveryEnd, Why } from "#core/delivery.ts";
import { placeOf } from "#core/place.ts";
import { daysFor, judge, type Moment, type Verdict } from "#core/send.ts";
import { dayAt } from "#core/time.ts";
import type { Account, Reach } from "#core/user.ts";
import { breathe, within } from "#src/breathe.ts";
import type { Adapter, Addressee, Clock, Log, SendResult, Store } from "#src/ports.ts";

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

/** The outbox. */
export type Outbox = {
  /** Sends all that is due; resolves when nothing is. Called while it runs, it goes round once more. */
  deliver(): Promise<void>;
  /** Claims nothing more; resolves when what is on its way has arrived. */
  stop(): Promise<void>;
};

/** How long a claim holds. A process that ends with one is waited for so long, and no longer. */
const lease = Temporal.Duration.from({ seconds: 90 });
const noTime = Temporal.Duration.from({ seconds: 0 });
const aSecond = Temporal.Duration.from({ seconds: 1 });
/** Adapters give up much sooner by themselves: this is for one that never answers, which would hold a lane for good. */
const patience = 60_000;
const silence: SendResult = { kind: "unknown" };
/** How many are claimed at a time, and how many of these are on their way at a time. */
const claimed = 48;
const lanes = 8;
/** How often anything may fail: more often than the two days allow for which a delivery is of use at most. */
const mostAttempts = 64;
/** How many of somebody's latest deliveries are looked through: more than come in two weeks. */
const recent = 40;

/** An outbox over `deps`. */
export function createOutbox(deps: OutboxDeps): Outbox {
  let running: Promise<void> | undefined;
  let isAsked = false;
  let isOver = false;
  const round = async (): Promise<void> => {
    while (isAsked) {
      isAsked = false;
      await deliverDue(deps, () => isOver);
    }
  };
  return {
    deliver() {
      isAsked = true;
      running ??= round().finally(() => (running = undefined));
      return running;
    },
    async stop() {
      isOver = true;
      await running;
    },
  };
}

async function deliverDue(deps: OutboxDeps, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const now = deps.clock.now();
    const due = await deps.store.claim(now, now.add(lease), claimed);
    if (due.length === 0) return;
    const left = due.values();
    await Promise.all(Array.from({ length: lanes }, () => sendAll(deps, left)));
  }
}

/** The lanes take from the same `left`, so that a slow one holds up nothing but itself. */
async function sendAll(deps: OutboxDeps, left: IterableIterator<Delivery>): Promise<void> {
  for (const delivery of left) {
    await sendOne(deps, delivery);
    await breathe();
  }
}

/** A failure of one is told, and holds up no other: what may have gone out is found on its way when its lease ends. */
async function sendOne(deps: OutboxDeps, delivery: Delivery): Promise<void> {
  try {
    const handing = await ready(deps, delivery);
    if (handing) await hand(deps, delivery, handing);
  } catch (error) {
    deps.log.error("settling-failed", { kind: delivery.kind, ...placeOf(error) });
  }
}

/**
 * What is to be handed over; undefined where it came to something else.
 *
 * What cannot even be judged is put off like any other failure; what may have arrived is left as it is until its lease ends.
 */
async function ready(deps: OutboxDeps, delivery: Delivery): Promise<Handing | undefined> {
  try {
    return await judgeOne(deps, delivery);
  } catch (error) {
    deps.log.error("judging-failed", { kind: delivery.kind, ...placeOf(error) });
    if (!mayHaveArrived(delivery)) await deps.store.commit([tryAgain(deps, delivery)]);
    return undefined;
  }
}

async function judgeOne(deps: OutboxDeps, delivery: Delivery): Promise<Handing | undefined> {
  const addressee = await deps.store.findAddressee(delivery.userId);
  if (!addressee) return undefined;
  const target = targetOf(deps, addressee);
  const moment = await momentOf(deps, delivery, addressee);
  const verdict = judge(delivery, moment);
  const isLost = mayHaveArrived(delivery) && (verdict.kind !== "say" || !isRecognised(deps, delivery, target?.adapter));
  if (!isLost && target && verdict.kind === "say") return { ...target, moment, verdict };
  await deps.store.commit([isLost ? settled(deps, delivery, "unknown", "in-doubt") : unsaid(deps, delivery, verdict)]);
  return undefined;
}

/** What becomes of a delivery that is not handed over. Without anybody to hand it to, messages reach this person nowhere. */
function unsaid(deps: OutboxDeps, delivery: Delivery, verdict: Verdict): Change {
  if (verdict.kind === "end") return settled(deps, delivery, verdict.end, verdict.why);
  return verdict.kind === "wait" ? postponed(delivery, verdict.until) : settled(deps, delivery, "suppressed", "closed");
}

type Target = { readonly account: Account; readonly reach: Reach; readonly adapter: Adapter };

/** The first account that messages reach, on a platform that runs here. */
function targetOf({ adapters }: OutboxDeps, { accounts }: Addressee): Target | undefined {
  const targets = accounts.flatMap(({ account, reach }) => {
    const adapter = adapters.get(account.platform);
    return adapter && reach.isOpen ? [{ account, reach, adapter }] : [];
  });
  return targets[0];
}

/** Whether it was on its way when it was claimed: a process ended, or a line broke. */
function mayHaveArrived({ state }: Delivery): boolean {
  return state === "sending";
}

/** Where the platform still knows the key of what may have arrived, `after` from now, it may be said again. */
function isRecognised({ clock }: OutboxDeps, { triedAt }: Delivery, adapter: Adapter | undefined, after = noTime): boolean {
  if (!adapter || !triedAt) return false;
  return Temporal.Instant.compare(clock.now().add(after), triedAt.add(adapter.recognisesFor)) < 0;
}

async function momentOf({ store, clock }: OutboxDeps, delivery: Delivery, { user }: Addressee): Promise<Moment> {
  const now = clock.now();
  const today = dayAt(now, user.timeZone);
  return {
    user,
    now,
    today,
    sessions: await store.sessions(user.id, daysFor(delivery, user, today)),
    recent: await store.deliveries(user.id, recent),
    prompts: await store.prompts(user.id),
  };
}

type Handing = Target & { readonly moment: Moment; readonly verdict: Extract<Verdict, { readonly kind: "say" }> };

/** Between the two commits it may have arrived, and what is found there later is treated so. */
async function hand(deps: OutboxDeps, delivery: Delivery, { account, reach, adapter, moment, verdict }: Handing): Promise<void> {
  const { key, fence, userId } = delivery;
  const triedAt = delivery.triedAt ?? deps.clock.now();
  const going: Change = { kind: "delivery-sending", key, fence, userId, sentOn: moment.today, triedAt, told: verdict.told };
  if ((await deps.store.commit([going])) === "stale") return;
  const surface = { platform: account.platform, address: account.id as Address, reach: "direct" } as const;
  const sending = adapter.send(surface, verdict.reply, key, mayHaveArrived(delivery) ? triedAt : undefined);
  const result = await within(deps.patience ?? patience, sending, silence).catch((error: unknown): SendResult => {
    deps.log.error("sending-failed", { kind: delivery.kind, platform: account.platform, ...placeOf(error) });
    return { kind: "unknown" };
  });
  if (result === silence) deps.log.error("sending-unanswered", { kind: delivery.kind, platform: account.platform });
  await deps.store.commit(changesOf(result, { ...delivery, triedAt }, { account, reach, adapter }, deps));
}

function changesOf(result: SendResult, delivery: Delivery, target: Target, deps: OutboxDeps): readonly Change[] {
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
      // A code that nobody knows may be of something that passes: it is tried three times.
      if (result.isStrange && delivery.attempts < 2) return [doubt ? waitInDoubt(deps, delivery, {}, adapter) : tryAgain(deps, delivery)];
      deps.log.error("delivery-refused", { kind: delivery.kind, platform: account.platform, code: result.code });
      return [doubt ?? settled(deps, delivery, "parked", "refused")];
    case "later":
      return [doubt ? waitInDoubt(deps, delivery, result, adapter) : wait(deps, delivery, result)];
    case "unknown":
      // While its key is known it may be said again, not before a lease would have ended, and later each time that nobody hears.
      return [waitInDoubt(deps, delivery, { least: lease }, adapter)];
  }
}

type Later = { readonly after?: Temporal.Duration; readonly least?: Temporal.Duration };

/** As long as the platform says, which is no failure; or later, and later each time. */
function wait(deps: OutboxDeps, delivery: Delivery, { after }: Later): Change {
  return after ? postponed(delivery, deps.clock.now().add(atLeast(aSecond, after))) : tryAgain(deps, delivery);
}

/** What may have arrived waits only while its key is known. */
function waitInDoubt(deps: OutboxDeps, delivery: Delivery, { after, least = aSecond }: Later, adapter: Adapter): Change {
  const attempts = after ? delivery.attempts : delivery.attempts + 1;
  const until = atLeast(least, after ?? delayAfter(attempts, deps.chance()));
  if (!isRecognised(deps, delivery, adapter, until)) return settled(deps, delivery, "unknown", "in-doubt");
  return postponed({ ...delivery, state: "sending", attempts }, deps.clock.now().add(until));
}

/** Platforms may say that no wait is needed, and say so again at once. */
function atLeast(least: Temporal.Duration, after: Temporal.Duration): Temporal.Duration {
  return Temporal.Duration.compare(after, least) < 0 ? least : after;
}

function settled({ clock }: OutboxDeps, { key, fence }: Delivery, end: DeliveryEnd, why: Why | undefined): Change {
  return { kind: "delivery-settled", key, fence, end, why, at: clock.now() };
}

function postponed(delivery: Delivery, nextAt: Temporal.Instant): Change {
  const { key, fence, attempts } = delivery;
  return { kind: "delivery-postponed", key, fence, nextAt, attempts, mayHaveArrived: mayHaveArrived(delivery) };
}

/** Later, and later each time; given up in the end. */
function tryAgain(deps: OutboxDeps, delivery: Delivery): Change {
  const attempts = delivery.attempts + 1;
  if (attempts >= mostAttempts) return settled(deps, delivery, "parked", "gave-up");
  return postponed({ ...delivery, attempts }, deps.clock.now().add(delayAfter(attempts, deps.chance())));
}
