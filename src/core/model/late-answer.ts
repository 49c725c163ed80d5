/** Late answers: replies that could not be shown in time, as outbox messages. */

import { type DeliveryKey, deliveryKeyOf, type MessageId } from "#core/lib/ids.ts";
import { type DirectMessage, unclaimed, createNotice } from "./outbox-message.ts";
import type { Block } from "./reply.ts";
import { unansweredRules } from "./unanswered-reply.ts";
import type { AccountKey, User } from "./user.ts";

/** The most notices that one answer may be missing. A notice is sent when the answer was refused or its outcome is unknown. */
const maxMissedNotices = 6;
/** Minutes until the first notice. Each next delay is twice as long. */
const firstMissedMinutes = 2;

/** The key of the answer to `source`. The direct reply and the outbox use the same key, so that a platform recognises a repeat. */
export function answerKey(source: MessageId): DeliveryKey {
  return deliveryKeyOf("answer", source);
}

/** A late answer. */
export type LateAnswer = {
  readonly source: MessageId;
  readonly blocks: readonly Block[];
  /** The account that asked. */
  readonly target: AccountKey;
  readonly now: Temporal.Instant;
  /** The first attempt, if that may have arrived. */
  readonly triedAt?: Temporal.Instant | undefined;
  /** The delay before the next attempt; none when undefined. */
  readonly after?: Temporal.Duration | undefined;
};

/** Creates the outbox message of a late answer. Its state is `sending` when an earlier attempt may have arrived. */
export function createLateAnswer(
  user: Pick<User, "id" | "timeZone">,
  { source, blocks, target: to, now, triedAt, after }: LateAnswer,
): DirectMessage {
  const waiting: DirectMessage = {
    ...createNotice("answer", user, { id: source, now, to }),
    key: answerKey(source),
    expiresAt: now.add(unansweredRules.use),
    nextAt: after ? now.add(after) : now,
    blocks,
  };
  return triedAt ? { ...waiting, state: "sending", triedAt } : waiting;
}

/** Creates the next notice that `answer` may be missing. Undefined after the last one. */
export function createMissedNotice(answer: DirectMessage, blocks: readonly Block[], now: Temporal.Instant): DirectMessage | undefined {
  const [, count = "0", key = answer.key] = /^missed (\d+) (.*)$/su.exec(answer.key) ?? [];
  const next = Number(count) + 1;
  if (next > maxMissedNotices) return undefined;
  return {
    ...answer,
    ...unclaimed,
    key: deliveryKeyOf("missed", String(next), key),
    nextAt: now.add({ minutes: firstMissedMinutes * 2 ** (next - 1) }),
    blocks,
  };
}
