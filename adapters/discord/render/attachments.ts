/** Messages with their files, as they are posted. */

import { createHash } from "node:crypto";
import { type RawFile, type REST, Routes } from "discord.js";
import type { Reply } from "#core/model/reply.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { type Paint, paintWithin } from "../../shared/pictures.ts";
import { type Drawn, renderCard, renderPlain, renderReply } from "./index.ts";

/** A message and its files, ready to be posted. */
export type Letter = { readonly body: Drawn["body"]; readonly files: RawFile[] };

/** What letters are written with. `paint` draws SVG text as the bytes of a PNG. */
export type Desk = { readonly log: Log; readonly paint: Paint };

/** Draws a reply as letters. A picture that cannot be painted is left out, as the words say all of it. */
export async function writeLetters(reply: Reply, desk: Desk): Promise<readonly Letter[]> {
  return await write(reply, renderReply, desk);
}

/** Draws a reply as one card, whatever it holds: what began as a card can be edited into a card alone. */
export async function writeCard(reply: Reply, desk: Desk): Promise<Letter> {
  const [card] = await write(reply, (shown) => [renderCard(shown)], desk);
  if (!card) throw new Error("Write a card: there must be one");
  return card;
}

/** Words alone, in one message: where a card is not taken. */
export function writePlain(reply: Reply): Letter {
  return { body: renderPlain(reply), files: [] };
}

async function write({ blocks }: Reply, render: (shown: Reply) => readonly Drawn[], { log, paint }: Desk): Promise<readonly Letter[]> {
  const painted = new Map<string, Uint8Array>();
  const paintInTime = paintWithin(paint);
  for (const block of blocks) {
    if (block.kind !== "picture") continue;
    const png = await paintInTime(block.svg).catch((error: unknown) => log.warn("painting-failed", placeOf(error)));
    if (png) painted.set(block.svg, png);
  }
  const shown = blocks.filter((block) => block.kind !== "picture" || painted.has(block.svg));
  return render({ blocks: shown }).map(({ body, pictures }) => ({
    body,
    files: pictures.map((picture) => {
      if ("svg" in picture) return { name: picture.name, data: Buffer.from(painted.get(picture.svg) ?? []), contentType: "image/png" };
      return { name: picture.name, data: Buffer.from(picture.content), contentType: picture.type };
    }),
  }));
}

/** What goes with letters into a channel: under which key they are known again, and which message they answer. */
export type Envelope = { readonly key: string; readonly answers?: string };

/** Posts letters into a channel, in their order, and gives their ids. What was posted under `key` not long ago is not posted again. */
export async function postAll(
  rest: REST,
  channelId: string,
  letters: readonly Letter[],
  { key, answers }: Envelope,
): Promise<readonly string[]> {
  const reference = answers === undefined ? {} : { message_reference: { message_id: answers, fail_if_not_exists: false } };
  const ids: string[] = [];
  for (const [index, { body, files }] of letters.entries()) {
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
