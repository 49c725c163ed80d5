/** Changes of prompts and outbox messages, as the values of their statements. */

import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliveryRouted, DeliverySending, DeliveryUpdated } from "#core/model/changes/outbox.ts";
import type { LiveMessage } from "#core/model/outbox-message.ts";
import { millisOf } from "#src/store/sql/rows.ts";
import type { Values } from "#src/store/sql/statement.ts";
import { promptRow } from "./rows.ts";

/** A change of a prompt as the values of its statement. */
export function promptValues(change: Extract<Change, { readonly kind: `prompt-${string}` }>): Values {
  switch (change.kind) {
    case "prompt-set":
      return promptRow(change.prompt);
    case "prompt-moved": {
      const was = promptRow(change.was);
      return { ...promptRow(change.to), wasDueAt: was.dueAt, wasOn: was.on, version: change.version ?? null };
    }
    case "prompt-dropped":
      return { userId: change.userId, kind: change.prompt };
  }
}

type OfDelivery = DeliverySending | DeliveryPostponed | DeliveryRouted | DeliveryEnded | DeliveryUpdated;

/** A change of an outbox message as the values of its statement. */
export function deliveryValues(change: OfDelivery): Values {
  const { key, fence } = change;
  switch (change.kind) {
    case "delivery-sending": {
      const { userId, sentOn, triedAt, statedNumbers: told } = change;
      return {
        key,
        fence,
        userId: userId ?? null,
        sentOn: sentOn?.toString() ?? null,
        triedAt: triedAt.epochMilliseconds,
        told: told ? JSON.stringify(told) : null,
      };
    }
    case "delivery-postponed":
      return {
        key,
        fence,
        nextAt: change.nextAt.epochMilliseconds,
        attempts: change.attempts,
        mayHaveArrived: change.mayHaveArrived ? 1 : 0,
      };
    case "delivery-routed":
      return { key, fence, platform: change.platform, nextAt: change.nextAt.epochMilliseconds };
    case "delivery-ended":
      return {
        key,
        fence,
        end: change.finalState,
        why: change.reason ?? null,
        at: change.at.epochMilliseconds,
        ...liveMessageValues(change.liveMessage),
      };
    case "delivery-updated":
      return { key, fence, ...liveMessageValues(change.liveMessage), attempts: change.attempts, nextAt: millisOf(change.nextAt) };
  }
}

function liveMessageValues(shown: (LiveMessage & { readonly until?: Temporal.Instant }) | undefined): Values {
  return { message: shown?.messageId ?? null, shown: shown?.contentHash ?? null, until: millisOf(shown?.until) };
}
