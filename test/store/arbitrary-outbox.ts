/** Random prompts, deliveries, accounts and notes, few enough of each that they meet. */

import type { DeliveryKey } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliverySending } from "#core/model/changes/outbox.ts";
import { type DirectMessage, type EndReason, endUnsent, type StatedNumbers } from "#core/model/outbox-message.ts";
import { type Prompt, promptKinds } from "#core/model/prompt.ts";
import { accounts, day, from, instant, maybe, record, text, userIds } from "./arbitrary.ts";
import fc from "fast-check";

/** Every name under which something may be noted. */
export const noteNames = ["rules", "ü"];

const userId = from(userIds);
const kind = from(promptKinds);
const why = from<EndReason>(["late", "one-a-day", "closed", "in-doubt"]);
const told: fc.Arbitrary<StatedNumbers> = record({ strength: fc.nat(600), aerobic: fc.nat(600) });

const prompt: fc.Arbitrary<Prompt> = record({ userId, kind, dueAt: instant, localDate: day, since: maybe(day) }).map(
  ({ since, ...rest }) => ({
    ...rest,
    ...(since && { since }),
  }),
);

/** The key is made of the person and the kind, as the core makes it, so that what is queued twice belongs to one person. */
const owned = record({ userId, kind, number: fc.nat(2) }).map(({ number, ...whose }) => {
  return { ...whose, key: `${whose.kind} ${whose.userId} ${number}` as DeliveryKey };
});

const given = record({ localDate: day, dueAt: instant, expiresAt: instant, nextAt: instant, attempts: from([0, 2]) });

/** Waiting, or, of every few, known already not to come: nothing else is ever queued. */
const delivery: fc.Arbitrary<DirectMessage> = fc
  .tuple(owned, given, from([true, true, true, false]), record({ why, at: instant }))
  .map(([whose, given, isWanted, { why, at }]) => {
    const none = {
      triedAt: undefined,
      sentOn: undefined,
      statedNumbers: undefined,
      reason: undefined,
      endedAt: undefined,
      target: undefined,
    };
    const waiting: DirectMessage = { ...whose, ...given, ...none, state: "queued", fence: 0 };
    return isWanted ? waiting : endUnsent(waiting, why, at);
  });

/** Whose it is, and how many claims it lies behind the newest one: `model.ts` makes a fence of that. */
const aim = fc.tuple(owned, from([0, 0, 0, 0, 1, -1]));

const sending: fc.Arbitrary<DeliverySending> = fc
  .tuple(aim, record({ sentOn: day, triedAt: instant, statedNumbers: maybe(told) }))
  .map(([[{ key, userId }, fence], given]) => ({ kind: "delivery-sending", key, userId, fence, ...given }));

const postponed: fc.Arbitrary<DeliveryPostponed> = fc
  .tuple(aim, record({ nextAt: instant, attempts: fc.nat(3), mayHaveArrived: fc.boolean() }))
  .map(([[{ key }, fence], given]) => ({ kind: "delivery-postponed", key, fence, ...given }));

const settled: fc.Arbitrary<DeliveryEnded> = fc
  .tuple(
    aim,
    record({ finalState: from(["sent", "expired", "suppressed", "parked", "unknown"] as const), reason: maybe(why), at: instant }),
  )
  .map(([[{ key }, fence], given]) => ({ kind: "delivery-ended", key, fence, ...given }));

/** What may become of a delivery. */
export const delivering = fc.oneof(
  { arbitrary: sending, weight: 5 },
  { arbitrary: postponed, weight: 2 },
  { arbitrary: settled, weight: 2 },
);

/** A prompt that is moved from where it may stand. */
export const moving = fc
  .tuple(prompt, instant, day)
  .map(([was, dueAt, localDate]) => ({ kind: "prompt-moved" as const, was, to: { ...was, dueAt, localDate } }));

/** Anything that may be written of what is said unasked. */
export const outboxChange: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: record({ kind: fc.constant("prompt-set" as const), prompt }), weight: 3 },
  moving,
  record({ kind: fc.constant("prompt-dropped" as const), userId, prompt: kind }),
  { arbitrary: record({ kind: fc.constant("delivery-queued" as const), delivery }), weight: 5 },
  delivering,
  record({
    kind: fc.constant("account-reached" as const),
    account: from(accounts),
    reach: record({ isOpen: fc.boolean(), isTold: fc.boolean() }),
  }),
  record({ kind: fc.constant("noted" as const), name: from(noteNames), value: text }),
);
