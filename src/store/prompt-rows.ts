/** Between prompts and deliveries and their rows. */

import { type Delivery, deliveryStates, type Told, whys } from "#core/delivery.ts";
import { type Prompt, promptKinds } from "#core/prompt.ts";
import { z } from "zod";
import { broken, instantOf, millisOf, parse, type Row } from "./rows.ts";

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
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, ...same } = delivery;
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
  };
}

/** The delivery of a row. */
export function deliveryOf(row: Row<"delivery">): Delivery {
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, ...same } = row;
  const where = `the delivery "${row.key}"`;
  if (!promptKinds.includes(row.kind)) throw broken(where, `kind: "${row.kind}" is not one`);
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
  };
}
