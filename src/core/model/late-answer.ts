/** Answers that could not be shown while somebody waited for them, as they stand in the outbox. */

import { type DeliveryKey, deliveryKeyOf, type MessageId } from "#core/lib/ids.ts";
import { type DirectMessage, unclaimed, createNotice } from "./outbox-message.ts";
import type { Block } from "./reply.ts";
import { unansweredRules } from "./unanswered-reply.ts";
import type { AccountKey, User } from "./user.ts";

/** Where nobody can tell whether an answer arrived, its person is told so: at most so often, and after so many minutes, twice as many each time. */
const maxMissedNotices = 6;
const firstMissedMinutes = 2;

/** The key of the answer to `source`: the same while somebody waits for it and in the outbox, so that a platform knows it again. */
export function answerKey(source: MessageId): DeliveryKey {
  return deliveryKeyOf("answer", source);
}

/** An answer that was not shown in time. */
export type LateAnswer = {
  readonly source: MessageId;
  readonly blocks: readonly Block[];
  /** The account that asked. */
  readonly target: AccountKey;
  readonly now: Temporal.Instant;
  /** When it was tried first, where it may have arrived. */
  readonly triedAt?: Temporal.Instant | undefined;
  /** Not before that much from now. */
  readonly after?: Temporal.Duration | undefined;
};

/** A delivery of an answer that was not shown in time. What may have arrived is on its way already. */
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

/** What follows an answer that came to a bad end: word that it may be missing. Undefined where it was said often enough. */
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
