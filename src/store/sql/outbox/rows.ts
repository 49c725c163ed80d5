/** Converts prompts and outbox messages to rows and back. */

import { z } from "zod";
import { checkChannelRef } from "#core/model/group.ts";
import {
  type DirectMessage,
  type DirectMessageKind,
  deliveryStates,
  isChannelMessage,
  noticeKinds,
  type OutboxMessage,
  type ChannelMessage,
  type StatedNumbers,
  endReasons,
} from "#core/model/outbox-message.ts";
import { groupPromptKinds, type Prompt, promptKinds } from "#core/model/prompt.ts";
import { broken, instantOf, millisOf, parse, type Row } from "#src/store/sql/rows.ts";
import { blocksSchema } from "./reply-schema.ts";

const deliveryKinds: readonly DirectMessageKind[] = [...promptKinds, ...noticeKinds];
const statedNumbersSchema: z.ZodType<StatedNumbers> = z.object({ strength: z.int(), aerobic: z.int() });

/** The row of `prompt`. */
export function promptRow({ userId, kind, dueAt, localDate: on, since }: Prompt): Row<"prompt"> {
  return { userId, kind, dueAt: dueAt.epochMilliseconds, on: on.toString(), since: since?.toString() ?? null };
}

/** The prompt of a row. */
export function promptOf({ userId, kind, dueAt, on, since }: Row<"prompt">): Prompt {
  if (!promptKinds.includes(kind)) throw broken(`the prompt of user "${userId}"`, `kind: "${kind}" is not one`);
  const prompt = { userId, kind, dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt), localDate: Temporal.PlainDate.from(on) };
  return since === null ? prompt : { ...prompt, since: Temporal.PlainDate.from(since) };
}

/** The row of an outbox message, without its lane. */
export function outboxRow(message: OutboxMessage): Omit<Row<"delivery">, "via" | "fallback"> {
  const {
    key,
    kind,
    localDate: on,
    dueAt,
    expiresAt,
    state,
    nextAt,
    fence,
    attempts,
    triedAt,
    sentOn,
    statedNumbers: told,
    reason: why,
    endedAt,
  } = message;
  return {
    ...targetColumns(message),
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

type TargetColumns = Pick<Row<"delivery">, keyof typeof nobody | keyof typeof nowhere>;

/** The target columns: a user, or a channel and its live message. */
function targetColumns(message: OutboxMessage): TargetColumns {
  if (!isChannelMessage(message)) {
    const { userId, target: to, blocks: says } = message;
    return { ...nowhere, userId, toPlatform: to?.platform ?? null, toId: to?.id ?? null, says: says ? JSON.stringify(says) : null };
  }
  const { groupId, place: channel, liveMessage } = message;
  const liveColumns = { message: liveMessage?.messageId ?? null, shown: liveMessage?.contentHash ?? null };
  return { ...nobody, groupId, ...checkChannelRef(channel), ...liveColumns };
}

/** The outbox message of a row: direct, or to a channel. */
export function outboxMessageOf(row: Row<"delivery">): OutboxMessage {
  return row.groupId === null ? directMessageOf(row) : channelMessageOf(row);
}

/** The direct message of a row. */
export function directMessageOf(row: Row<"delivery">): DirectMessage {
  const kind = deliveryKinds.find((known) => known === row.kind);
  if (!kind) throw broken(`the delivery "${row.key}"`, `kind: "${row.kind}" is not one`);
  const { userId, toPlatform, toId, says } = row;
  if (userId === null) throw broken(`the delivery "${row.key}"`, "user_id: it is to nobody");
  const to = toPlatform !== null && toId !== null ? { platform: toPlatform, id: toId } : undefined;
  const said = says === null ? {} : { blocks: parse(blocksSchema, says, `the delivery "${row.key}"`) };
  return { ...commonFieldsOf(row), kind, userId, target: to, ...said };
}

function channelMessageOf(row: Row<"delivery">): ChannelMessage {
  const { groupId, platform, address, message, shown } = row;
  const kind = groupPromptKinds.find((known) => known === row.kind);
  if (!kind) throw broken(`the post "${row.key}"`, `kind: "${row.kind}" is not one`);
  if (groupId === null || platform === null || address === null) throw broken(`the post "${row.key}"`, "it is to no channel");
  const liveMessage = message === null ? undefined : { messageId: message, contentHash: shown ?? "" };
  return { ...commonFieldsOf(row), kind, groupId, place: checkChannelRef({ platform, address }), liveMessage };
}

function commonFieldsOf(row: Row<"delivery">): Omit<DirectMessage, "userId" | "kind" | "target"> {
  const { on, dueAt, expiresAt, nextAt, triedAt, sentOn, told, why, endedAt, key, state, fence, attempts } = row;
  const where = `the delivery "${row.key}"`;
  if (!deliveryStates.includes(row.state)) throw broken(where, `state: "${row.state}" is not one`);
  if (why !== null && !endReasons.includes(why)) throw broken(where, `why: "${why}" is not one`);
  return {
    key,
    state,
    fence,
    attempts,
    localDate: Temporal.PlainDate.from(on),
    dueAt: Temporal.Instant.fromEpochMilliseconds(dueAt),
    expiresAt: Temporal.Instant.fromEpochMilliseconds(expiresAt),
    nextAt: instantOf(nextAt),
    triedAt: instantOf(triedAt),
    sentOn: sentOn === null ? undefined : Temporal.PlainDate.from(sentOn),
    statedNumbers: told === null ? undefined : parse(statedNumbersSchema, told, where),
    reason: why ?? undefined,
    endedAt: instantOf(endedAt),
  };
}
