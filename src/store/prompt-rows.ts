/** Between prompts and deliveries, their changes and their rows. */

import type { Change, DeliveryPostponed, DeliverySending, DeliverySettled } from "#core/change.ts";
import { type Delivery, type DeliveryKind, deliveryStates, noticeKinds, type Told, whys } from "#core/delivery.ts";
import { type Prompt, promptKinds } from "#core/prompt.ts";
import { z } from "zod";
import { broken, instantOf, millisOf, parse, type Row } from "./rows.ts";
import type { Values } from "./statement.ts";

const deliveryKinds: readonly DeliveryKind[] = [...promptKinds, ...noticeKinds];
const toldShape: z.ZodType<Told> = z.object({ strength: z.int(), aerobic: z.int() });

/** The row of `prompt`. */
export function promptRow({ userId, kind, dueAt, on }: Prompt): Row<"prompt"> {
  return { userId, kind, dueAt: dueAt.epochMilliseconds, on: on.toString() };
}

/** The prompt of a row. */
export function promptOf({ userId, kind, dueAt, on }: Row<"prompt">): Prompt {
  if (!promptKinds.includes(kind)) throw broken(`the prompt of user "${userId}"`, `kind: "${kind}" is not one`);
  return { userId, kind, dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt), on: Temporal.PlainDate.from(on) };
}

/** The row of `delivery`. */
export function deliveryRow(delivery: Delivery): Row<"delivery"> {
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, to, ...same } = delivery;
  return {
    ...same,
    on: on.toString(),
    dueAt: dueAt.epochMilliseconds,
    expiresAt: expiresAt.epochMilliseconds,
    nextAt: millisOf(nextAt),
    triedAt: millisOf(triedAt),
    sentOn: sentOn?.toString() ?? null,
    told: told ? JSON.stringify(told) : null,
    why: why ?? null,
    endedAt: millisOf(endedAt),
    toPlatform: to?.platform ?? null,
    toId: to?.id ?? null,
  };
}

/** The delivery of a row. */
export function deliveryOf(row: Row<"delivery">): Delivery {
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, toPlatform, toId, ...same } = row;
  const where = `the delivery "${row.key}"`;
  if (!deliveryKinds.includes(row.kind)) throw broken(where, `kind: "${row.kind}" is not one`);
  if (!deliveryStates.includes(row.state)) throw broken(where, `state: "${row.state}" is not one`);
  if (why !== null && !whys.includes(why)) throw broken(where, `why: "${why}" is not one`);
  return {
    ...same,
    on: Temporal.PlainDate.from(on),
    dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAt),
    nextAt: instantOf(nextAt),
    triedAt: instantOf(triedAt),
    sentOn: sentOn === null ? undefined : Temporal.PlainDate.from(sentOn),
    told: told === null ? undefined : parse(toldShape, told, where),
    why: why ?? undefined,
    endedAt: instantOf(endedAt),
    to: toPlatform !== null && toId !== null ? { platform: toPlatform, id: toId } : undefined,
  };
}

/** What a change of a prompt writes. */
export function promptValues(change: Extract<Change, { readonly kind: `prompt-${string}` }>): Values {
  switch (change.kind) {
    case "prompt-set":
      return promptRow(change.prompt);
    case "prompt-moved": {
      const was = promptRow(change.was);
      return { ...promptRow(change.to), wasDueAt: was.dueAt, wasOn: was.on };
    }
    case "prompt-dropped":
      return { userId: change.userId, kind: change.prompt };
  }
}

/** What a change of a delivery that was claimed writes. */
export function deliveryValues(change: DeliverySending | DeliveryPostponed | DeliverySettled): Values {
  const { key, fence } = change;
  switch (change.kind) {
    case "delivery-sending": {
      const { userId, sentOn, triedAt, told } = change;
      return {
        key,
        fence,
        userId,
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
    case "delivery-settled":
      return { key, fence, end: change.end, why: change.why ?? null, at: change.at.epochMilliseconds };
  }
}
