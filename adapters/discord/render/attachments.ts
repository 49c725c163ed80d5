/** Messages with their files, as they are posted. */

import { createHash } from "node:crypto";
import { type RawFile, type REST, Routes } from "discord.js";
import type { Reply } from "#core/model/reply.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { type RenderPng, renderPngWithin } from "../../shared/pictures.ts";
import { type Drawn, renderCard, renderPlain, renderReply } from "./index.ts";

/** A message and its files, ready to be posted. */
export type MessageWithFiles = { readonly body: Drawn["body"]; readonly files: RawFile[] };

/** What messages are rendered with. `renderPng` draws SVG text as the bytes of a PNG. */
export type RenderContext = { readonly log: Log; readonly renderPng: RenderPng };

/** Renders a reply as messages. A picture that cannot be rendered is left out, as the words say all of it. */
export async function renderMessages(reply: Reply, context: RenderContext): Promise<readonly MessageWithFiles[]> {
  return await write(reply, renderReply, context);
}

/** Draws a reply as one card, whatever it holds: what began as a card can be edited into a card alone. */
export async function renderCardMessage(reply: Reply, context: RenderContext): Promise<MessageWithFiles> {
  const [card] = await write(reply, (shown) => [renderCard(shown)], context);
  if (!card) throw new Error("Write a card: there must be one");
  return card;
}

/** Words alone, in one message: where a card is not taken. */
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

/** What goes with messages into a channel: under which key they are known again, and which message they answer. */
export type PostOptions = { readonly key: string; readonly answers?: string };

/** Posts messages into a channel, in their order, and gives their ids. What was posted under `key` not long ago is not posted again. */
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

/** By which Discord knows a message again: 25 characters at most, made of all of `key`, so that no two keys share one. */
export function nonceOf(key: string): string {
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 31);
  return BigInt(`0x${digest}`).toString(36);
}
