/** What to do with a claimed message, whether it is direct or to a channel. */

import type { EndReason, OutboxMessage, StatedNumbers } from "#core/model/outbox-message.ts";
import type { Block, Reply } from "#core/model/reply.ts";

/** Send the message, end it unsent, or wait. */
export type SendDecision =
  | { readonly kind: "say"; readonly reply: Reply; readonly statedNumbers: StatedNumbers | undefined }
  | { readonly kind: "end"; readonly reason: EndReason }
  | { readonly kind: "wait"; readonly until: Temporal.Instant };

/** Sends `blocks`. */
export function say(blocks: readonly Block[], statedNumbers?: StatedNumbers): SendDecision {
  return { kind: "say", reply: { blocks }, statedNumbers };
}

/** Ends the message unsent. */
export function end(reason: EndReason): SendDecision {
  return { kind: "end", reason };
}

/** Why a message whose time is over was not sent: attempts failed, or there was none. */
export function lateReason({ attempts }: Pick<OutboxMessage, "attempts">): "gave-up" | "late" {
  return attempts > 0 ? "gave-up" : "late";
}

/** Whether the message is not sent any more at `now`. */
export function isExpired({ expiresAt }: Pick<OutboxMessage, "expiresAt">, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, expiresAt) >= 0;
}
