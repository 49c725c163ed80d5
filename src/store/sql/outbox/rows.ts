/** Between prompts and deliveries and their rows. */

import { z } from "zod";
import { wholePlace } from "#core/model/group.ts";
import {
  type Delivery,
  type DeliveryKind,
  deliveryStates,
  isPost,
  noticeKinds,
  type Parcel,
  type Post,
  type Told,
  whys,
} from "#core/model/outbox-message.ts";
import { groupPromptKinds, type Prompt, promptKinds } from "#core/model/prompt.ts";
import { broken, instantOf, millisOf, parse, type Row } from "#src/store/sql/rows.ts";
import { blocksShape } from "./reply-schema.ts";

const deliveryKinds: readonly DeliveryKind[] = [...promptKinds, ...noticeKinds];
const toldShape: z.ZodType<Told> = z.object({ strength: z.int(), aerobic: z.int() });

/** The row of `prompt`. */
export function promptRow({ userId, kind, dueAt, on, since }: Prompt): Row<"prompt"> {
  return { userId, kind, dueAt: dueAt.epochMilliseconds, on: on.toString(), since: since?.toString() ?? null };
}

/** The prompt of a row. */
export function promptOf({ userId, kind, dueAt, on, since }: Row<"prompt">): Prompt {
  if (!promptKinds.includes(kind)) throw broken(`the prompt of user "${userId}"`, `kind: "${kind}" is not one`);
  const prompt = { userId, kind, dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt), on: Temporal.PlainDate.from(on) };
  return since === null ? prompt : { ...prompt, since: Temporal.PlainDate.from(since) };
}

/** The row of anything in the outbox, without its lane. */
export function deliveryRow(parcel: Parcel): Omit<Row<"delivery">, "via" | "fallback"> {
  const { key, kind, on, dueAt, expiresAt, state, nextAt, fence, attempts, triedAt, sentOn, told, why, endedAt } = parcel;
  return {
    ...whereTo(parcel),
    key,
    kind,
    state,
    fence,
    attempts,
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

const nowhere = { groupId: null, platform: null, address: null, message: null, shown: null };
const nobody = { userId: null, toPlatform: null, toId: null, says: null };

type Whereto = Pick<Row<"delivery">, keyof typeof nobody | keyof typeof nowhere>;

/** A person, or a channel and what stands in it. */
function whereTo(parcel: Parcel): Whereto {
  if (!isPost(parcel)) {
    const { userId, to, says } = parcel;
    return { ...nowhere, userId, toPlatform: to?.platform ?? null, toId: to?.id ?? null, says: says ? JSON.stringify(says) : null };
  }
  const { groupId, place, standing } = parcel;
  const stands = { message: standing?.message ?? null, shown: standing?.shown ?? null };
  return { ...nobody, groupId, ...wholePlace(place), ...stands };
}

/** What stands in the outbox in a row: to a person, or to a channel. */
export function parcelOf(row: Row<"delivery">): Parcel {
  return row.groupId === null ? deliveryOf(row) : postOf(row);
}

/** The delivery of a row. */
export function deliveryOf(row: Row<"delivery">): Delivery {
  const kind = deliveryKinds.find((known) => known === row.kind);
  if (!kind) throw broken(`the delivery "${row.key}"`, `kind: "${row.kind}" is not one`);
  const { userId, toPlatform, toId, says } = row;
  if (userId === null) throw broken(`the delivery "${row.key}"`, "user_id: it is to nobody");
  const to = toPlatform !== null && toId !== null ? { platform: toPlatform, id: toId } : undefined;
  const said = says === null ? {} : { says: parse(blocksShape, says, `the delivery "${row.key}"`) };
  return { ...sendingOf(row), kind, userId, to, ...said };
}

function postOf(row: Row<"delivery">): Post {
  const { groupId, platform, address, message, shown } = row;
  const kind = groupPromptKinds.find((known) => known === row.kind);
  if (!kind) throw broken(`the post "${row.key}"`, `kind: "${row.kind}" is not one`);
  if (groupId === null || platform === null || address === null) throw broken(`the post "${row.key}"`, "it is to no channel");
  const standing = message === null ? undefined : { message, shown: shown ?? "" };
  return { ...sendingOf(row), kind, groupId, place: wholePlace({ platform, address }), standing };
}

function sendingOf(row: Row<"delivery">): Omit<Delivery, "userId" | "kind" | "to"> {
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, key, state, fence, attempts } = row;
  const where = `the delivery "${row.key}"`;
  if (!deliveryStates.includes(row.state)) throw broken(where, `state: "${row.state}" is not one`);
  if (why !== null && !whys.includes(why)) throw broken(where, `why: "${why}" is not one`);
  return {
    key,
    state,
    fence,
    attempts,
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
