/** Renders replies as Discord messages with files, and posts them. */

import { createHash } from "node:crypto";
import { type RawFile, type REST, Routes } from "discord.js";
import type { Reply } from "#core/model/reply.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { type RenderPng, renderPngWithin } from "../../shared/pictures.ts";
import { type Drawn, renderCard, renderPlain, renderReply } from "./index.ts";

/** A message and its files, ready to be posted. */
export type MessageWithFiles = { readonly body: Drawn["body"]; readonly files: RawFile[] };

/** Dependencies of rendering. `renderPng` draws SVG text as the bytes of a PNG. */
export type RenderContext = { readonly log: Log; readonly renderPng: RenderPng };

/** Renders a reply as messages. A picture that fails to render is left out: the words say everything. */
export async function renderMessages(reply: Reply, context: RenderContext): Promise<readonly MessageWithFiles[]> {
  return await write(reply, renderReply, context);
}

/** Renders a reply as one card, whatever its blocks: a message posted as a card can only be edited as a card. */
export async function renderCardMessage(reply: Reply, context: RenderContext): Promise<MessageWithFiles> {
  const [card] = await write(reply, (shown) => [renderCard(shown)], context);
  if (!card) throw new Error("Write a card: there must be one");
  return card;
}

/** Renders the words of a reply as one message, for when Discord refuses the card. */
export function renderPlainMessage(reply: Reply): MessageWithFiles {
  return { body: renderPlain(reply), files: [] };
}

async function write(
  { blocks }: Reply,
  render: (shown: Reply) => readonly Drawn[],
  { log, renderPng }: RenderContext,
): Promise<readonly MessageWithFiles[]> {
  const rendered = new Map<string, Uint8Array>();
  const paintInTime = renderPngWithin(renderPng);
  for (const block of blocks) {
    if (block.kind !== "picture") continue;
    const png = await paintInTime(block.svg).catch((error: unknown) => log.warn("rendering-failed", describeError(error)));
    if (png) rendered.set(block.svg, png);
  }
  const shown = blocks.filter((block) => block.kind !== "picture" || rendered.has(block.svg));
  return render({ blocks: shown }).map(({ body, pictures }) => ({
    body,
    files: pictures.map((picture) => {
      if ("svg" in picture) return { name: picture.name, data: Buffer.from(rendered.get(picture.svg) ?? []), contentType: "image/png" };
      return { name: picture.name, data: Buffer.from(picture.content), contentType: picture.type };
    }),
  }));
}

/** `key` identifies the messages to Discord; `answers` is the id of the message that they reply to. */
export type PostOptions = { readonly key: string; readonly answers?: string };

/**
 * Posts messages to a channel in order and returns their ids. Discord does not post again what was recently posted under the same `key`.
 */
export async function postAll(
  rest: REST,
  channelId: string,
  messages: readonly MessageWithFiles[],
  { key, answers }: PostOptions,
): Promise<readonly string[]> {
  const reference = answers === undefined ? {} : { message_reference: { message_id: answers, fail_if_not_exists: false } };
  const ids: string[] = [];
  for (const [index, { body, files }] of messages.entries()) {
    const nonce = nonceOf(index === 0 ? key : `${key} ${index}`);
    const message = { body: { ...reference, ...body, nonce, enforce_nonce: true }, files };
    ids.push(...idsIn(await rest.post(Routes.channelMessages(channelId), message)));
  }
  return ids;
}

function idsIn(message: unknown): readonly string[] {
  return typeof message === "object" && message !== null && "id" in message ? [String(message.id)] : [];
}

/** The nonce of a message: at most 25 characters, a hash of all of `key`, so that different keys get different nonces. */
export function nonceOf(key: string): string {
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 31);
  return BigInt(`0x${digest}`).toString(36);
}
